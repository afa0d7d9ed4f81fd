import { expect, test } from 'vitest'
import { limits } from '../../src/server/base/limits.ts'
import { as, nobody, useApp } from '../support/app.ts'
import { auditSince, lastAudit } from '../support/room-app.ts'

const app = useApp()

test('every answer forbids to guess, frame, keep and leak it, refusals and pages included', async () => {
  const paths = ['/api/v1/me', '/healthz', '/readyz', '/problems', '/problems/not-found', '/openapi.json', '/nowhere']
  for (const url of paths) {
    const { headers } = await app.app.inject({ method: 'GET', url })
    expect(headers, url).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(headers['content-security-policy'], url).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/)
  }
})

test('while the disk is nearly full nothing is written, signing in included, and everything can be read', async () => {
  const { admin, organization, team } = app.team
  const since = await lastAudit(app.db)
  app.state.diskIsNearlyFull = true
  try {
    const refused = [
      await app.request(as(admin), 'POST', '/projects', { team, name: 'no room' }),
      await app.request(as(admin), 'PUT', `/teams/${team}/members/${admin.name}`, { role: 'viewer' }),
      await app.request(as(admin), 'DELETE', `/teams/${team}/members/${admin.name}`),
      await app.request(nobody, 'POST', '/sign-in', { name: admin.name, password: 'whatever it is' }),
    ]
    for (const { status, body } of refused) expect([status, body.type]).toEqual([507, '/problems/disk-nearly-full'])
    for (const path of ['/me', `/teams/${team}/members`, `/organizations/${organization}`, '/projects'])
      await app.expectAnswer(200, as(admin), 'GET', path)
  } finally {
    app.state.diskIsNearlyFull = false
  }
  expect(await auditSince(app.db, since)).toEqual([])
  await app.expectAnswer(201, as(admin), 'POST', '/projects', { team, name: 'room' })
})

test('a readiness check that fails or never ends is a reason, and the answer comes within seconds', async () => {
  const never = new Promise<undefined>(() => {})
  app.state.readiness = [
    { name: 'fine', check: async () => undefined },
    { name: 'away', check: async () => 'it is away' },
    { name: 'broken', check: () => Promise.reject(new Error('planted secret')) },
    { name: 'stuck', check: () => never },
  ]
  try {
    const answer = await app.app.inject({ method: 'GET', url: '/readyz' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual({
      status: 'not ready',
      missing: {
        away: 'it is away',
        broken: 'the check itself failed',
        stuck: `no answer within ${limits.readinessMsMax} ms`,
      },
    })
  } finally {
    app.state.readiness = []
  }
  expect((await app.app.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(200)
})

test('a problem is explained in plain text to who asks for no page, and to all where there are no pages', async () => {
  const read = async (url: string, accept: string) => {
    const answer = await app.app.inject({ method: 'GET', url, headers: { accept } })
    return [answer.statusCode, answer.headers['content-type'], answer.body] as const
  }
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'
  for (const accept of ['text/plain', '*/*', 'application/json', browser]) {
    const [status, type, text] = await read('/problems/not-found', accept)
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(text).toContain('Not found\n')
  }
  expect((await read('/problems', 'text/plain'))[2]).toContain('not-found: Not found\n')
})

test('one line is logged for a request: what was asked and who asked, never values, keys or bodies', async () => {
  const { admin, team } = app.team
  app.logged.length = 0
  await app.request(as(admin), 'GET', `/teams/${team}/audit?subject=planted-query&limit=5`)
  await app.request(
    as(admin),
    'POST',
    '/projects',
    { team, name: 'planted-body' },
    { 'idempotency-key': 'planted-header' },
  )
  await app.request({ key: 'sbx_planted-key' }, 'GET', '/me')
  await app.request(as(admin), 'GET', '/planted-path')
  const lines = app.logged.filter(({ event }) => event === 'request.handled')
  expect(lines).toMatchObject([
    { method: 'GET', route: '/api/v1/teams/:team/audit', status: 200 },
    { method: 'POST', route: '/api/v1/projects', status: 201 },
    { method: 'GET', route: '/api/v1/me', status: 401, actor_id: null },
    { method: 'GET', route: null, status: 404 },
  ])
  for (const line of lines)
    expect(line).toMatchObject({ request_id: expect.stringMatching(/^req_/), duration_ms: expect.any(Number) })
  const whole = JSON.stringify(app.logged)
  expect(whole).not.toContain('planted')
  expect(whole).not.toContain(admin.key)
})

test('too many requests is not kept under an Idempotency-Key, and neither is what asks for no key', async () => {
  const { member } = app.team
  const headers = { 'idempotency-key': 'sign in' }
  const tryOnce = () => app.request(nobody, 'POST', '/sign-in', { name: member.name, password: 'a guess' }, headers)
  expect((await tryOnce()).status).toBe(401)
  const again = await tryOnce()
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([401, undefined])
})

test('a database that has no room, no time or no right to write is unavailable, and never a mistake of ours', async () => {
  const { member, team } = app.team
  const failWith = async (code: string) => {
    await app.db.query(
      `create or replace function fail() returns trigger language plpgsql as $$ begin raise exception 'planted' using errcode = '${code}'; end $$`,
    )
    return app.request(as(member), 'POST', '/projects', { team, name: `fails with ${code}` })
  }
  await app.db.query(`create function fail() returns trigger language plpgsql as $$ begin return new; end $$`)
  await app.db.query('create trigger fail before insert on projects for each row execute function fail()')
  try {
    app.logged.length = 0
    for (const code of ['57014', '53300', '25006', '40001', '40P01', '55P03', '57P01']) {
      const answer = await failWith(code)
      expect([code, answer.status, answer.body.type]).toEqual([code, 503, '/problems/unavailable'])
      expect(answer.headers['retry-after']).toBe('1')
    }
    expect((await failWith('53100')).body.type).toBe('/problems/disk-nearly-full')
    expect(app.logged.filter(({ event }) => event === 'request.failed')).toEqual([])

    const ours = await failWith('XX000')
    expect([ours.status, ours.body.type]).toEqual([500, '/problems/internal'])
    expect(ours.text).not.toContain('planted')
    expect(app.logged.filter(({ event }) => event === 'request.failed')).toMatchObject([
      { error: expect.stringContaining('planted') },
    ])
  } finally {
    await app.db.query('drop trigger fail on projects')
  }
})

test('where no body is taken, naming the type of one does no harm', async () => {
  const { admin, team } = app.team
  const headers = { 'content-type': 'application/json' }
  const path = `/teams/${team}/members/${admin.name}`
  expect((await app.request(as(admin), 'DELETE', path.replace(admin.name, 'nobody'), undefined, headers)).status).toBe(
    404,
  )
  expect((await app.request(as(admin), 'PUT', path, undefined, headers)).body.type).toBe('/problems/request-malformed')
})
