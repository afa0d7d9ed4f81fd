import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answered } from '../support/client.ts'
import { startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { makeDatabase } from '../support/database.ts'
import { startSignalbox, type TestSignalbox } from '../support/signalbox.ts'

let signalbox: TestSignalbox & { stop(): Promise<void> }
let proxy: CuttingProxy
let database: Awaited<ReturnType<typeof makeDatabase>>
let rows: pg.Pool

beforeAll(async () => {
  database = await makeDatabase()
  proxy = await startCuttingProxy(database.url)
  signalbox = await startSignalbox({ databaseUrl: proxy.url })
  rows = new pg.Pool({ connectionString: database.url, max: 2 })
})

afterAll(async () => {
  await signalbox.stop()
  await rows.end()
  await proxy.close()
  await database.drop()
})

const post = (path: string, body: unknown, key: string): Promise<Answered> =>
  signalbox.admin.call('POST', path, body, { 'idempotency-key': key })

async function count(table: 'projects' | 'api_keys' | 'webhooks' | 'audit' | 'secrets'): Promise<number> {
  const counted = await rows.query<{ rows: string }>(`select count(*) as rows from ${table}`)
  return Number(counted.rows[0]!.rows)
}

test('a repeat gets the same answer, marked as one, and does nothing', async () => {
  const body = { team: 'vision', name: 'once' }
  const first = await post('/projects', body, 'project-1')
  expect(first.status).toBe(201)
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  const before = [await count('projects'), await count('audit')]
  const second = await post('/projects', body, 'project-1')
  expect(second.status).toBe(201)
  expect(second.text).toBe(first.text)
  expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect([await count('projects'), await count('audit')]).toEqual(before)
})

test('a repeat shows a new API key and a new signing secret again, and neither stands in the table', async () => {
  const shown: string[] = []
  for (const [path, body, member] of [
    ['/api-keys', { name: 'shown twice' }, 'key'],
    ['/teams/vision/webhooks', { name: 'shown twice', url: 'https://example.com/hook' }, 'signing_secret'],
  ] as const) {
    const first = await post(path, body, `shown ${member}`)
    expect(first.status).toBe(201)
    const before = [await count('api_keys'), await count('webhooks')]
    expect((await post(path, body, `shown ${member}`)).text).toBe(first.text)
    expect([await count('api_keys'), await count('webhooks')]).toEqual(before)
    shown.push(String((first.body as Record<string, unknown>)[member]))
  }
  const kept = await rows.query<{ row: string; answer: Buffer }>(
    'select k::text as row, answer from idempotency_keys k',
  )
  expect(kept.rows.length).toBeGreaterThanOrEqual(2)
  for (const text of shown) {
    expect(text.length).toBeGreaterThan(20)
    for (const { row, answer } of kept.rows) {
      expect(row).not.toContain(text)
      expect(row).not.toContain(Buffer.from(text).toString('hex'))
      expect(answer.includes(text)).toBe(false)
    }
  }
})

test('a test of a webhook is made anew under the same key, and nothing of what the receiver said is kept', async () => {
  const { receiver } = signalbox
  const { id } = await signalbox.makeWebhook()
  const keys = async () => (await rows.query('select 1 from idempotency_keys')).rowCount
  const unstored = { webhook: { name: 'not saved', url: `${receiver.url}/hook` } }
  const before = [receiver.requests.length, await keys()] as const
  for (const [path, body] of [
    [`/webhooks/${id}/test`, {}],
    ['/teams/vision/webhooks/test', unstored],
  ] as const)
    for (let asked = 0; asked < 2; asked++) {
      const answer = await post(path, body, 'test-1')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('idempotency-replayed')).toBeNull()
    }
  expect([receiver.requests.length, await keys()]).toEqual([before[0] + 4, before[1]])
})

test('a refusal is kept like any answer', async () => {
  const body = { team: 'vision', name: 'once' }
  const first = await post('/projects', body, 'taken')
  expect(first.status).toBe(409)
  const second = await post('/projects', body, 'taken')
  expect(second.text).toBe(first.text)
  expect(second.headers.get('content-type')).toBe('application/problem+json')
})

test('another body or address under the key is refused, and does nothing', async () => {
  const path = '/teams/vision/secrets'
  expect((await post(path, { name: 'FIRST', value: 'a-value-of-some-length' }, 'secret-1')).status).toBe(201)
  const before = await count('secrets')
  for (const [other, body] of [
    [path, { name: 'SECOND', value: 'a-value-of-some-length' }],
    ['/teams/ada/secrets', { name: 'FIRST', value: 'a-value-of-some-length' }],
  ] as const) {
    const refused = await post(other, body, 'secret-1')
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ type: '/problems/idempotency-key-reused' })
  }
  expect(await count('secrets')).toBe(before)
})

test('the key of one person is nothing to another', async () => {
  const { admin } = signalbox
  await admin.must('POST', '/organizations/acme/people', { name: 'bert', password: 'correct horse battery' })
  const { key } = await admin.must<{ key: string }>('POST', '/sign-in', {
    name: 'bert',
    password: 'correct horse battery',
  })
  const body = { name: 'mine' }
  const first = await post('/api-keys', body, 'the same')
  const other = await signalbox.as(key).call('POST', '/api-keys', body, { 'idempotency-key': 'the same' })
  expect([first.status, other.status]).toEqual([201, 201])
  expect(other.text).not.toBe(first.text)
})

test('of many at once one runs, and the others get its answer or are told to wait', async () => {
  for (let round = 0; round < 10; round++) {
    const body = { team: 'vision', name: `at once ${round}` }
    const before = await count('projects')
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/projects', body, `at once ${round}`)))
    const made = answers.filter(({ status }) => status === 201)
    expect(made.length).toBeGreaterThanOrEqual(1)
    expect(new Set(made.map(({ text }) => text)).size).toBe(1)
    expect(made.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1)
    for (const { status, body: refused } of answers.filter((answer) => answer.status !== 201))
      expect({ status, type: (refused as { type: string }).type }).toEqual({
        status: 409,
        type: '/problems/idempotency-key-in-use',
      })
    expect(await count('projects')).toBe(before + 1)
  }
})

test('a failure of ours is not kept: the repeat does it, once', async () => {
  const body = { team: 'vision', name: 'after a failure' }
  const before = await count('projects')
  // The connection breaks on the statement itself, which a transaction that was not committed does not survive.
  proxy.cutAfter('insert into projects')
  const failed = await post('/projects', body, 'failure')
  expect(proxy.cuts).toBe(1)
  expect(failed.status).toBe(503)
  expect(failed.headers.get('retry-after')).toBe('1')
  expect(await count('projects')).toBe(before)
  const repeated = await post('/projects', body, 'failure')
  expect(repeated.status).toBe(201)
  expect(repeated.headers.get('idempotency-replayed')).toBeNull()
  expect((await post('/projects', body, 'failure')).text).toBe(repeated.text)
  expect(await count('projects')).toBe(before + 1)
})

test('an answer that could not be kept is given all the same', async () => {
  proxy.cutAfter('update idempotency_keys set status')
  const made = await post('/projects', { team: 'vision', name: 'kept in vain' }, 'kept in vain')
  expect(proxy.cuts).toBe(2)
  expect(made.status).toBe(201)
})

test('a key that is too long or empty is refused', async () => {
  for (const key of ['', 'x'.repeat(256)]) {
    const refused = await post('/projects', { team: 'vision', name: 'bad key' }, key)
    expect(refused.body).toMatchObject({ status: 400, type: '/problems/request-malformed' })
  }
  expect((await post('/projects', { team: 'vision', name: 'long key' }, 'x'.repeat(255))).status).toBe(201)
})
