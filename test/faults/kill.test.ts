import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { makeClient, type Client } from '../support/client.ts'
import { makeEmptyDatabase } from '../support/database.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { makeFirstPerson, startProcess, type SignalboxProcess } from '../support/signalbox-process.ts'
import { waitFor } from '../support/wait-for.ts'

// Signalbox runs in processes of its own here, so that they can be killed at any moment.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

interface Setting {
  readonly databaseUrl: string
  readonly apiKey: string
  readonly receiver: Receiver
  start(): Promise<SignalboxProcess>
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
}

async function makeSetting(): Promise<Setting> {
  const database = await makeEmptyDatabase()
  cleanUps.push(() => database.drop())
  const receiver = await startReceiver((_request, response) => void setTimeout(() => response.writeHead(200).end(), 5))
  cleanUps.push(() => receiver.close())
  const settings = { DATABASE_URL: database.url, SIGNALBOX_ALLOWED_TARGETS: receiver.target }
  const apiKey = await makeFirstPerson(settings)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  cleanUps.push(() => client.end())
  return {
    databaseUrl: database.url,
    apiKey,
    receiver,
    async start() {
      const process = await startProcess(settings)
      cleanUps.push(() => process.kill('SIGKILL'))
      return process
    },
    query: async (text, values) => (await client.query(text, values)).rows,
  }
}

async function makeAutomation(
  admin: Client,
  receiver: Receiver,
  settings: Record<string, unknown> = {},
): Promise<void> {
  await admin.must('POST', '/organizations/acme/teams', { name: 'vision' })
  await admin.must('POST', '/projects', { team: 'vision', name: 'demo' })
  const webhook = await admin.must('POST', '/teams/vision/webhooks', {
    name: 'hook',
    url: `${receiver.url}/hook`,
    concurrency_max: 20,
    retry: { attempts_max: 100, delay_ms_min: 10, delay_ms_max: 50 },
    ...settings,
  })
  await admin.must('POST', '/projects/demo/automations', {
    name: 'all',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: webhook['id'], template: '{"n": ${event_data.n}}' },
  })
}

/** Sends events until told to stop; answers the numbers of those that were accepted. */
function pour(clients: () => readonly Client[]): { accepted: Set<number>; stop(): Promise<void> } {
  const accepted = new Set<number>()
  let stopped = false
  let next = 0
  const lane = async (): Promise<void> => {
    while (!stopped) {
      const n = next++
      const list = clients()
      try {
        const answer = await list[n % list.length]!.call('POST', '/projects/demo/events', {
          name: 'poured',
          id: `n-${n}`,
          data: { n },
        })
        if (answer.status === 201 || answer.status === 200) accepted.add(n)
      } catch {
        // The process it spoke to was killed: nobody said that this one was accepted.
      }
    }
  }
  const lanes = Array.from({ length: 16 }, lane)
  return {
    accepted,
    async stop() {
      stopped = true
      await Promise.all(lanes)
    },
  }
}

function deliveredNumbers(receiver: Receiver): number[] {
  return receiver.requests.map((request) => (JSON.parse(request.body.toString()) as { n: number }).n)
}

/** Every accepted event arrived; what arrived twice is no more than was being sent in the name of those killed. */
async function expectNothingLost(
  { receiver, query }: Setting,
  accepted: ReadonlySet<number>,
  sendingWhenKilled: number,
): Promise<void> {
  await waitFor(
    'everything to be delivered',
    async () => {
      const [row] = await query<{ n: string }>('select count(*) as n from queue')
      return row!.n === '0'
    },
    90_000,
  )
  const numbers = deliveredNumbers(receiver)
  const arrived = new Set(numbers)
  expect([...accepted].filter((n) => !arrived.has(n))).toEqual([])
  expect(numbers.length - arrived.size).toBeLessThanOrEqual(sendingWhenKilled)
}

async function countSending({ query }: Setting): Promise<number> {
  const [row] = await query<{ n: string }>('select count(*) as n from queue where state = 1')
  return Number(row!.n)
}

test('kill -9 while events pour in: the next start delivers every accepted event, and few of them twice', async () => {
  const setting = await makeSetting()
  let current = await setting.start()
  await makeAutomation(makeClient(current.url, setting.apiKey), setting.receiver)
  let duplicatesMax = 0
  const pouring = pour(() => [makeClient(current.url, setting.apiKey)])
  for (let round = 0; round < 3; round++) {
    const before = pouring.accepted.size
    await waitFor('a few hundred events', () => pouring.accepted.size > before + 300)
    await current.kill('SIGKILL')
    duplicatesMax += await countSending(setting)
    current = await setting.start()
  }
  await pouring.stop()
  expect(pouring.accepted.size).toBeGreaterThan(900)
  await expectNothingLost(setting, pouring.accepted, duplicatesMax)
})

test('of two processes one is killed: the other takes over within fifteen seconds, and nothing is lost', async () => {
  const setting = await makeSetting()
  const victim = await setting.start()
  const first = makeClient(victim.url, setting.apiKey)
  await makeAutomation(first, setting.receiver)
  // The victim owns the lane: it sent for the webhook before the other process was there.
  await first.must('POST', '/projects/demo/events', { name: 'poured', data: { n: -1 } })
  await setting.receiver.received(1)
  const survivor = await setting.start()
  const clients = [makeClient(victim.url, setting.apiKey), makeClient(survivor.url, setting.apiKey)]
  let alive: readonly Client[] = clients
  const pouring = pour(() => alive)
  await waitFor('a few hundred events', () => pouring.accepted.size > 500)
  await victim.kill('SIGKILL')
  const killedAt = performance.now()
  alive = clients.slice(1)
  const duplicatesMax = await countSending(setting)
  await waitFor('more events', () => pouring.accepted.size > 1000)
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, duplicatesMax)
  expect(performance.now() - killedAt).toBeLessThan(60_000)
  const last = Math.max(...setting.receiver.requests.map((request) => request.at))
  expect(last - killedAt).toBeLessThan(25_000)
})

test('SIGTERM lets what is under way end, and leaves the rest to the next start', async () => {
  const setting = await makeSetting()
  const first = await setting.start()
  await makeAutomation(makeClient(first.url, setting.apiKey), setting.receiver)
  const pouring = pour(() => [makeClient(first.url, setting.apiKey)])
  await waitFor('a few hundred events', () => pouring.accepted.size > 300)
  expect(await first.kill('SIGTERM')).toBe(0)
  await pouring.stop()
  expect(await countSending(setting)).toBe(0)
  await setting.start()
  await expectNothingLost(setting, pouring.accepted, 0)
})
