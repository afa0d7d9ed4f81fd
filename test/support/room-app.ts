import { afterAll, beforeAll } from 'vitest'
import type { Mistake } from '../../src/contract/problem.ts'
import type { Log } from '../../src/server/base/log.ts'
import type { Database } from '../../src/server/database/database.ts'
import { buildApp, type App } from '../../src/server/http/app.ts'
import { automationRoutes } from '../../src/server/http/automation-routes.ts'
import { secretRoutes } from '../../src/server/http/secret-routes.ts'
import { webhookRoutes } from '../../src/server/http/webhook-routes.ts'
import type { UrlVerdict } from '../../src/server/outbound/check-url.ts'
import type { Keyring } from '../../src/server/secrets/keyring.ts'
import { useDatabase } from './database.ts'
import { makeTestKeyring } from './keyring.ts'
import { makeTeam, type TestPerson, type TestTeam } from './team.ts'
import { makeTurnedClock, type TurnedClock } from './turned-clock.ts'

export interface Answer {
  readonly status: number
  readonly body: AnswerBody
  readonly text: string
}

/** Whatever an answer may hold: the test says what it is to hold. */
export interface AnswerBody {
  readonly id: string
  readonly type: string
  readonly detail: string
  readonly errors: readonly Mistake[]
  readonly items: readonly { readonly name: string; readonly used_by?: unknown; readonly expires_at?: string | null }[]
  readonly next: string | null
  readonly signing_secret: string
  readonly warnings: readonly unknown[]
  readonly [name: string]: unknown
}

/** The doors of secrets, webhooks and automations, with a team behind them. */
export interface RoomApp {
  readonly db: Database
  readonly team: TestTeam
  readonly keyring: Keyring
  readonly clock: TurnedClock
  /** Webhooks whose lanes were told that there may be work. */
  readonly woken: number[]
  /** Every line logged, as text. */
  readonly logged: string[]
  /** What the guard answers about addresses that hold this text. */
  readonly verdicts: Map<string, UrlVerdict>
  ask(
    person: TestPerson,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Answer>
}

export function useRoomApp(): RoomApp {
  const database = useDatabase()
  const clock = makeTurnedClock()
  const woken: number[] = []
  const logged: string[] = []
  const verdicts = new Map<string, UrlVerdict>()
  const line = (event: string, fields?: unknown) => void logged.push(`${event} ${JSON.stringify(fields)}`)
  const log: Log = { info: line, warn: line, error: line, debug: line }
  let app: App | undefined
  let team: TestTeam | undefined
  let keyring: Keyring | undefined
  beforeAll(async () => {
    keyring = await makeTestKeyring(database.db)
    team = await makeTeam(database.db, clock)
    const never = () => Promise.reject(new Error('not a door of these rooms'))
    app = await buildApp(
      {
        version: 'test',
        clock,
        db: database.db,
        log,
        trustedProxies: [],
        pagesFolder: undefined,
        eventDoor: { record: never, recordTogether: never },
        get tests(): never {
          throw new Error('nothing is tested here')
        },
        receiver: undefined,
        get deliverySearches(): never {
          throw new Error('nothing is simulated here')
        },
        get simulationTries(): never {
          throw new Error('nothing is simulated here')
        },
        registry: {
          get recorder(): never {
            throw new Error('nothing is recorded here')
          },
        },
        setUpGate: { isNeeded: never, setUp: never },
        signInGate: { signIn: never, openSession: never, knows: never },
        metrics: undefined,
        readiness: [],
        diskIsNearlyFull: () => false,
        stream: {
          open: () => {
            throw new Error('not a door of these rooms')
          },
        },
        deliveryVisibility: { ofEvent: never, ofAutomation: never, ofWebhook: never },
        get bulk(): never {
          throw new Error('nothing is redelivered here')
        },
        keyring,
        webhooks: {
          keyring,
          checkUrl: async (url) =>
            [...verdicts].find(([text]) => url.includes(text))?.[1] ?? { mistakes: [], warnings: [] },
          wake: (ids) => woken.push(...ids),
          allowUnverifiedTls: false,
        },
      },
      [secretRoutes, webhookRoutes, automationRoutes],
    )
  })
  afterAll(() => app?.close())
  return {
    get db() {
      return database.db
    },
    get team() {
      return team!
    },
    get keyring() {
      return keyring!
    },
    clock,
    woken,
    logged,
    verdicts,
    async ask(person, method, path, body) {
      const answer = await app!.inject({
        method,
        url: `/api/v1${path}`,
        headers: { authorization: `Bearer ${person.key}` },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return {
        status: answer.statusCode,
        body: (answer.body === '' ? {} : answer.json()) as AnswerBody,
        text: answer.body,
      }
    },
  }
}

/** Rows of the audit trail from this one on, oldest first. */
export async function auditSince(
  db: Database,
  id: number,
): Promise<{ action: string; subject: string; details: Record<string, unknown> }[]> {
  return db.query('select action, subject, details from audit where id > $1 order by id', [id])
}

export async function lastAudit(db: Database): Promise<number> {
  const [row] = await db.query<{ id: number }>('select coalesce(max(id), 0) as id from audit')
  return row!.id
}

/** Every column of every table as text: what a backup, or a thief of one, would hold. */
export async function dumpDatabase(db: Database): Promise<string> {
  const tables = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname = current_schema() and not c.relispartition`,
  )
  const dumps = await Promise.all(
    tables.map(({ name }) => db.query<{ row: string }>(`select t::text as row from ${name} t`)),
  )
  return dumps.flatMap((rows, index) => rows.map(({ row }) => `${tables[index]!.name}: ${row}`)).join('\n')
}
