import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeAuthority, type Authority } from '../support/authority.ts'
import { startSignalbox, type TestSignalbox } from '../support/signalbox.ts'

let signalbox: TestSignalbox & { stop(): Promise<void> }
let authority: Authority
let server: Server
let url = ''
let received: string[] = []

/** A receiver with a certificate of the authority, on loopback. */
beforeAll(async () => {
  authority = await makeAuthority()
  server = createServer(await authority.sign('IP:127.0.0.1'), (request, response) => {
    received.push(request.url ?? '')
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  url = `https://127.0.0.1:${port}`
  signalbox = await startSignalbox({ allowedTargets: `127.0.0.1:${port}` })
})
beforeEach(() => {
  received = []
})
afterAll(async () => {
  await signalbox.stop()
  server.close()
  authority.close()
})

test('a webhook that is told of an authority reaches a receiver of it, in a test and in a delivery; another does not', async () => {
  const { admin, makeWebhook, makeAutomation, record, ended } = signalbox
  const trusting = { url: `${url}/trusting`, tls: { ca: authority.certificate } }
  const webhook = await makeWebhook({
    url: `${url}/usual`,
    retry: { attempts_max: 1, delay_ms_min: 10, delay_ms_max: 10 },
  })
  const before = await admin.must('POST', `/webhooks/${webhook.id}/test`, {})
  expect(before).toMatchObject({
    outcome: 'unreachable',
    explanation: { what: expect.stringContaining('not trusted'), try: expect.stringContaining('`tls.ca`') },
  })
  const unsaved = await admin.must('POST', `/webhooks/${webhook.id}/test`, { changes: trusting })
  expect(unsaved).toMatchObject({ ok: true, outcome: 'succeeded' })

  const other = await makeWebhook(trusting)
  expect(await admin.must('GET', `/webhooks/${other.id}`)).toMatchObject({
    tls: { ca: authority.certificate, verify: true },
  })
  await makeAutomation(webhook.id)
  await makeAutomation(other.id)
  const deliveries = await ended((await record()).id)
  expect(new Map(deliveries.map(({ webhook: of, state }) => [of.id ?? of, state]))).toEqual(
    new Map([
      [webhook.id, 'failed'],
      [other.id, 'succeeded'],
    ]),
  )
  expect(received).toEqual(['/trusting', '/trusting'])
})

test('a webhook that verifies nothing sends nothing once the operator does not allow it any more', async () => {
  const { admin, makeWebhook, makeAutomation, record, ended, databaseUrl } = signalbox
  const refused = await admin.call('POST', '/teams/vision/webhooks', { name: 'x', url, tls: { verify: false } })
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '#/tls/verify'])
  const webhook = await makeWebhook({ url: `${url}/unverified` })
  const changes = { tls: { verify: false } }
  const tested = await admin.call('POST', `/webhooks/${webhook.id}/test`, { changes })
  expect([tested.status, tested.body.errors[0].pointer]).toEqual([422, '#/changes/tls/verify'])

  // As it was saved while it was allowed.
  const rows = new pg.Client({ connectionString: databaseUrl })
  await rows.connect()
  await rows.query('update webhooks set tls_verify = false where url = $1', [`${url}/unverified`])
  await rows.end()
  expect(await admin.must('POST', `/webhooks/${webhook.id}/test`, {})).toMatchObject({
    outcome: 'refused',
    explanation: { what: expect.stringContaining('SIGNALBOX_ALLOW_UNVERIFIED_TLS') },
  })
  await makeAutomation(webhook.id, { filter: { name: 'unverified' } })
  const [delivery] = await ended((await record({ name: 'unverified' })).id)
  expect(delivery).toMatchObject({ state: 'failed' })
  expect(received).not.toContain('/unverified')
})

test('the script trusts the same authority', async () => {
  const { admin, makeWebhook } = signalbox
  const run = async (tls: object) => {
    const { id } = await makeWebhook({ url: `${url}/script`, tls })
    const { script } = await admin.must<{ script: string }>('GET', `/webhooks/${id}/script`)
    const env = { PATH: process.env['PATH'] ?? '', API_ENDPOINT: `${url}/script` }
    return promisify(execFile)('bash', ['--norc', '-c', script], { env })
  }
  expect((await run({ ca: authority.certificate })).stdout).toContain('200 OK')
  await expect(run({})).rejects.toMatchObject({ stderr: expect.stringMatching(/certificate/) })
  expect(received).toEqual(['/script'])
})
