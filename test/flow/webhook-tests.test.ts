import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyWebhook } from '../../src/sdk/verify-webhook.ts'
import { limits } from '../../src/server/base/limits.ts'
import { answerStatus, type ReceivedRequest } from '../support/receiver.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { tableSizes } from '../support/table-sizes.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
const run = promisify(execFile)
const admin = () => signalbox.current.admin
const values = {
  TOKEN: 'a-token-of-some-length',
  SIGNING: 'a-password-that-signs',
  KEY: 'an-api-key "quoted" of-some-length',
}

beforeAll(async () => {
  for (const [name, value] of Object.entries(values))
    await admin().must('POST', '/teams/vision/secrets', { name, value })
})
beforeEach(() => {
  signalbox.current.receiver.answerWith(answerStatus(200))
})

const settings = {
  access_token: 'TOKEN',
  secret: 'SIGNING',
  granted_secrets: ['KEY'],
  headers: [{ name: 'X-Key', value: 'Key ${KEY}' }],
}

function lastRequest(): ReceivedRequest {
  return signalbox.current.receiver.requests.at(-1)!
}

async function expectSigned(request: ReceivedRequest, signingSecret: string): Promise<void> {
  const signed = { signingSecrets: [signingSecret], wandbSecret: values.SIGNING }
  expect(await verifyWebhook(request.headers, new Uint8Array(request.body), signed)).toMatchObject({ verified: true })
}

describe('a test of a stored webhook', () => {
  test('sends what a delivery would, filled from an example, and shows it with secrets masked', async () => {
    const webhook = await signalbox.current.makeWebhook(settings)
    signalbox.current.receiver.answerWith((request, response) => {
      response.writeHead(202, { 'x-echo': String(request.headers['x-key']) })
      response.end(JSON.stringify({ headers: request.headers, body: request.body.toString() }))
    })
    const result = await admin().must('POST', `/webhooks/${webhook.id}/test`, {
      payload: {
        template: '{"version": "${artifact_version_string}", "alias": "${alias}", "key": "$KEY", "odd": "${odd}"}',
      },
    })
    const request = lastRequest()
    expect(JSON.parse(request.body.toString())).toEqual({
      version: 'vision/wandb-registry-models/churn-model:production',
      alias: 'production',
      key: values.KEY,
      odd: '',
    })
    expect(request.headers['authorization']).toBe(`Bearer ${values.TOKEN}`)
    expect(request.headers['x-key']).toBe(`Key ${values.KEY}`)
    await expectSigned(request, webhook.signing_secret)
    expect(result).toMatchObject({ ok: true, outcome: 'succeeded', explanation: null, response: { status: 202 } })
    expect(result['warnings']).toEqual([
      { pointer: '#/payload/template', line: 1, column: expect.any(Number), detail: expect.stringContaining('${odd}') },
    ])
    expect(JSON.parse(result['request'].body)['key']).toBe('‹secret KEY›')
    for (const value of [...Object.values(values), JSON.stringify(values.KEY).slice(1, -1)])
      expect(JSON.stringify(result)).not.toContain(value)
  })

  test('sends settings that are not saved, and keeps nothing but one audit row', async () => {
    const webhook = await signalbox.current.makeWebhook()
    const before = await tableSizes(signalbox.current.databaseUrl)
    const result = await admin().must('POST', `/webhooks/${webhook.id}/test`, {
      changes: { ...settings, url: `${signalbox.current.receiver.url}/unsaved`, signature_encoding: 'sha256=hex' },
    })
    const request = lastRequest()
    expect([request.path, request.body.toString()]).toEqual(['/unsaved', '{}'])
    expect(request.headers['x-wandb-signature']).toBe(
      `sha256=${createHmac('sha256', values.SIGNING).update(request.body).digest('hex')}`,
    )
    expect(result['notes']).toEqual(['Settings were used that are not saved.'])
    const after = await tableSizes(signalbox.current.databaseUrl)
    expect(after).toEqual({ ...before, 'public.audit': before['public.audit']! + 1 })
    expect(await admin().must('GET', `/webhooks/${webhook.id}`)).toMatchObject({ access_token: null, revision: 1 })
    const { items } = await admin().must('GET', `/teams/vision/audit?subject=${webhook.id}&action=webhook.test`)
    expect(items[0]).toMatchObject({ details: { outcome: 'succeeded', status: 200 } })
    expect(JSON.stringify(items[0])).not.toContain('/unsaved')
  })

  test('is filled from an event that happened, also while the webhook is paused', async () => {
    const webhook = await signalbox.current.makeWebhook()
    await admin().must('POST', `/webhooks/${webhook.id}/pause`)
    const event = await signalbox.current.record({ name: 'real', data: { loss: 0.25 } })
    await admin().must('POST', `/webhooks/${webhook.id}/test`, {
      payload: { template: '{"name": "${event_name}", "loss": ${event_data.loss}}', event: event.id },
    })
    expect(lastRequest().body.toString()).toBe('{"name": "real", "loss": 0.25}')
  })

  test('reaches the receiver also while the webhook is disabled, and leaves it disabled', async () => {
    const webhook = await signalbox.current.makeWebhook()
    await signalbox.current.makeAutomation(webhook.id, { filter: { name: 'gone' } })
    signalbox.current.receiver.answerWith(answerStatus(410))
    await signalbox.current.ended((await signalbox.current.record({ name: 'gone' })).id)
    const disabled = await waitFor(
      'the webhook to be disabled',
      async () => (await admin().must('GET', `/webhooks/${webhook.id}`))['disabled'] ?? undefined,
    )
    signalbox.current.receiver.answerWith(answerStatus(200))
    expect(await admin().must('POST', `/webhooks/${webhook.id}/test`, {})).toMatchObject({ ok: true })
    expect(await admin().must('GET', `/webhooks/${webhook.id}`)).toMatchObject({ disabled })
  })

  test('tells in plain words what went wrong and what to try', async () => {
    const webhook = await signalbox.current.makeWebhook()
    signalbox.current.receiver.answerWith(answerStatus(401, {}, 'who are you?'))
    expect(await admin().must('POST', `/webhooks/${webhook.id}/test`, {})).toMatchObject({
      ok: false,
      outcome: 'rejected',
      response: { status: 401, body: 'who are you?' },
      explanation: { what: expect.stringContaining('401'), try: expect.stringContaining('access token') },
    })
    const changes = { timeout_ms: 500 }
    signalbox.current.receiver.answerWith(() => {})
    expect(await admin().must('POST', `/webhooks/${webhook.id}/test`, { changes })).toMatchObject({
      outcome: 'unreachable',
      response: null,
      explanation: { what: expect.stringContaining('within 0.5 s') },
    })
  })

  test('of settings that make no sense is refused with every mistake at its place, and sends nothing', async () => {
    const webhook = await signalbox.current.makeWebhook()
    const before = signalbox.current.receiver.requests.length
    const answer = await admin().call('POST', `/webhooks/${webhook.id}/test`, {
      changes: { url: 'http://10.0.0.1/', access_token: 'TOKNE', headers: [{ name: 'Host', value: 'x' }] },
      payload: { template: '{"a": }' },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/changes/url',
      '#/changes/access_token',
      '#/changes/headers/0/name',
      '#/payload/template',
    ])
    const both = { template: '{}', event: 'evt_x', sample: 'CUSTOM' }
    expect((await admin().call('POST', `/webhooks/${webhook.id}/test`, { payload: both })).body.errors[0].pointer).toBe(
      '#/payload/sample',
    )
    expect(signalbox.current.receiver.requests).toHaveLength(before)
  })
})

test('a webhook that is not saved is tested with a signing secret made for that one request', async () => {
  const before = await tableSizes(signalbox.current.databaseUrl)
  const result = await admin().must('POST', '/teams/vision/webhooks/test', {
    webhook: { name: 'not saved', url: `${signalbox.current.receiver.url}/hook`, ...settings },
    payload: { template: '{"at": "${event_time}"}', sample: 'CUSTOM' },
  })
  expect(result).toMatchObject({ ok: true, notes: [expect.stringContaining('for this request alone')] })
  expect(lastRequest().headers['webhook-signature']).toMatch(/^v1,/)
  expect(
    await verifyWebhook(lastRequest().headers, new Uint8Array(lastRequest().body), { wandbSecret: values.SIGNING }),
  ).toMatchObject({ verified: true })
  const after = await tableSizes(signalbox.current.databaseUrl)
  expect(after).toEqual({ ...before, 'public.audit': before['public.audit']! + 1 })
})

test('only so many tests run at once, and a team has only so many a minute', async () => {
  await admin().must('POST', '/organizations/acme/teams', { name: 'busy' })
  const body = { webhook: { name: 'x', url: `${signalbox.current.receiver.url}/busy`, timeout_ms: 5_000 } }
  const ask = () => admin().call('POST', '/teams/busy/webhooks/test', body)
  const waiting: (() => void)[] = []
  signalbox.current.receiver.answerWith((_request, response) => void waiting.push(() => response.end('ok')))
  const running = Array.from({ length: limits.webhookTestsMax }, ask)
  await waitFor('all of them to arrive', () => waiting.length === limits.webhookTestsMax)
  expect(await ask()).toMatchObject({ status: 429, body: { type: '/problems/rate-limited' } })
  for (const answer of waiting) answer()
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual(running.map(() => 200))
  signalbox.current.receiver.answerWith(answerStatus(200))
  const statuses: number[] = []
  for (let asked = limits.webhookTestsMax + 2; asked <= limits.webhookTestsPerMinuteMax; asked++)
    statuses.push((await ask()).status)
  const [last, ...others] = statuses.toReversed()
  expect(new Set(others)).toEqual(new Set([200]))
  expect(last).toBe(200)
  const refused = await ask()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('an address is judged while it is typed, and nothing is kept', async () => {
  const before = await tableSizes(signalbox.current.databaseUrl)
  const check = (url: string) => admin().must('POST', '/teams/vision/webhooks/check-url', { url })
  expect(await check(`${signalbox.current.receiver.url}/\${TOKEN}`)).toEqual({ ok: true, mistakes: [], warnings: [] })
  const inside = await check('http://169.254.169.254/latest')
  expect(inside).toMatchObject({
    ok: false,
    mistakes: [{ pointer: '#/url', detail: expect.stringContaining('SIGNALBOX_ALLOWED_TARGETS') }],
  })
  expect((await check('https://example.com/${TOKNE}'))['mistakes'][0].detail).toContain('Did you mean')
  expect((await check('https://no-such-host.invalid/'))['warnings']).toEqual([
    'The name no-such-host.invalid has no address now.',
  ])
  expect(await tableSizes(signalbox.current.databaseUrl)).toEqual(before)
})

test('a team has so many addresses judged a minute', async () => {
  await admin().must('POST', '/organizations/acme/teams', { name: 'typing' })
  const check = () => admin().call('POST', '/teams/typing/webhooks/check-url', { url: 'http://10.0.0.1/' })
  for (let asked = 0; asked < limits.urlChecksPerMinuteMax; asked++) expect((await check()).status).toBe(200)
  const refused = await check()
  expect(refused).toMatchObject({ status: 429, body: { type: '/problems/rate-limited' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

describe('the script of a webhook', () => {
  async function runScript(script: string, environment: Record<string, string>) {
    return run('bash', ['--norc', '-c', script], { env: { PATH: process.env['PATH'] ?? '', ...environment } })
  }

  test.each(['base64', 'hex', 'sha256=hex'])(
    'sends the same request with the same signatures, %s',
    async (signature_encoding) => {
      const webhook = await signalbox.current.makeWebhook({ ...settings, signature_encoding })
      const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
      for (const value of [...Object.values(values), webhook.signing_secret]) expect(script).not.toContain(value)
      const payload = `{"text": "it's \\"quoted\\" $(touch /tmp/never) \`x\` ü"}`
      const { stdout } = await runScript(script, {
        API_ENDPOINT: `${signalbox.current.receiver.url}/script`,
        PAYLOAD: payload,
        ACCESS_TOKEN: values.TOKEN,
        SECRET: values.SIGNING,
        SIGNING_SECRET: webhook.signing_secret,
        KEY: values.KEY,
      })
      expect(stdout).toMatch(/^HTTP\/1\.1 200 OK/)
      const request = lastRequest()
      expect(request.body.toString()).toBe(payload)
      expect(request.headers).toMatchObject({
        'content-type': 'application/json',
        authorization: `Bearer ${values.TOKEN}`,
        'x-key': `Key ${values.KEY}`,
      })
      await admin().must('POST', `/webhooks/${webhook.id}/test`, { payload: { template: '{"a": "b"}' } })
      const ours = lastRequest()
      const names = (one: ReceivedRequest) =>
        Object.keys(one.headers).filter((name) => /webhook-|wandb|authorization|x-key/.test(name))
      expect(new Set(names(request))).toEqual(new Set(names(ours)))
      const hmac = createHmac('sha256', values.SIGNING).update(request.body)
      const expected = { base64: 'base64', hex: 'hex', 'sha256=hex': 'hex' }[signature_encoding] as 'hex'
      expect(request.headers['x-wandb-signature']).toBe(
        `${signature_encoding === 'sha256=hex' ? 'sha256=' : ''}${hmac.digest(expected)}`,
      )
      const standard = { signingSecrets: [webhook.signing_secret] }
      expect(await verifyWebhook(request.headers, new Uint8Array(request.body), standard)).toMatchObject({
        verified: true,
      })
    },
  )

  test('of a webhook that is not saved, and of changes that are not, signs as it would be sent, and holds no value', async () => {
    const unsaved = await admin().must<{ script: string }>('POST', '/teams/vision/webhooks/script', {
      webhook: { ...settings, name: 'not saved', url: signalbox.current.receiver.url },
    })
    const webhook = await signalbox.current.makeWebhook()
    const { access_token, secret, granted_secrets, headers } = settings
    const changed = await admin().must<{ script: string }>('POST', `/webhooks/${webhook.id}/script`, {
      changes: { access_token, secret, granted_secrets, headers },
    })
    for (const { script } of [unsaved, changed]) {
      for (const value of Object.values(values)) expect(script).not.toContain(value)
      await runScript(script, {
        API_ENDPOINT: `${signalbox.current.receiver.url}/unsaved`,
        PAYLOAD: '{"a": "b"}',
        ACCESS_TOKEN: values.TOKEN,
        SECRET: values.SIGNING,
        KEY: values.KEY,
      })
      expect(lastRequest().headers).toMatchObject({
        authorization: `Bearer ${values.TOKEN}`,
        'x-key': `Key ${values.KEY}`,
        'x-wandb-signature': createHmac('sha256', values.SIGNING).update('{"a": "b"}').digest('base64'),
      })
    }
    expect((await admin().must('GET', `/webhooks/${webhook.id}`))['access_token']).toBeNull()
  })

  test('of settings that would not be saved is refused with every mistake', async () => {
    const webhook = { name: 'not saved', url: 'ftp://acme.dev', access_token: 'NEVER_MADE' }
    const refused = await admin().call('POST', '/teams/vision/webhooks/script', { webhook })
    expect(refused.status).toBe(422)
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/webhook/url',
      '#/webhook/access_token',
    ])
  })

  test('names what is missing, and sends nothing then', async () => {
    const webhook = await signalbox.current.makeWebhook(settings)
    const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
    const before = signalbox.current.receiver.requests.length
    await expect(runScript(script, {})).rejects.toMatchObject({
      code: 2,
      stderr: 'set these first: API_ENDPOINT ACCESS_TOKEN SECRET KEY\n',
    })
    expect(signalbox.current.receiver.requests).toHaveLength(before)
  })

  test.each([
    ['name', 'name'],
    ['payload', 'payload'],
    ['missing', 'missing'],
    ['PATH', 'VALUE_OF_PATH'],
    ['VALUE_OF_PATH', 'VALUE_OF_VALUE_OF_PATH'],
    ['SECONDS', 'VALUE_OF_SECONDS'],
    ['SECRET', 'VALUE_OF_SECRET'],
    ['https_proxy', 'VALUE_OF_https_proxy'],
    ['_', 'VALUE_OF__'],
  ])('takes the secret %s for a header from the variable %s, whatever else has that name', async (name, variable) => {
    await admin().must('POST', '/teams/vision/secrets', { name, value: 'never asked for here' })
    const webhook = await signalbox.current.makeWebhook({
      granted_secrets: [name],
      headers: [{ name: 'X-Odd', value: `is \${${name}}` }],
    })
    const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
    const environment = { API_ENDPOINT: `${signalbox.current.receiver.url}/odd` }
    await expect(runScript(script, environment)).rejects.toMatchObject({
      code: 2,
      stderr: `set these first: ${variable}\n`,
    })
    await runScript(script, { ...environment, [variable]: 'value of the variable' })
    expect(lastRequest().headers['x-odd']).toBe('is value of the variable')
  })

  test('a secret that keys the signature and stands in a header is one variable when it is called SECRET', async () => {
    const { items } = await admin().must<{ items: { name: string }[] }>('GET', '/teams/vision/secrets?limit=100')
    if (!items.some(({ name }) => name === 'SECRET'))
      await admin().must('POST', '/teams/vision/secrets', { name: 'SECRET', value: 'never asked for here' })
    const webhook = await signalbox.current.makeWebhook({
      secret: 'SECRET',
      headers: [{ name: 'X-Odd', value: '${SECRET}' }],
    })
    const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
    await runScript(script, { API_ENDPOINT: `${signalbox.current.receiver.url}/odd`, SECRET: values.SIGNING })
    expect(lastRequest().headers['x-odd']).toBe(values.SIGNING)
    expect(lastRequest().headers['x-wandb-signature']).toBe(
      createHmac('sha256', values.SIGNING).update('{}').digest('base64'),
    )
  })

  test('without a compatible secret both signatures are those of the signing secret, as ours are', async () => {
    const webhook = await signalbox.current.makeWebhook({ headers: [{ name: 'X-Empty', value: '' }] })
    const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
    await runScript(script, {
      API_ENDPOINT: `${signalbox.current.receiver.url}/hook`,
      SIGNING_SECRET: webhook.signing_secret,
    })
    const theirs = lastRequest()
    await admin().must('POST', `/webhooks/${webhook.id}/test`, {})
    const ours = lastRequest()
    for (const { headers, body } of [theirs, ours]) {
      expect(body.toString()).toBe('{}')
      expect(headers['x-empty']).toBe('')
      expect(headers['x-wandb-signature']).toBe(
        createHmac('sha256', webhook.signing_secret).update(body).digest('base64'),
      )
      const signed = { signingSecrets: [webhook.signing_secret] }
      expect(await verifyWebhook(headers, new Uint8Array(body), signed)).toMatchObject({ verified: true })
    }
  })

  test.each(['/hook?a[]=1', '/hook/{a,b}', '/hook?x=[1-3]'])(
    'sends one request to %s, as it is written',
    async (path) => {
      const webhook = await signalbox.current.makeWebhook()
      const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
      const before = signalbox.current.receiver.requests.length
      await runScript(script, { API_ENDPOINT: `${signalbox.current.receiver.url}${path}` })
      expect(signalbox.current.receiver.requests.slice(before).map((request) => request.path)).toEqual([path])
    },
  )

  test('shows nobody more of the webhook than they may see', async () => {
    const password = 'correct horse battery'
    await admin().must('POST', '/organizations/acme/people', { name: 'viewer', password, role: 'viewer' })
    await admin().must('PUT', '/teams/vision/members/viewer', { role: 'viewer' })
    const { key } = await admin().must<{ key: string }>('POST', '/sign-in', { name: 'viewer', password })
    const webhook = await signalbox.current.makeWebhook({
      ...settings,
      url: `${signalbox.current.receiver.url}/a-path-that-is-a-credential?and=a-query`,
      headers: [{ name: 'X-Api-Key', value: 'a-literal-credential' }, ...settings.headers],
    })
    const path = `/webhooks/${webhook.id}/script`
    const forAdmins = await admin().must<{ script: string }>('GET', path)
    expect(forAdmins.script).toContain('a-literal-credential')
    const { script } = await signalbox.current.as(key).must<{ script: string }>('GET', path)
    expect(script).not.toMatch(/a-literal-credential|a-path-that-is|and=a-query|Key \$/)
    const environment = {
      API_ENDPOINT: `${signalbox.current.receiver.url}/hook`,
      ACCESS_TOKEN: values.TOKEN,
      SECRET: values.SIGNING,
    }
    await expect(runScript(script, environment)).rejects.toMatchObject({
      stderr: 'set these first: HEADER_1 HEADER_2\n',
    })
    await runScript(script, { ...environment, HEADER_1: 'first', HEADER_2: 'second' })
    expect(lastRequest().headers).toMatchObject({ 'x-api-key': 'first', 'x-key': 'second' })
  })

  test('takes names, headers and certificates for what they are, whatever stands in them', async () => {
    const header = { name: "X-'`$x`", value: `'; touch /tmp/never; echo "$HOME` }
    const webhook = await signalbox.current.makeWebhook({ headers: [header] })
    const { script } = await admin().must<{ script: string }>('GET', `/webhooks/${webhook.id}/script`)
    await runScript(script, { API_ENDPOINT: `${signalbox.current.receiver.url}/quoted` })
    expect(lastRequest().headers[header.name.toLowerCase()]).toBe(header.value)
    expect(existsSync('/tmp/never')).toBe(false)
  })
})
