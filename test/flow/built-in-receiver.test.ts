import { beforeAll, expect, test } from 'vitest'
import { BuiltInReceiver } from '../../src/contract/receiver.ts'
import { limits } from '../../src/server/base/limits.ts'
import { ConfigError, readConfig } from '../../src/server/config.ts'
import type { Client } from '../support/client.ts'
import { startSignalbox, useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox({ receiver: { host: '127.0.0.1', port: 0 } })
let viewer: Client
let stranger: Client
let url: string

beforeAll(async () => {
  const { admin, as } = signalbox.current
  const password = 'correct horse battery'
  const signIn = async (name: string) =>
    as((await admin.must<{ key: string }>('POST', '/sign-in', { name, password })).key)
  for (const name of ['viewer', 'stranger']) await admin.must('POST', '/organizations/acme/people', { name, password })
  await admin.must('PUT', '/teams/vision/members/viewer', { role: 'viewer' })
  await admin.must('POST', '/organizations/acme/teams', { name: 'speech' })
  viewer = await signIn('viewer')
  stranger = await signIn('stranger')
  url = (await read(admin)).url!
})

async function read(asker: Client, team = 'vision'): Promise<BuiltInReceiver> {
  return BuiltInReceiver.strict().parse(await asker.must('GET', `/teams/${team}/built-in-receiver`))
}

const post = (to: string, body: string, headers: Record<string, string> = {}) =>
  fetch(to, { method: 'POST', body, headers })

test('a webhook that sends there is tested and delivers, and its team alone sees each request, verified', async () => {
  const { admin, makeAutomation, record } = signalbox.current
  const webhook = await admin.must<{ id: string }>('POST', '/teams/vision/webhooks', { name: 'built-in', url })
  const tested = await admin.must('POST', `/webhooks/${webhook.id}/test`, {})
  expect(tested).toMatchObject({ ok: true, response: { status: 200, body: '{"verified":true}' } })
  expect(tested['response'].headers).toContainEqual(['signalbox-signature', 'verified'])

  await makeAutomation(webhook.id)
  const { id } = await record()
  const [delivery] = await signalbox.current.ended(id)
  expect(delivery).toMatchObject({ state: 'succeeded' })
  const { message_id } = await admin.must('GET', `/deliveries/${delivery!['id']}`)
  const { arrivals } = await read(viewer)
  expect(arrivals).toHaveLength(2)
  expect(arrivals[0]).toMatchObject({ webhook: webhook.id, message_id, verified: true, detail: null })
  expect(arrivals[0]!.bytes).toBeGreaterThan(2)
  expect((await stranger.call('GET', '/teams/vision/built-in-receiver')).status).toBe(404)
  expect((await read(admin, 'speech')).arrivals).toEqual([])
})

test('what nobody of the team signed is answered 401 and shown as such, and a new signing secret verifies at once', async () => {
  const { admin } = signalbox.current
  const webhook = await admin.must<{ id: string }>('POST', '/teams/vision/webhooks', { name: 'rotated', url })
  const forged = await post(url, '{}', {
    'webhook-id': 'msg_forged',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': 'v1,bm90aGluZw==',
  })
  expect([forged.status, forged.headers.get('signalbox-signature')]).toEqual([401, null])
  expect((await read(viewer)).arrivals[0]).toMatchObject({
    webhook: null,
    message_id: 'msg_forged',
    verified: false,
    detail: 'its signature was made with another secret, or over another body',
  })
  await admin.must('POST', `/webhooks/${webhook.id}/signing-secrets`, { overlap_hours: 0 })
  expect(await admin.must('POST', `/webhooks/${webhook.id}/test`, {})).toMatchObject({ ok: true })
  expect((await read(viewer)).arrivals[0]).toMatchObject({ webhook: webhook.id, verified: true })
})

test('it keeps the last few arrivals of a team, nothing for a team without a webhook there, and takes no other request', async () => {
  for (let sent = 0; sent < limits.arrivalsKeptMax + 3; sent++) await post(url, `{"n": ${sent}}`)
  const { arrivals } = await read(viewer)
  expect(arrivals).toHaveLength(limits.arrivalsKeptMax)
  expect(arrivals.every(({ verified }) => !verified)).toBe(true)

  const speech = (await read(signalbox.current.admin, 'speech')).url!
  expect(speech).not.toBe(url)
  const unsaved = await post(speech, '{}')
  expect([unsaved.status, await unsaved.json()]).toMatchObject([200, { verified: false }])
  expect((await read(signalbox.current.admin, 'speech')).arrivals).toEqual([])

  expect((await fetch(url)).status).toBe(404)
  expect((await post(new URL('/api/v1/me', url).href, '{}')).status).toBe(404)
  expect((await post(url, 'x'.repeat(limits.requestBytesMax + 1))).status).toBe(413)
})

test('the guard lets webhooks reach it and nothing else of this server', async () => {
  const { admin, server } = signalbox.current
  const own = new URL(server.url)
  const refused = await admin.call('POST', '/teams/vision/webhooks', { name: 'own', url: `${own.origin}/api/v1/me` })
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/url' }] } })
  const beside = `http://${own.hostname}:${Number(new URL(url).port) === 65_535 ? 1 : Number(new URL(url).port) + 1}/`
  expect((await admin.call('POST', '/teams/vision/webhooks', { name: 'beside', url: beside })).status).toBe(422)
})

test('where its port is taken the server starts without it, and says so', async () => {
  const port = Number(new URL(url).port)
  const other = await startSignalbox({ receiver: { host: '127.0.0.1', port } })
  try {
    expect(await read(other.admin)).toEqual({ url: null, arrivals: [] })
    await waitFor('the note', () => other.logged.some(({ event }) => event === 'receiver.not_started'))
  } finally {
    await other.stop()
  }
})

test.each([
  [{ SIGNALBOX_RECEIVER: '0.0.0.0:8081' }, /SIGNALBOX_RECEIVER 0\.0\.0\.0 can be reached from other machines/],
  [
    {
      SIGNALBOX_RECEIVER: '127.0.0.1:8081',
      SIGNALBOX_ROLE: 'api',
      DATABASE_URL: 'postgres://x/y',
      SIGNALBOX_MASTER_KEY: 'k',
    },
    /SIGNALBOX_RECEIVER needs the role all/,
  ],
])('the setting %j is refused', (environment, why) => {
  expect(() => readConfig({}, environment)).toThrow(ConfigError)
  expect(() => readConfig({}, environment)).toThrow(why)
})
