import { expect, test } from 'vitest'
import { answerStatus } from '../support/receiver.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
const quick = { attempts_max: 4, delay_ms_min: 20, delay_ms_max: 40 }

async function aHook(settings: Record<string, unknown> = {}): Promise<{ webhook: string; name: string }> {
  const { makeWebhook, makeAutomation } = signalbox.current
  const name = `event-${Math.random().toString(36).slice(2)}`
  const webhook = await makeWebhook({ retry: quick, ...settings })
  await makeAutomation(webhook.id, { filter: { name } })
  return { webhook: webhook.id, name }
}

test('a 500 is tried again under the same webhook-id until the receiver accepts', async () => {
  const { admin, receiver, record, ended } = signalbox.current
  const { name } = await aHook()
  const before = receiver.requests.length
  receiver.answerWith((_request, response, number) => void response.writeHead(number - before < 3 ? 500 : 200).end())
  const event = await record({ name })
  const [summary] = await ended(event.id)
  expect(summary).toMatchObject({ state: 'succeeded', attempts: 3 })
  const ids = receiver.requests.slice(before).map((request) => request.headers['webhook-id'])
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(1)
  const { attempt_list } = await admin.must('GET', `/deliveries/${summary!['id']}`)
  expect(attempt_list.map((attempt: { outcome: string }) => attempt.outcome)).toEqual([
    'rejected',
    'rejected',
    'succeeded',
  ])
  receiver.answerWith(answerStatus(200))
})

test('a 429 with Retry-After is not tried again before the receiver asked', async () => {
  const { receiver, record, ended } = signalbox.current
  const { name } = await aHook()
  const before = receiver.requests.length
  receiver.answerWith(
    (_request, response, number) =>
      void response
        .writeHead(number - before === 1 ? 429 : 200, number - before === 1 ? { 'retry-after': '1' } : {})
        .end(),
  )
  const event = await record({ name })
  expect((await ended(event.id))[0]).toMatchObject({ state: 'succeeded', attempts: 2 })
  const [first, second] = receiver.requests.slice(before)
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(990)
  receiver.answerWith(answerStatus(200))
})

test('a receiver that never accepts ends the delivery with the reason, and all attempts on record', async () => {
  const { admin, receiver, record, ended } = signalbox.current
  const { name } = await aHook()
  receiver.answerWith(answerStatus(503, {}, 'come back later'))
  const event = await record({ name })
  const [summary] = await ended(event.id)
  expect(summary).toMatchObject({
    state: 'failed',
    attempts: 4,
    reason: 'the receiver answered 503, and all 4 attempts are used up',
  })
  const { attempt_list } = await admin.must('GET', `/deliveries/${summary!['id']}`)
  expect(attempt_list).toHaveLength(4)
  expect(attempt_list[3].response.body).toBe('come back later')
  receiver.answerWith(answerStatus(200))
})

test('a 410 fails the delivery and disables the webhook; later deliveries fail at once and say why', async () => {
  const { admin, receiver, record, ended } = signalbox.current
  const { webhook, name } = await aHook()
  receiver.answerWith(answerStatus(410))
  const event = await record({ name })
  expect((await ended(event.id))[0]).toMatchObject({ state: 'failed', attempts: 1 })
  await waitFor('the webhook to be disabled', async () => (await admin.must('GET', `/webhooks/${webhook}`))['disabled'])
  const next = await record({ name })
  expect((await ended(next.id))[0]).toMatchObject({
    state: 'failed',
    attempts: 0,
    reason: expect.stringContaining('disabled'),
  })
  receiver.answerWith(answerStatus(200))
  await admin.must('POST', `/webhooks/${webhook}/enable`)
  expect((await ended((await record({ name })).id))[0]).toMatchObject({ state: 'succeeded' })
})

test('a paused webhook receives nothing until it is resumed, and then all of it', async () => {
  const { admin, receiver, record, ended } = signalbox.current
  const { webhook, name } = await aHook()
  await admin.must('POST', `/webhooks/${webhook}/pause`)
  const events = [await record({ name }), await record({ name }), await record({ name })]
  const before = receiver.requests.length
  const { items } = await admin.must('GET', `/deliveries?webhook=${webhook}&state=held`)
  expect(items).toHaveLength(3)
  expect(items[0]).toMatchObject({ state: 'held', reason: 'the webhook is paused or disabled' })
  expect(receiver.requests.length).toBe(before)
  await admin.must('POST', `/webhooks/${webhook}/resume`)
  for (const { id } of events) expect((await ended(id))[0]).toMatchObject({ state: 'succeeded' })
})

test('a secret replaced between two attempts is sent with its new value', async () => {
  const { admin, receiver, record, ended } = signalbox.current
  await admin.must('POST', '/teams/vision/secrets', { name: 'ROTATED', value: 'the-old-value-00000' })
  const { name } = await aHook({ access_token: 'ROTATED' })
  const before = receiver.requests.length
  receiver.answerWith((_request, response, number) => {
    if (number - before > 1) return void response.writeHead(200).end()
    void admin
      .must('PUT', '/teams/vision/secrets/ROTATED', { value: 'the-new-value-11111' })
      .then(() => response.writeHead(500).end())
  })
  await ended((await record({ name })).id)
  const tokens = receiver.requests.slice(before).map((request) => request.headers['authorization'])
  expect(tokens).toEqual(['Bearer the-old-value-00000', 'Bearer the-new-value-11111'])
  receiver.answerWith(answerStatus(200))
})

test('a secret that is gone fails the delivery with its name, and never sends a blank', async () => {
  const { admin, receiver, record, ended } = signalbox.current
  await admin.must('POST', '/teams/vision/secrets', { name: 'GONE', value: 'here-for-a-while-22222' })
  const { name } = await aHook({ access_token: 'GONE' })
  await admin.must('DELETE', '/teams/vision/secrets/GONE?force=true')
  const before = receiver.requests.length
  expect((await ended((await record({ name })).id))[0]).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('GONE'),
  })
  expect(receiver.requests.length).toBe(before)
  await admin.must('POST', '/teams/vision/secrets', { name: 'GONE', value: 'back-again-333333333' })
  expect((await ended((await record({ name })).id))[0]).toMatchObject({ state: 'succeeded' })
})

test('a receiver that answers random bytes spoils nothing for ninety-nine honest ones', async () => {
  const { admin, receiver, record, ended, makeAutomation, makeWebhook } = signalbox.current
  const name = 'random-bytes'
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 256))
  receiver.answerWith((request, response) => {
    if (request.path === '/random') response.writeHead(500, { 'x-bytes': 'ÿþ' }).end(bytes)
    else response.writeHead(200).end('ok')
  })
  const random = await makeWebhook({ url: `${receiver.url}/random`, retry: { ...quick, attempts_max: 1 } })
  await makeAutomation(random.id, { filter: { name } })
  const honest = await makeWebhook({})
  for (let index = 0; index < 99; index++) await makeAutomation(honest.id, { filter: { name } })
  const event = await record({ name })
  await ended(event.id)
  const { items } = await admin.must('GET', `/deliveries?event=${event.id}&state=succeeded&limit=100`)
  expect(items).toHaveLength(99)
  const failed = (await admin.must('GET', `/deliveries?webhook=${random.id}`))['items']
  expect(failed).toMatchObject([{ state: 'failed' }])
  const { attempt_list } = await admin.must('GET', `/deliveries/${failed[0].id}`)
  expect(attempt_list[0].response).toMatchObject({ encoding: 'base64', body: bytes.toString('base64') })
  receiver.answerWith(answerStatus(200))
})
