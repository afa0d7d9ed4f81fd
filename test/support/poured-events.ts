import pg from 'pg'
import { expect } from 'vitest'
import { makeClient, type Client } from './client.ts'
import { startReceiver, type Receiver } from './receiver.ts'
import { makeFirstPerson, startProcess, type SignalboxProcess } from './signalbox-process.ts'
import { waitFor } from './wait-for.ts'

/** Processes of Signalbox on one database, with a receiver, into which numbered events are poured while things break. */
export interface Setting {
  readonly apiKey: string
  readonly receiver: Receiver
  start(settings?: Record<string, string>): Promise<SignalboxProcess>
  client(of: Pick<SignalboxProcess, 'url'>): Client
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  end(): Promise<void>
}

export interface SettingOptions {
  /** For us, who look on and set up. */
  readonly databaseUrl: string
  /** For the processes; the same when not said. */
  readonly settings?: Record<string, string>
  readonly answerMs?: number
}

export async function makeSetting({ databaseUrl, settings = {}, answerMs = 5 }: SettingOptions): Promise<Setting> {
  await using made = new AsyncDisposableStack()
  const receiver = await startReceiver(
    (_request, response) => void setTimeout(() => response.writeHead(200).end(), answerMs),
  )
  made.defer(() => receiver.close())
  const apiKey = await makeFirstPerson({ DATABASE_URL: databaseUrl })
  const common = { DATABASE_URL: databaseUrl, SIGNALBOX_ALLOWED_TARGETS: receiver.target, ...settings }
  const looking = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  // The database may be away for a while: whoever asks then hears of it.
  looking.on('error', () => {})
  made.defer(() => looking.end())
  const ending = made.move()
  return {
    apiKey,
    receiver,
    async start(own = {}) {
      const process = await startProcess({ ...common, ...own })
      ending.defer(async () => void (await process.kill('SIGKILL')))
      return process
    },
    client: ({ url }) => makeClient(url, apiKey),
    query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await looking.query<Row>(text, values)).rows,
    end: () => ending.disposeAsync(),
  }
}

/** A project whose custom events go to so many webhooks, each with a lane of its own. */
export async function makeAutomations(
  admin: Client,
  receiver: Pick<Receiver, 'url'>,
  webhooks = 1,
  settings: Record<string, unknown> = {},
): Promise<void> {
  await admin.must('POST', '/organizations/acme/teams', { name: 'vision' })
  await admin.must('POST', '/projects', { team: 'vision', name: 'demo' })
  for (let number = 0; number < webhooks; number++) {
    const webhook = await admin.must('POST', '/teams/vision/webhooks', {
      name: `hook-${number}`,
      url: `${receiver.url}/${number}`,
      concurrency_max: 20,
      retry: { attempts_max: 100, delay_ms_min: 10, delay_ms_max: 50 },
      ...settings,
    })
    await admin.must('POST', '/projects/demo/automations', {
      name: `all-${number}`,
      event_type: 'CUSTOM',
      // Events are shared among the webhooks by their number.
      filter: { 'data.share': number },
      action: { type: 'webhook', webhook: webhook['id'], template: '{"n": ${event_data.n}}' },
    })
  }
}

export interface PouredEvents {
  /** Numbers of those of which somebody said that they were accepted. */
  readonly accepted: ReadonlySet<number>
  /** How often the answer was no, or none. */
  readonly refused: { readonly statuses: readonly number[]; readonly unanswered: number }
  stop(): Promise<void>
}

/** Sends events, some at a time, until told to stop; one that is not accepted is let be. */
export function pour(clients: () => readonly Client[], { webhooks = 1, atATime = 16, pauseMs = 0 } = {}): PouredEvents {
  const accepted = new Set<number>()
  const statuses: number[] = []
  let unanswered = 0
  let stopped = false
  let next = 0
  const stream = async (): Promise<void> => {
    while (!stopped) {
      const n = next++
      const list = clients()
      const event = { name: 'poured', id: `n-${n}`, data: { n, share: n % webhooks } }
      try {
        const { status } = await list[n % list.length]!.call('POST', '/projects/demo/events', event)
        if (status === 201 || status === 200) accepted.add(n)
        else statuses.push(status)
      } catch {
        // The process it spoke to was killed: nobody said that this one was accepted.
        unanswered += 1
      }
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  const streams = Array.from({ length: atATime }, stream)
  return {
    accepted,
    get refused() {
      return { statuses, unanswered }
    },
    async stop() {
      stopped = true
      await Promise.all(streams)
    },
  }
}

export function arrivedNumbers(receiver: Receiver): number[] {
  return receiver.requests.map((request) => (JSON.parse(request.body.toString()) as { n: number }).n)
}

export function everythingEnded({ query }: Pick<Setting, 'query'>): Promise<unknown> {
  return waitFor(
    'everything to be delivered',
    async () => {
      const [row] = await query<{ n: string }>('select count(*) as n from queue').catch(() => [])
      return row?.n === '0'
    },
    120_000,
  )
}

/** Every accepted event arrived; what arrived twice is no more than was being sent in the name of those killed. */
export async function expectNothingLost(
  { receiver, query }: Pick<Setting, 'receiver' | 'query'>,
  accepted: ReadonlySet<number>,
  duplicatesMax: number,
): Promise<void> {
  await everythingEnded({ query })
  const numbers = arrivedNumbers(receiver)
  const arrived = new Set(numbers)
  expect([...accepted].filter((n) => !arrived.has(n))).toEqual([])
  expect(numbers.length - arrived.size).toBeLessThanOrEqual(duplicatesMax)
}

export async function countSending({ query }: Pick<Setting, 'query'>): Promise<number> {
  const [row] = await query<{ n: string }>('select count(*) as n from queue where state = 1')
  return Number(row!.n)
}
