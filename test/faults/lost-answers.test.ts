import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDatabase } from '../support/database.ts'
import { answerStatus } from '../support/receiver.ts'
import { startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { startSignalbox, type TestSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

// The connection to the database breaks at the worst moments: what was told to it is done, and nobody hears so.

let proxy: CuttingProxy
let signalbox: TestSignalbox & { stop(): Promise<void> }
let database: Awaited<ReturnType<typeof makeDatabase>>

beforeAll(async () => {
  database = await makeDatabase()
  proxy = await startCuttingProxy(database.url)
  signalbox = await startSignalbox({ databaseUrl: proxy.url })
})
afterAll(async () => {
  await signalbox.stop()
  await proxy.close()
  await database.drop()
})

async function aHook(settings: Record<string, unknown> = {}): Promise<string> {
  const name = `cut-${Math.random().toString(36).slice(2)}`
  const webhook = await signalbox.makeWebhook({
    retry: { attempts_max: 50, delay_ms_min: 20, delay_ms_max: 50 },
    ...settings,
  })
  await signalbox.makeAutomation(webhook.id, { filter: { name } })
  return name
}

const arrived = (name: string) => signalbox.receiver.requests.filter((request) => request.body.includes(name)).length

test('cut between COMMIT and its answer: the caller is told that nobody knows, and the delivery goes out within ten seconds', async () => {
  const name = await aHook()
  await signalbox.record({ name, id: `${name}-warm` })
  await waitFor('the lane to be ours', () => arrived(name) === 1)
  const cutsBefore = proxy.cuts
  proxy.cutAfter('commit')
  const cutAt = performance.now()
  const answer = await signalbox.admin.call('POST', '/projects/demo/events', { name, id: `${name}-cut` })
  expect(answer).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } })
  expect(proxy.cuts).toBe(cutsBefore + 1)
  await waitFor('the delivery', () => arrived(name) === 2)
  expect(performance.now() - cutAt).toBeLessThan(10_000)
  const again = await signalbox.admin.must('POST', '/projects/demo/events', { name, id: `${name}-cut` })
  expect(again['duplicate']).toBe(true)
  await signalbox.ended(again['id'])
  expect(arrived(name)).toBe(2)
})

test('cut between a claim and its answer: what was claimed is let go and sent, once, within ten seconds', async () => {
  const name = await aHook({ concurrency_max: 1 })
  await signalbox.record({ name })
  await waitFor('the lane to be ours', () => arrived(name) === 1)
  // One at a time and slowly, so that some have to wait and be claimed.
  signalbox.receiver.answerWith((_request, response) => void setTimeout(() => response.writeHead(200).end(), 100))
  proxy.cutAfter('claim_due_deliveries')
  const cutsBefore = proxy.cuts
  const cutAt = performance.now()
  const events = await Promise.all([1, 2, 3, 4].map(() => signalbox.record({ name })))
  await waitFor('all of them', () => arrived(name) === 5)
  expect(performance.now() - cutAt).toBeLessThan(10_000)
  for (const { id } of events) expect((await signalbox.ended(id))[0]).toMatchObject({ state: 'succeeded', attempts: 1 })
  expect(proxy.cuts).toBe(cutsBefore + 1)
  expect(arrived(name)).toBe(5)
  signalbox.receiver.answerWith(answerStatus(200))
})

test('cut between the record of an attempt and its answer: the attempt is on record once, and nothing is sent again', async () => {
  const name = await aHook()
  const cutsBefore = proxy.cuts
  proxy.cutAfter('finish_deliveries')
  const { id } = await signalbox.record({ name })
  const [summary] = await signalbox.ended(id)
  expect(summary).toMatchObject({ state: 'succeeded', attempts: 1 })
  const { attempt_list } = await signalbox.admin.must('GET', `/deliveries/${summary!['id']}`)
  expect(attempt_list).toHaveLength(1)
  await waitFor('the cut', () => proxy.cuts === cutsBefore + 1)
  expect(arrived(name)).toBe(1)
})

test('the database goes away and comes back: what was accepted is delivered without a restart of ours', async () => {
  const name = await aHook()
  const before = await signalbox.record({ name })
  await signalbox.ended(before.id)
  proxy.breakAll()
  expect((await signalbox.admin.call('POST', '/projects/demo/events', { name })).status).toBe(503)
  expect((await fetch(`${signalbox.server.url}/readyz`)).status).toBe(503)
  proxy.restore()
  const after = await waitFor(
    'an event to be accepted again',
    async () => {
      const answer = await signalbox.admin.call('POST', '/projects/demo/events', { name })
      return answer.status === 201 ? (answer.body as { id: string }) : undefined
    },
    5_000,
  )
  expect((await signalbox.ended(after.id))[0]).toMatchObject({ state: 'succeeded' })
})
