import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { makeClient, type Client } from '../support/client.ts'
import { makeEmptyDatabase } from '../support/database.ts'
import { answerStatus, startReceiver, type Receiver } from '../support/receiver.ts'
import { makeFirstPerson, startProcess, type SignalboxProcess } from '../support/signalbox-process.ts'
import { waitFor } from '../support/wait-for.ts'

// Many deliveries are redelivered here while the processes that do it are killed.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const count = 600

interface Setting {
  readonly receiver: Receiver
  start(): Promise<SignalboxProcess>
  clientOf(process: SignalboxProcess): Client
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
}

/** Deliveries that failed, and what to redeliver them with. */
async function makeSetting(): Promise<Setting & { readonly first: SignalboxProcess; readonly webhook: string }> {
  const database = await makeEmptyDatabase()
  cleanUps.push(() => database.drop())
  const receiver = await startReceiver(answerStatus(404))
  cleanUps.push(() => receiver.close())
  const settings = { DATABASE_URL: database.url, SIGNALBOX_ALLOWED_TARGETS: receiver.target }
  const apiKey = await makeFirstPerson(settings)
  const rows = new pg.Client({ connectionString: database.url })
  await rows.connect()
  cleanUps.push(() => rows.end())
  const start = async () => {
    const process = await startProcess(settings)
    cleanUps.push(() => process.kill('SIGKILL'))
    return process
  }
  const setting: Setting = {
    receiver,
    start,
    clientOf: ({ url }) => makeClient(url, apiKey),
    query: async (text) => (await rows.query(text)).rows,
  }
  const first = await start()
  const webhook = await fail(setting.clientOf(first), receiver)
  return { ...setting, first, webhook }
}

async function fail(admin: Client, receiver: Receiver): Promise<string> {
  await admin.must('POST', '/organizations/acme/teams', { name: 'vision' })
  await admin.must('POST', '/projects', { team: 'vision', name: 'demo' })
  const { id } = await admin.must<{ id: string }>('POST', '/teams/vision/webhooks', {
    name: 'hook',
    url: `${receiver.url}/hook`,
    concurrency_max: 50,
    retry: { attempts_max: 1, delay_ms_min: 10, delay_ms_max: 10 },
  })
  await admin.must('POST', '/projects/demo/automations', {
    name: 'all',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: id, template: '{"n": ${event_data.n}}' },
  })
  await admin.must('POST', '/projects/demo/events/batch', {
    events: Array.from({ length: count }, (_, n) => ({ name: 'made', data: { n } })),
  })
  await waitFor(
    'all to fail',
    async () => (await admin.must('POST', '/redelivery-estimates', { webhook: id }))['count'] === count,
    60_000,
  )
  // What is sent from now on succeeds, or is sent again by the queue.
  await admin.must('PATCH', `/webhooks/${id}`, {
    revision: 1,
    retry: { attempts_max: 100, delay_ms_min: 10, delay_ms_max: 50 },
  })
  receiver.answerWith(answerStatus(200))
  return id
}

async function expectExactlyOnce({ query }: Setting, admin: Client, id: string): Promise<void> {
  const over = await waitFor(
    'the redelivery to be over',
    async () => {
      const now = await admin.must('GET', `/redeliveries/${id}`)
      return now['state'] === 'done' && now['under_way'] === 0 ? now : undefined
    },
    90_000,
  )
  expect(over).toMatchObject({ total: count, made: count, succeeded: count, skipped: 0 })
  const made = await query<{ made: number; of: number }>(
    `select count(*)::int as made, count(distinct redelivery_of)::int as of
     from (select redelivery_of from queue union all select redelivery_of from deliveries) d where redelivery_of is not null`,
  )
  expect(made).toEqual([{ made: count, of: count }])
}

test('kill -9 while many are redelivered: the next start takes up where it was, and each is made exactly once', async () => {
  const setting = await makeSetting()
  let current = setting.first
  const admin = () => setting.clientOf(current)
  const { id } = await admin().must<{ id: string }>('POST', '/redeliveries', {
    webhook: setting.webhook,
    rate_per_second: 200,
  })
  for (const part of [1, 2, 3]) {
    await waitFor('more of them', async () => (await admin().must('GET', `/redeliveries/${id}`))['made'] > part * 80)
    await current.kill('SIGKILL')
    current = await setting.start()
  }
  await expectExactlyOnce(setting, admin(), id)
})

test('of two processes one is killed: the other goes on, and neither makes what the other made', async () => {
  const setting = await makeSetting()
  const survivor = await setting.start()
  const admin = setting.clientOf(survivor)
  const { id } = await setting.clientOf(setting.first).must<{ id: string }>('POST', '/redeliveries', {
    webhook: setting.webhook,
    rate_per_second: 100,
  })
  await waitFor('some of them', async () => (await admin.must('GET', `/redeliveries/${id}`))['made'] > 100)
  await setting.first.kill('SIGKILL')
  await expectExactlyOnce(setting, admin, id)
})
