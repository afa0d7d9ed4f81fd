import { afterAll, beforeAll } from 'vitest'
import type { Mistake } from '../../src/contract/problem.ts'
import type { Log, LogFields } from '../../src/server/base/log.ts'
import type { Database } from '../../src/server/database/database.ts'
import { later } from '../../src/server/base/timers.ts'
import { deliveryVisibility } from '../../src/server/events/delivery-visibility.ts'
import { makeStreamHub } from '../../src/server/events/stream-hub.ts'
import { buildApp, type App } from '../../src/server/http/app.ts'
import type { House } from '../../src/server/http/house.ts'
import { resources } from '../../src/server/http/resources.ts'
import { makeSetUpGate } from '../../src/server/people/set-up-gate.ts'
import { makeSignInGate } from '../../src/server/people/sign-in.ts'
import { makeSearchLimits } from '../../src/server/deliveries/search-limits.ts'
import { makeSimulationLimits } from '../../src/server/trials/simulation-limits.ts'
import { useDatabase } from './database.ts'
import { makeTestKeyring } from './keyring.ts'
import { makeTeam, type TestPerson, type TestTeam } from './team.ts'
import { makeTurnedClock, type TurnedClock } from './turned-clock.ts'

/** Whatever an answer may hold: the test says what it is to hold. */
export interface AnswerBody {
  readonly id: string
  readonly type: string
  readonly detail: string
  readonly errors: readonly Mistake[]
  readonly items: readonly Readonly<Record<string, unknown>>[]
  readonly next: string | null
  readonly key: string
  readonly [name: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: AnswerBody
  readonly text: string
}

export interface Asker {
  readonly key: string | undefined
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'

/** All doors in this process, without a port, and a team behind them. Nothing is delivered. */
export interface TestApp {
  readonly db: Database
  readonly app: App
  readonly team: TestTeam
  readonly clock: TurnedClock
  readonly logged: (LogFields & { readonly event: string })[]
  /** What the house says of itself; a test may change it. */
  readonly state: { diskIsNearlyFull: boolean; readiness: House['readiness'] }
  /** `path` is below `/api/v1`. */
  request(
    asker: Asker,
    method: Method,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  /** A request that was answered with this status, or the test fails. */
  expectAnswer(status: number, asker: Asker, method: Method, path: string, body?: unknown): Promise<Answer>
}

export const nobody: Asker = { key: undefined }

export function as(person: TestPerson): Asker {
  return { key: person.key }
}

export function useApp(): TestApp {
  const database = useDatabase()
  const clock = makeTurnedClock()
  const logged: (LogFields & { event: string })[] = []
  const write = (event: string, fields: LogFields = {}) => void logged.push({ ...fields, event })
  const log: Log = { info: write, warn: write, error: write, debug: write }
  const state: TestApp['state'] = { diskIsNearlyFull: false, readiness: [] }
  let built: { readonly app: App; readonly team: TestTeam } | undefined
  const get = () => {
    if (built === undefined) throw new Error('the app is there from beforeAll on')
    return built
  }

  beforeAll(async () => {
    const keyring = await makeTestKeyring(database.db)
    const never = () => Promise.reject(new Error('nothing is recorded or delivered here'))
    const house: House = {
      version: 'test',
      clock,
      db: database.db,
      log,
      trustedProxies: [],
      pagesFolder: undefined,
      keyring,
      setUpGate: makeSetUpGate(database.db, clock, 'ABCD-EFGH'),
      signInGate: makeSignInGate(database.db, clock),
      webhooks: {
        keyring,
        checkUrl: async () => ({ mistakes: [], warnings: [] }),
        wake() {},
        allowUnverifiedTls: false,
      },
      eventDoor: { record: never, recordTogether: never },
      get tests(): never {
        throw new Error('nothing is tested here')
      },
      receiver: undefined,
      deliverySearches: makeSearchLimits(clock),
      simulationTries: makeSimulationLimits(clock),
      registry: {
        get recorder(): never {
          throw new Error('nothing is recorded here')
        },
      },
      deliveryVisibility,
      bulk: { visibility: deliveryVisibility, wake() {}, nudge() {} },
      stream: makeStreamHub({ db: database.db, clock, log, later }),
      metrics: undefined,
      get readiness() {
        return state.readiness
      },
      diskIsNearlyFull: () => state.diskIsNearlyFull,
    }
    built = { app: await buildApp(house, resources), team: await makeTeam(database.db, clock) }
  })
  afterAll(() => built?.app.close())

  const request: TestApp['request'] = async (asker, method, path, body, headers = {}) => {
    const answer = await get().app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...(asker.key === undefined ? {} : { authorization: `Bearer ${asker.key}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return { status: answer.statusCode, headers: answer.headers, body: parse(answer.body), text: answer.body }
  }
  return {
    get db() {
      return database.db
    },
    get app() {
      return get().app
    },
    get team() {
      return get().team
    },
    clock,
    logged,
    state,
    request,
    async expectAnswer(status, asker, method, path, body) {
      const answer = await request(asker, method, path, body)
      if (answer.status !== status)
        throw new Error(`${method} ${path} was answered ${answer.status}, not ${status}: ${answer.text}`)
      return answer
    },
  }
}

function parse(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody
  } catch {
    return {} as AnswerBody
  }
}
