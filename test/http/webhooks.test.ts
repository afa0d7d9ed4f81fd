import { beforeAll, expect, test } from 'vitest'
import { defaultRetryPolicy, webhookLimits } from '../../src/contract/webhook.ts'
import { limits } from '../../src/server/base/limits.ts'
import { auditSince, dumpDatabase, lastAudit, useRoomApp } from '../support/room-app.ts'

const app = useRoomApp()
const secretValue = 'planted-value-1c5e88'
const inTeam = (path = '') => `/teams/${app.team.team}${path}`

beforeAll(async () => {
  for (const name of ['TOKEN', 'SHARED', 'SLACK_PATH'])
    await app.ask(app.team.admin, 'POST', inTeam('/secrets'), { name, value: secretValue })
})

let made = 0
async function make(settings: object = {}) {
  const name = `hook ${++made}`
  const { status, body } = await app.ask(app.team.admin, 'POST', inTeam('/webhooks'), {
    name,
    url: 'https://example.com/hook',
    ...settings,
  })
  expect([status, body.errors]).toEqual([201, undefined])
  return { id: body.id, name, body }
}

async function makeAutomation(webhook: string, template: string): Promise<string> {
  const { status, body } = await app.ask(
    app.team.member,
    'POST',
    `/projects/${encodeURIComponent(app.team.project)}/automations`,
    {
      name: `automation ${++made}`,
      event_type: 'CUSTOM',
      action: { type: 'webhook', webhook, template },
    },
  )
  expect([status, body.errors]).toEqual([201, undefined])
  return body.id
}

test('a webhook needs a name and an address; everything else has a default', async () => {
  const { body } = await make()
  expect(body).toMatchObject({
    team: app.team.team,
    access_token: null,
    secret: null,
    granted_secrets: [],
    signature_encoding: 'base64',
    headers: [],
    timeout_ms: 30_000,
    retry: defaultRetryPolicy,
    rate_per_second: null,
    in_order: false,
    paused: false,
    disabled: null,
    misconfigured: null,
    revision: 1,
    warnings: [],
  })
})

test('retries spread over about three days by default', () => {
  const { attempts_max, delay_ms_min, delay_ms_max } = defaultRetryPolicy
  const ceilings = Array.from({ length: attempts_max - 1 }, (_, index) =>
    Math.min(delay_ms_max, delay_ms_min * 2 ** index),
  )
  const meanDays = ceilings.reduce((sum, ceiling) => sum + ceiling / 2, 0) / (24 * 3600_000)
  expect(meanDays).toBeGreaterThan(2.8)
  expect(meanDays).toBeLessThan(3.3)
})

test('what is trusted must be certificates, and verification stays on where the operator did not allow otherwise', async () => {
  const { body } = await make()
  expect(body).toMatchObject({ tls: { ca: null, verify: true } })
  const begin = '-----BEGIN CERTIFICATE-----'
  const end = '-----END CERTIFICATE-----'
  for (const [tls, pointers] of [
    [{ verify: false }, ['#/tls/verify']],
    [{ ca: 'no certificate' }, ['#/tls/ca']],
    [{ ca: `${begin}\nbm90aGluZw==\n${end}`, verify: false }, ['#/tls/verify', '#/tls/ca']],
    [{ ca: '-----BEGIN PRIVATE KEY-----\nbm90aGluZw==\n-----END PRIVATE KEY-----' }, ['#/tls/ca']],
    [{ ca: 'x'.repeat(limits.tlsCaCharsMax + 1) }, ['#/tls/ca']],
  ] as const) {
    const wanted = { name: 'untrusted', url: 'https://example.com/', tls }
    for (const refused of [
      await app.ask(app.team.admin, 'POST', inTeam('/webhooks'), wanted),
      await app.ask(app.team.admin, 'PATCH', `/webhooks/${body.id}`, { revision: 1, tls }),
    ]) {
      expect([refused.status, refused.body.errors?.map(({ pointer }) => pointer)]).toEqual([422, pointers])
      if ((pointers as readonly string[]).includes('#/tls/verify'))
        expect(refused.text).toContain('SIGNALBOX_ALLOW_UNVERIFIED_TLS')
    }
  }
})

test('the signing secret is shown at its creation and never again', async () => {
  const { id, body } = await make()
  const secret = body.signing_secret
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const later = [
    await app.ask(app.team.admin, 'GET', `/webhooks/${id}`),
    await app.ask(app.team.admin, 'GET', inTeam('/webhooks')),
    await app.ask(app.team.admin, 'GET', `/webhooks/${id}/signing-secrets`),
    await app.ask(app.team.admin, 'PATCH', `/webhooks/${id}`, { revision: 1, timeout_ms: 1000 }),
  ]
  for (const { status, text } of later) {
    expect(status).toBe(200)
    expect(text).not.toContain('whsec_')
  }
  const everything = [await dumpDatabase(app.db), ...app.logged].join('\n')
  for (const text of [secret, secret.slice(6), Buffer.from(secret).toString('hex'), secretValue])
    expect(everything).not.toContain(text)
})

test('a new signing secret takes over while the earlier ones still count, and at most five count at a time', async () => {
  const { ask, team, clock } = app
  const { id, body } = await make()
  const first = await ask(team.admin, 'POST', `/webhooks/${id}/signing-secrets`, { overlap_hours: 24 })
  expect(first.status).toBe(201)
  expect(first.body.signing_secret).not.toBe(body.signing_secret)
  expect(first.body.items.map(({ expires_at }) => expires_at)).toEqual([
    null,
    new Date(clock.now().getTime() + 24 * 3600_000).toISOString(),
  ])
  for (let more = 0; more < limits.signingSecretsMax - 2; more++)
    expect((await ask(team.admin, 'POST', `/webhooks/${id}/signing-secrets`, {})).status).toBe(201)
  const refused = await ask(team.admin, 'POST', `/webhooks/${id}/signing-secrets`, {})
  expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([422, '#/overlap_hours'])
  expect((await ask(team.viewer, 'GET', `/webhooks/${id}/signing-secrets`)).body.items).toHaveLength(
    limits.signingSecretsMax,
  )
  const ended = await ask(team.admin, 'POST', `/webhooks/${id}/signing-secrets`, { overlap_hours: 0 })
  expect(ended.body.items).toHaveLength(1)
})

test('the full address and the values of headers are for admins; others see scheme, host and port', async () => {
  const { ask, team } = app
  const { id } = await make({
    url: 'https://hooks.example.com:8443/services/T0/B0/XXXX?token=abc',
    headers: [{ name: 'X-Key', value: 'literal-key' }],
  })
  const full = await ask(team.admin, 'GET', `/webhooks/${id}`)
  expect(full.body).toMatchObject({
    url: 'https://hooks.example.com:8443/services/T0/B0/XXXX?token=abc',
    headers: [{ name: 'X-Key', value: 'literal-key' }],
  })
  for (const person of [team.member, team.viewer]) {
    for (const path of [`/webhooks/${id}`, inTeam('/webhooks')]) {
      const { status, text } = await ask(person, 'GET', path)
      expect(status).toBe(200)
      expect(text).toContain('"https://hooks.example.com:8443"')
      expect(text).toContain('{"name":"X-Key","value":null}')
      expect(text).not.toMatch(/XXXX|token=|literal-key/)
    }
  }
  const audit = await app.db.query<{ details: string }>(
    `select details::text as details from audit where subject = $1`,
    [id],
  )
  expect(audit[0]!.details).toContain('https://hooks.example.com:8443')
  expect(audit[0]!.details).not.toMatch(/XXXX|literal-key/)
})

test('every mistake is told at once, with its place, and nothing is made', async () => {
  const { ask, team, verdicts, db } = app
  verdicts.set('10.0.0.1', {
    mistakes: ['10.0.0.1 is a private address. SIGNALBOX_ALLOWED_TARGETS could allow it.'],
    warnings: [],
  })
  const since = await lastAudit(db)
  const [before] = await db.query(
    'select (select count(*) from webhooks) as webhooks, (select count(*) from lanes) as lanes, (select receivers_version from entities where id = $1) as version',
    [team.teamId],
  )
  const refused = await ask(team.admin, 'POST', inTeam('/webhooks'), {
    name: 'wrong',
    url: 'http://10.0.0.1/${SLACK_PAHT}',
    access_token: 'TOKN',
    granted_secrets: ['SLACK_PATH', 'NOTHING_LIKE_IT'],
    headers: [{ name: 'Content-Length', value: '1' }],
  })
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual([
    '#/url',
    '#/access_token',
    '#/granted_secrets/1',
    '#/url',
    '#/headers/0/name',
  ])
  expect(refused.text).toContain('Did you mean “TOKEN”?')
  expect(refused.text).toContain('Did you mean `${SLACK_PATH}`?')
  expect(refused.text).toContain('SIGNALBOX_ALLOWED_TARGETS')
  expect(await auditSince(db, since)).toEqual([])
  expect(
    await db.query(
      'select (select count(*) from webhooks) as webhooks, (select count(*) from lanes) as lanes, (select receivers_version from entities where id = $1) as version',
      [team.teamId],
    ),
  ).toEqual([before])
})

test('an address that may turn out wrong is kept, with a warning', async () => {
  app.verdicts.set('nowhere.example', { mistakes: [], warnings: ['nowhere.example does not resolve.'] })
  const { body } = await make({ url: 'https://nowhere.example/x' })
  expect(body.warnings).toEqual(['nowhere.example does not resolve.'])
})

test.each([
  ['a name of other characters', { name: 'a/b' }, ['#/name']],
  ['a name that ends in a blank', { name: 'a ' }, ['#/name']],
  ['a name too long', { name: 'a'.repeat(65) }, ['#/name']],
  ['a NUL in the address', { url: 'https://example.com/\0' }, ['#/url']],
  ['a secret granted twice', { granted_secrets: ['TOKEN', 'TOKEN'] }, ['#/granted_secrets']],
  ['a timeout too long', { timeout_ms: 30_001 }, ['#/timeout_ms']],
  ['retries that shrink', { retry: { attempts_max: 2, delay_ms_min: 20, delay_ms_max: 10 } }, ['#/retry/delay_ms_max']],
  ['no attempts', { retry: { attempts_max: 0, delay_ms_min: 20, delay_ms_max: 30 } }, ['#/retry/attempts_max']],
  ['a cap of zero', { concurrency_max: 0 }, ['#/concurrency_max']],
  ['a rate of zero', { rate_per_second: 0 }, ['#/rate_per_second']],
  ['an encoding nobody knows', { signature_encoding: 'base32' }, ['#/signature_encoding']],
  [
    'a header twice',
    {
      headers: [
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
      ],
    },
    ['#/headers/1/name'],
  ],
  ['a header name with a blank', { headers: [{ name: 'X A', value: '1' }] }, ['#/headers/0/name']],
  [
    'several at once',
    { name: '', timeout_ms: 1, concurrency_max: 1.5 },
    ['#/name', '#/timeout_ms', '#/concurrency_max'],
  ],
])('bad input is refused: %s', async (_, settings, pointers) => {
  const refused = await app.ask(app.team.admin, 'POST', inTeam('/webhooks'), {
    name: 'x',
    url: 'https://example.com',
    ...settings,
  })
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(pointers)
})

test('a change names the revision it was made on, so nobody overwrites what they have not seen', async () => {
  const { ask, team, db } = app
  const { id } = await make()
  const first = await ask(team.admin, 'PATCH', `/webhooks/${id}`, {
    revision: 1,
    concurrency_max: 5,
    name: `renamed ${made}`,
  })
  expect(first.body).toMatchObject({ revision: 2, concurrency_max: 5, name: `renamed ${made}`, timeout_ms: 30_000 })
  const since = await lastAudit(db)
  const second = await ask(team.admin, 'PATCH', `/webhooks/${id}`, { revision: 1, concurrency_max: 6 })
  expect([second.status, second.body.type]).toEqual([409, '/problems/revision-changed'])
  expect((await ask(team.admin, 'GET', `/webhooks/${id}`)).body).toMatchObject({ revision: 2, concurrency_max: 5 })
  expect(await auditSince(db, since)).toEqual([])
})

test('of ten changes made on one revision exactly one is kept', async () => {
  const { id } = await make()
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      app.ask(app.team.admin, 'PATCH', `/webhooks/${id}`, { revision: 1, concurrency_max: index + 11 }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(9)
})

test('a change that changes nothing records nothing', async () => {
  const { ask, team, db } = app
  const { id } = await make({ granted_secrets: ['TOKEN', 'SHARED'] })
  const since = await lastAudit(db)
  const same = await ask(team.admin, 'PATCH', `/webhooks/${id}`, {
    revision: 1,
    granted_secrets: ['SHARED', 'TOKEN'],
    timeout_ms: 30_000,
  })
  expect([same.status, same.body['revision']]).toEqual([200, 1])
  await ask(team.admin, 'POST', `/webhooks/${id}/resume`)
  await ask(team.admin, 'POST', `/webhooks/${id}/enable`)
  expect(await auditSince(db, since)).toEqual([])
})

test('a grant that payloads need is taken away only when that is meant, and its automations are listed', async () => {
  const { ask, team } = app
  const { id } = await make({ access_token: 'TOKEN', secret: 'SHARED', granted_secrets: ['SLACK_PATH'] })
  const automation = await makeAutomation(id, '{"a": "${ACCESS_TOKEN} ${SHARED}"}')
  expect((await ask(team.admin, 'PATCH', `/webhooks/${id}`, { revision: 1, granted_secrets: [] })).status).toBe(200)
  const refused = await ask(team.admin, 'PATCH', `/webhooks/${id}`, { revision: 2, access_token: null, secret: null })
  expect([refused.status, refused.body.type]).toEqual([409, '/problems/in-use'])
  expect(refused.body.errors).toEqual([
    { detail: expect.stringMatching(new RegExp(`${automation}.*ACCESS_TOKEN, SHARED`)) },
  ])
  const moved = await ask(team.admin, 'PATCH', `/webhooks/${id}`, {
    revision: 2,
    secret: null,
    granted_secrets: ['SHARED'],
  })
  expect(moved.status).toBe(200)
  expect(
    (await ask(team.admin, 'PATCH', `/webhooks/${id}?force=true`, { revision: 3, access_token: null })).status,
  ).toBe(200)
  expect((await ask(team.viewer, 'GET', `/automations/${automation}`)).body['misconfigured']).toContain('ACCESS_TOKEN')
})

test('a webhook in use is deleted only when that is meant; its name is free and its automations say why they fail', async () => {
  const { ask, team, db } = app
  const { id, name } = await make()
  const automation = await makeAutomation(id, '')
  const refused = await ask(team.admin, 'DELETE', `/webhooks/${id}`)
  expect([refused.status, refused.body.errors[0]!.detail]).toEqual([409, expect.stringContaining(automation)])
  expect((await ask(team.admin, 'DELETE', `/webhooks/${id}?force=true`)).status).toBe(204)
  expect((await ask(team.admin, 'GET', `/webhooks/${id}`)).status).toBe(404)
  expect((await ask(team.admin, 'DELETE', `/webhooks/${id}?force=true`)).status).toBe(404)
  expect((await ask(team.viewer, 'GET', `/automations/${automation}`)).body['misconfigured']).toBe(
    'Its webhook was deleted.',
  )
  expect(await db.query(`select 1 from signing_secrets where webhook_id = $1`, [Number(id.slice(4))])).toEqual([])
  await make({ name })
})

test('a name is taken once in its team', async () => {
  const { name } = await make()
  const taken = await app.ask(app.team.admin, 'POST', inTeam('/webhooks'), { name, url: 'https://example.com' })
  expect([taken.status, taken.body.type]).toEqual([409, '/problems/name-taken'])
  const { id } = await make()
  expect((await app.ask(app.team.admin, 'PATCH', `/webhooks/${id}`, { revision: 1, name })).status).toBe(409)
})

test('admins write, the team reads, and others find nothing', async () => {
  const { ask, team } = app
  const { id } = await make()
  const acts = [
    ['POST', inTeam('/webhooks'), { name: 'y', url: 'https://example.com' }],
    ['PATCH', `/webhooks/${id}`, { revision: 1, timeout_ms: 700 }],
    ['POST', `/webhooks/${id}/pause`, undefined],
    ['POST', `/webhooks/${id}/resume`, undefined],
    ['POST', `/webhooks/${id}/enable`, undefined],
    ['POST', `/webhooks/${id}/signing-secrets`, {}],
    ['DELETE', `/webhooks/${id}`, undefined],
  ] as const
  const since = await lastAudit(app.db)
  for (const [method, path, body] of acts) {
    for (const person of [team.member, team.viewer]) {
      const refused = await ask(person, method, path, body)
      expect([path, refused.status, refused.body.detail]).toEqual([
        path,
        403,
        expect.stringContaining('takes the role admin'),
      ])
    }
    for (const person of [team.colleague, team.stranger])
      expect([path, (await ask(person, method, path, body)).status]).toEqual([path, 404])
  }
  for (const path of [inTeam('/webhooks'), `/webhooks/${id}`, `/webhooks/${id}/signing-secrets`]) {
    expect((await ask(team.viewer, 'GET', path)).status).toBe(200)
    for (const person of [team.colleague, team.stranger]) expect((await ask(person, 'GET', path)).status).toBe(404)
  }
  expect(await auditSince(app.db, since)).toEqual([])
  expect((await ask(team.organizationAdmin, 'POST', `/webhooks/${id}/pause`)).body['paused']).toBe(true)
  for (const path of ['/webhooks/whk_999999', '/webhooks/aut_1', '/webhooks/x', '/webhooks/whk_99999999999999999999'])
    expect((await ask(team.admin, 'GET', path)).status).toBe(404)
})

test('every act is on record by its name', async () => {
  const { ask, team, db } = app
  const since = await lastAudit(db)
  const { id } = await make()
  await ask(team.admin, 'PATCH', `/webhooks/${id}`, {
    revision: 1,
    timeout_ms: 700,
    url: 'https://other.example/secret-path',
  })
  await ask(team.admin, 'POST', `/webhooks/${id}/pause`)
  await ask(team.admin, 'POST', `/webhooks/${id}/resume`)
  await ask(team.admin, 'POST', `/webhooks/${id}/signing-secrets`, { overlap_hours: 1 })
  await ask(team.admin, 'DELETE', `/webhooks/${id}`)
  const rows = await auditSince(db, since)
  expect(rows.map(({ action }) => action)).toEqual([
    'webhook.create',
    'webhook.update',
    'webhook.pause',
    'webhook.resume',
    'webhook.rotate_signing_secret',
    'webhook.delete',
  ])
  expect(rows.every(({ subject }) => subject === id)).toBe(true)
  expect(rows[1]!.details).toMatchObject({ changed: ['url', 'timeout_ms'], url: 'https://other.example' })
})

test('the limits of the contract are those of the server', () => {
  expect(webhookLimits).toEqual({
    nameCharsMax: limits.webhookNameCharsMax,
    urlCharsMax: limits.urlCharsMax,
    grantedSecretsMax: limits.grantedSecretsMax,
    customHeadersMax: limits.customHeadersMax,
    headerNameCharsMax: limits.headerNameCharsMax,
    headerValueCharsMax: limits.headerValueCharsMax,
    timeoutMsMin: limits.timeoutMsMin,
    timeoutMsMax: limits.timeoutMsMax,
    attemptsMax: limits.attemptsMax,
    retryDelayMsMin: limits.retryDelayMsMin,
    retryDelayMsMax: limits.retryDelayMsMax,
    concurrencyMax: limits.concurrencyMax,
    ratePerSecondMax: limits.ratePerSecondMax,
    overlapHoursMax: limits.overlapHoursMax,
    tlsCaCharsMax: limits.tlsCaCharsMax,
  })
})
