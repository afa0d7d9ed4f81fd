import { execFileSync } from 'node:child_process'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { expect, test } from 'vitest'
import { answerStatus } from '../support/receiver.ts'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()

test('an event becomes a signed request that openssl, standardwebhooks and svix verify', async () => {
  const { admin, receiver, makeWebhook, makeAutomation, record, ended } = signalbox.current
  await admin.must('POST', '/teams/vision/secrets', { name: 'TOKEN', value: 'a-token-of-some-length' })
  await admin.must('POST', '/teams/vision/secrets', { name: 'HMAC', value: 'an-hmac-key-of-some-length' })
  const webhook = await makeWebhook({ access_token: 'TOKEN', secret: 'HMAC' })
  await makeAutomation(webhook.id, { filter: { name: 'model.promoted' } })
  const event = await record({ name: 'model.promoted', data: { loss: 0.25, note: 'say "hi"\n' } })

  const [delivery] = await ended(event.id)
  expect(delivery).toMatchObject({ state: 'succeeded', attempts: 1, webhook: webhook.id, event: event.id })
  const request = receiver.requests.at(-1)!
  expect(request.method).toBe('POST')
  expect(JSON.parse(request.body.toString())).toEqual({
    name: 'model.promoted',
    data: { loss: 0.25, note: 'say "hi"\n' },
  })
  expect(request.headers['content-type']).toBe('application/json')
  expect(request.headers['authorization']).toBe('Bearer a-token-of-some-length')

  const byOpenssl = execFileSync('openssl', ['dgst', '-sha256', '-hmac', 'an-hmac-key-of-some-length', '-binary'], {
    input: request.body,
  })
  expect(request.headers['x-wandb-signature']).toBe(byOpenssl.toString('base64'))
  expect(new StandardWebhook(webhook.signing_secret).verify(request.body.toString(), request.headers)).toBeTruthy()
  const bySvix = (body: string) => () => new SvixWebhook(webhook.signing_secret).verify(body, request.headers)
  expect(bySvix(request.body.toString())).not.toThrow()
  expect(bySvix(`${request.body.toString()} `)).toThrow()
})

test('everything about a delivery can be read afterwards, with secrets masked', async () => {
  const { admin, receiver, makeWebhook, makeAutomation, record, ended } = signalbox.current
  const value = 'a-planted-value-0123456789'
  await admin.must('POST', '/teams/vision/secrets', { name: 'PLANTED', value })
  const webhook = await makeWebhook({ granted_secrets: ['PLANTED'] })
  await makeAutomation(webhook.id, {
    filter: { name: 'read.afterwards' },
    action: { type: 'webhook', webhook: webhook.id, template: '{"key": "${PLANTED}", "who": "${event_author}"}' },
  })
  receiver.answerWith(
    (request, response) => void response.writeHead(200, { 'x-echo': request.headers['webhook-id'] }).end(request.body),
  )
  const event = await record({ name: 'read.afterwards' })
  const [summary] = await ended(event.id)
  expect(JSON.parse(receiver.requests.at(-1)!.body.toString())).toEqual({ key: value, who: 'ada' })

  const delivery = await admin.must('GET', `/deliveries/${summary!['id']}`)
  expect(JSON.parse(delivery['payload'])).toEqual({ key: '‹secret PLANTED›', who: 'ada' })
  expect(delivery['attempt_list']).toMatchObject([
    { number: 1, outcome: 'succeeded', status: 200, response: { bytes: expect.any(Number) } },
  ])
  expect(delivery['attempt_list'][0].response.body).toContain('‹secret PLANTED›')
  expect(JSON.stringify(delivery)).not.toContain(value)
  expect(await admin.must('GET', `/events/${event.id}`)).toMatchObject({
    type: 'CUSTOM',
    facts: { name: 'read.afterwards' },
    author: 'ada',
  })
  receiver.answerWith(answerStatus(200))
})

test('an event that no automation wants is kept, and makes no delivery', async () => {
  const { admin, record } = signalbox.current
  const event = await record({ name: 'nobody.cares' })
  expect((await admin.must('GET', `/events/${event.id}`))['id']).toBe(event.id)
  expect((await admin.must('GET', `/deliveries?event=${event.id}`))['items']).toEqual([])
})

test('an event accepted after an edit was answered is judged by it', async () => {
  const { admin, makeWebhook, makeAutomation, record } = signalbox.current
  const webhook = await makeWebhook()
  const automation = await makeAutomation(webhook.id, { filter: { name: 'edited' } })
  const fires = async () => {
    const event = await record({ name: 'edited' })
    return (await admin.must('GET', `/deliveries?event=${event.id}`))['items'].length
  }
  expect(await fires()).toBe(1)
  await admin.must('PATCH', `/automations/${automation['id']}`, { revision: 1, filter: { name: 'other' } })
  expect(await fires()).toBe(0)
  await admin.must('PATCH', `/automations/${automation['id']}`, { revision: 2, filter: { name: 'edited' } })
  expect(await fires()).toBe(1)
  await admin.must('POST', `/automations/${automation['id']}/disable`)
  expect(await fires()).toBe(0)
})

test('a scope that is met for the first time knows the webhooks made since another one was met', async () => {
  const { admin, makeWebhook, makeAutomation, record, ended } = signalbox.current
  await makeAutomation((await makeWebhook()).id, { filter: { name: 'first scope' } })
  await ended((await record({ name: 'first scope' })).id)
  await admin.must('POST', '/projects', { team: 'vision', name: 'met-later' })
  await admin.must('POST', '/projects/met-later/automations', {
    name: 'second scope',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: (await makeWebhook()).id },
  })
  const event = await admin.must<{ id: string }>('POST', '/projects/met-later/events', { name: 'x' })
  expect((await ended(event.id)).map(({ state }) => state)).toEqual(['succeeded'])
})

test('the same event sent again under its id records nothing; another under it is refused', async () => {
  const { admin, record } = signalbox.current
  const first = await record({ name: 'once', id: 'run-7', data: { a: 1, b: 2 } })
  expect(first.duplicate).toBe(false)
  expect(await record({ name: 'once', id: 'run-7', data: { b: 2, a: 1 } })).toEqual({ id: first.id, duplicate: true })
  const other = await admin.call('POST', '/projects/demo/events', { name: 'once', id: 'run-7', data: { a: 2 } })
  expect(other.status).toBe(409)
  expect(other.body).toMatchObject({ type: '/problems/event-id-taken', errors: [{ pointer: '#/id' }] })
})

test('a batch is recorded whole, or not at all', async () => {
  const { admin } = signalbox.current
  const events = Array.from({ length: 1000 }, (_, index) => ({ name: 'batch', id: `batch-${index}`, data: { index } }))
  const recorded = await admin.must('POST', '/projects/demo/events/batch', { events })
  expect(new Set(recorded['events'].map((event: { id: string }) => event.id)).size).toBe(1000)
  const refused = await admin.call('POST', '/projects/demo/events/batch', {
    events: [
      { name: 'batch', id: 'fresh' },
      { name: 'batch', id: 'batch-3' },
    ],
  })
  expect(refused.status).toBe(409)
  expect(refused.body.errors).toMatchObject([{ pointer: '#/events/1/id' }])
  expect((await admin.must('POST', '/projects/demo/events', { name: 'batch', id: 'fresh' }))['duplicate']).toBe(false)
})

test('why an event fired nothing is told by the rules of its moment, whatever was edited since', async () => {
  const { admin, makeWebhook, makeAutomation, record } = signalbox.current
  const webhook = await makeWebhook()
  const automation = await makeAutomation(webhook.id, { filter: { name: 'explained', 'data.loss': { $lt: 0.3 } } })
  const missed = await record({ name: 'explained', data: { loss: 0.42 } })
  const fired = await record({ name: 'explained', data: { loss: 0.1 } })
  await admin.must('PATCH', `/automations/${automation['id']}`, { revision: 1, filter: {} })
  const judgementOf = async (id: string) => {
    const { judgements } = await admin.must('GET', `/events/${id}/explanation`)
    return judgements.find((judgement: { automation: string }) => judgement.automation === automation['id'])
  }
  expect(await judgementOf(missed.id)).toMatchObject({
    verdict: 'not-matched',
    revision: 1,
    reason: expect.stringContaining('0.42'),
    may_change: true,
  })
  expect(await judgementOf(fired.id)).toMatchObject({ verdict: 'fired', revision: 1, reason: null })
  await admin.must('DELETE', `/automations/${automation['id']}`)
  expect(await judgementOf(missed.id)).toMatchObject({ verdict: 'not-matched', may_change: false })
})
