import { expect, test } from 'vitest'
import { nobody, as, useApp } from '../support/app.ts'
import { auditSince, lastAudit } from '../support/room-app.ts'

const app = useApp()
let made = 0
const aName = () => `made-${++made}-${app.team.team.slice(5)}`
const organizationPath = (more = '') => `/organizations/${app.team.organization}${more}`
const teamPath = (more = '') => `/teams/${app.team.team}${more}`

const everyone = () => {
  const { viewer, member, colleague, stranger } = app.team
  return { viewer, member, colleague, stranger }
}

/** A new person of the organization, signed in. */
async function aPerson(role: 'admin' | 'member' | 'viewer' = 'member') {
  const [name, password] = [aName(), 'a long enough password']
  await app.expectAnswer(201, as(app.team.organizationAdmin), 'POST', organizationPath('/people'), {
    name,
    role,
    password,
  })
  const { body } = await app.expectAnswer(201, nobody, 'POST', '/sign-in', { name, password })
  return { name, password, key: body.key, keyId: body.id }
}

test('who asks is told who they are and where they belong', async () => {
  const { member, team, organization } = app.team
  expect((await app.expectAnswer(200, as(member), 'GET', '/me')).body).toMatchObject({
    name: member.name,
    kind: 'person',
    organizations: [{ name: organization, role: 'member' }],
    teams: [{ name: team, role: 'member' }],
  })
})

test('organizations and teams are read by their members, by id or by a name in any spelling; to others there are none', async () => {
  const { viewer, colleague, stranger, organizationAdmin, organization, organizationId, team, teamId } = app.team
  for (const ref of [organization, organization.toUpperCase(), `org_${organizationId}`])
    expect((await app.expectAnswer(200, as(viewer), 'GET', `/organizations/${ref}`)).body).toEqual({
      id: `org_${organizationId}`,
      name: organization,
      role: 'member',
    })
  await app.expectAnswer(404, as(stranger), 'GET', `/organizations/${organization}`)
  await app.expectAnswer(404, as(stranger), 'GET', `/organizations/org_${organizationId}`)
  for (const ref of [team, team.toUpperCase(), `team_${teamId}`])
    expect((await app.expectAnswer(200, as(viewer), 'GET', `/teams/${ref}`)).body).toEqual({
      id: `team_${teamId}`,
      name: team,
      organization,
      role: 'viewer',
    })
  expect((await app.expectAnswer(200, as(organizationAdmin), 'GET', `/teams/${team}`)).body['role']).toBe('admin')
  for (const asker of [colleague, stranger]) await app.expectAnswer(404, as(asker), 'GET', `/teams/${team}`)
})

test('teams are made by admins of the organization, who become their admins; it is on record', async () => {
  const { organizationAdmin, admin, stranger, organizationId } = app.team
  const since = await lastAudit(app.db)
  const name = aName()
  const refused = await app.expectAnswer(403, as(admin), 'POST', organizationPath('/teams'), { name })
  expect(refused.body.detail).toContain('takes the role admin in organization')
  await app.expectAnswer(404, as(stranger), 'POST', organizationPath('/teams'), { name })
  expect(await auditSince(app.db, since)).toEqual([])
  const { body } = await app.expectAnswer(201, as(organizationAdmin), 'POST', organizationPath('/teams'), { name })
  expect(body).toMatchObject({ name, role: 'admin' })
  expect(await auditSince(app.db, since)).toEqual([{ action: 'team.create', subject: body.id, details: { name } }])
  const members = await app.expectAnswer(200, as(organizationAdmin), 'GET', `/teams/${name}/members`)
  expect(members.body.items).toMatchObject([{ name: organizationAdmin.name, role: 'admin' }])
  expect(
    (await app.expectAnswer(200, as(organizationAdmin), 'GET', `/organizations/org_${organizationId}`)).status,
  ).toBe(200)
})

test('a name is taken once among people, teams and organizations, in every spelling', async () => {
  const { organizationAdmin, organization, team, member } = app.team
  for (const name of [organization, team.toUpperCase(), member.name]) {
    const taken = await app.expectAnswer(409, as(organizationAdmin), 'POST', organizationPath('/teams'), { name })
    expect(taken.body).toMatchObject({ type: '/problems/name-taken', errors: [{ pointer: '#/name' }] })
    await app.expectAnswer(409, as(organizationAdmin), 'POST', organizationPath('/people'), { name })
  }
})

test.each([
  [{ name: '' }, '#/name'],
  [{ name: 'a b' }, '#/name'],
  [{ name: '-a' }, '#/name'],
  [{ name: 'a/b' }, '#/name'],
  [{ name: 'a\u0000' }, '#/name'],
  [{ name: 'é' }, '#/name'],
  [{ name: 'x'.repeat(65) }, '#/name'],
  [{ name: 'usr_7' }, '#/name'],
  [{ name: 'team_12' }, '#/name'],
  [{ name: 'fine', role: 'owner' }, '#/role'],
  [{ name: 'fine', email: 'no address' }, '#/email'],
  [{ name: 'fine', password: 'short' }, '#/password'],
  [{ name: 'fine', pasword: 'long enough to be one' }, '#/pasword'],
])('a person is not made of %j', async (body, pointer) => {
  const since = await lastAudit(app.db)
  const refused = await app.expectAnswer(422, as(app.team.organizationAdmin), 'POST', organizationPath('/people'), body)
  expect(new Set(refused.body.errors.map((mistake) => mistake.pointer))).toEqual(new Set([pointer]))
  expect(await auditSince(app.db, since)).toEqual([])
})

test('people are added by admins of the organization; an address belongs to one person, and no answer holds a password', async () => {
  const { organizationAdmin, admin, stranger } = app.team
  const body = { name: aName(), email: `${aName()}@Example.com`, password: 'planted password', role: 'viewer' }
  await app.expectAnswer(403, as(admin), 'POST', organizationPath('/people'), body)
  await app.expectAnswer(404, as(stranger), 'POST', organizationPath('/people'), body)
  const since = await lastAudit(app.db)
  const created = await app.expectAnswer(201, as(organizationAdmin), 'POST', organizationPath('/people'), body)
  expect(created.body).toMatchObject({ name: body.name, kind: 'person', role: 'viewer' })
  expect(await auditSince(app.db, since)).toEqual([
    { action: 'person.create', subject: created.body.id, details: { name: body.name, role: 'viewer' } },
  ])
  const again = { ...body, name: aName(), email: body.email.toUpperCase() }
  const taken = await app.expectAnswer(409, as(organizationAdmin), 'POST', organizationPath('/people'), again)
  expect(taken.body.errors).toMatchObject([{ pointer: '#/email' }])
  const [row] = await app.db.query<{ row: string }>('select p::text as row from people p order by id desc limit 1')
  expect([created.text, taken.text, row!.row, JSON.stringify(app.logged)].join()).not.toContain('planted')
})

test('members are listed to members, in pages that miss nobody and show nobody twice', async () => {
  const { organizationAdmin, viewer, stranger, colleague } = app.team
  const seen: unknown[] = []
  for (let cursor = ''; ;) {
    const page = await app.expectAnswer(200, as(viewer), 'GET', organizationPath(`/members?limit=2${cursor}`))
    seen.push(...page.body.items.map(({ name }) => name))
    if (page.body.next === null) break
    cursor = `&cursor=${page.body.next}`
  }
  const all = await app.expectAnswer(200, as(organizationAdmin), 'GET', organizationPath('/members?limit=100'))
  expect(seen).toEqual(all.body.items.map(({ name }) => name))
  expect(seen).toContain(colleague.name)
  await app.expectAnswer(404, as(stranger), 'GET', organizationPath('/members'))
  await app.expectAnswer(404, as(colleague), 'GET', teamPath('/members'))
  const bad = await app.expectAnswer(422, as(viewer), 'GET', organizationPath('/members?limit=0&cursor=nonsense'))
  expect(bad.body.errors).toMatchObject([{ pointer: '#/query/limit' }])
})

test('a role in a team is given by its admins and by admins of the organization; a change is on record once', async () => {
  const { admin, member, viewer, colleague, organizationAdmin } = app.team
  const path = teamPath(`/members/${colleague.name}`)
  for (const asker of [member, viewer]) {
    const refused = await app.expectAnswer(403, as(asker), 'PUT', path, { role: 'admin' })
    expect(refused.body.detail).toContain('admin')
  }
  await app.expectAnswer(404, as(colleague), 'PUT', path, { role: 'admin' })
  const since = await lastAudit(app.db)
  await app.expectAnswer(204, as(admin), 'PUT', path, { role: 'viewer' })
  await app.expectAnswer(204, as(admin), 'PUT', path, { role: 'viewer' })
  await app.expectAnswer(204, as(organizationAdmin), 'PUT', path, { role: 'member' })
  await app.expectAnswer(204, as(admin), 'DELETE', path)
  await app.expectAnswer(404, as(admin), 'DELETE', path)
  expect((await auditSince(app.db, since)).map(({ action, details }) => [action, details['role']])).toEqual([
    ['team.set_member', 'viewer'],
    ['team.set_member', 'member'],
    ['team.remove_member', undefined],
  ])
})

test('whoever belongs to another organization cannot be found, and cannot be put into a team', async () => {
  const { admin, organizationAdmin, stranger } = app.team
  for (const path of [teamPath(`/members/${stranger.name}`), organizationPath(`/members/${stranger.name}`)]) {
    const unknown = path.replace(stranger.name, 'no-such-person')
    for (const asker of [admin, organizationAdmin]) {
      const answers = [
        await app.request(as(asker), 'PUT', path, { role: 'member' }),
        await app.request(as(asker), 'PUT', unknown, { role: 'member' }),
      ]
      expect(answers[0]!.status).toBe(answers[1]!.status)
      expect([403, 404]).toContain(answers[0]!.status)
      expect(answers[0]!.body.detail.replace(stranger.name, '')).toBe(
        answers[1]!.body.detail.replace('no-such-person', ''),
      )
    }
  }
})

test('an organization keeps an admin who is a person, even when two take the role from each other at once', async () => {
  const first = await aPerson('admin')
  const second = await aPerson('admin')
  const robot = await app.expectAnswer(201, first, 'POST', organizationPath('/service-accounts'), {
    name: aName(),
    role: 'admin',
  })
  expect(robot.body['role']).toBe('admin')
  await app.expectAnswer(204, first, 'PUT', organizationPath(`/members/${app.team.organizationAdmin.name}`), {
    role: 'member',
  })
  const answers = await Promise.all([
    app.request(first, 'PUT', organizationPath(`/members/${second.name}`), { role: 'viewer' }),
    app.request(second, 'DELETE', organizationPath(`/members/${first.name}`)),
  ])
  // Who comes second finds either the role gone or nobody else left to be admin.
  const [won, lost] = answers.map(({ status }) => status).toSorted((a, b) => a - b)
  expect(won).toBe(204)
  expect([401, 403, 404, 409]).toContain(lost)
  const last = answers[0].status === 204 ? first : second
  const refused = await app.expectAnswer(409, last, 'DELETE', organizationPath(`/members/${last.name}`))
  expect(refused.body.type).toBe('/problems/last-admin')
  await app.expectAnswer(204, last, 'PUT', organizationPath(`/members/${app.team.organizationAdmin.name}`), {
    role: 'admin',
  })
})

test('who leaves the organization leaves its teams and registries, and their keys and password open nothing any more', async () => {
  const { organizationAdmin, admin } = app.team
  const person = await aPerson()
  const registry = aName()
  await app.expectAnswer(201, as(organizationAdmin), 'POST', '/registries', {
    organization: app.team.organization,
    name: registry,
  })
  await app.expectAnswer(204, as(admin), 'PUT', teamPath(`/members/${person.name}`), { role: 'member' })
  const grant = `/registries/wandb-registry-${registry}/grants/${person.name}`
  await app.expectAnswer(204, as(organizationAdmin), 'PUT', grant, { role: 'admin' })
  await app.expectAnswer(200, person, 'GET', teamPath())

  const since = await lastAudit(app.db)
  await app.expectAnswer(204, as(organizationAdmin), 'DELETE', organizationPath(`/members/${person.name}`))
  expect(await auditSince(app.db, since)).toMatchObject([
    {
      action: 'organization.remove_member',
      details: { name: person.name, teams: [app.team.team], registries: [`wandb-registry-${registry}`] },
    },
  ])
  await app.expectAnswer(401, person, 'GET', '/me')
  await app.expectAnswer(401, nobody, 'POST', '/sign-in', { name: person.name, password: person.password })
  await app.expectAnswer(404, as(admin), 'PUT', teamPath(`/members/${person.name}`), { role: 'member' })

  await app.expectAnswer(204, as(organizationAdmin), 'PUT', organizationPath(`/members/${person.name}`), {
    role: 'member',
  })
  expect((await app.expectAnswer(200, person, 'GET', '/me')).body['teams']).toEqual([])
})

test('service accounts are made by admins of their place, act with its roles, and have no password', async () => {
  const { admin, member, colleague, team } = app.team
  const body = { name: aName(), role: 'member' }
  await app.expectAnswer(403, as(member), 'POST', teamPath('/service-accounts'), body)
  await app.expectAnswer(404, as(colleague), 'POST', teamPath('/service-accounts'), body)
  await app.expectAnswer(403, as(admin), 'POST', organizationPath('/service-accounts'), body)
  const robot = await app.expectAnswer(201, as(admin), 'POST', teamPath('/service-accounts'), body)
  expect(robot.body).toMatchObject({ kind: 'service', role: 'member' })
  await app.expectAnswer(403, as(admin), 'PUT', `/people/${body.name}/password`, { password: 'long enough for one' })
  const key = await app.expectAnswer(201, as(admin), 'POST', '/api-keys', { name: 'ci', person: robot.body.id })
  expect((await app.expectAnswer(200, key.body, 'GET', '/me')).body).toMatchObject({
    kind: 'service',
    organizations: [],
    teams: [{ name: team, role: 'member' }],
  })
})

test('a key is shown once, kept as a hash, listed to its owner, and refused from the moment it is revoked', async () => {
  const { member, viewer } = app.team
  const since = await lastAudit(app.db)
  const created = await app.expectAnswer(201, as(member), 'POST', '/api-keys', { name: 'laptop' })
  const { key, id } = created.body
  expect(key.length).toBeGreaterThanOrEqual(40)
  const listed = await app.expectAnswer(200, as(member), 'GET', '/api-keys')
  expect(listed.body.items[0]).toMatchObject({ id, name: 'laptop', hint: key.slice(-4), last_used_at: null })
  const rows = await app.db.query<{ row: string }>('select k::text as row from api_keys k')
  expect([listed.text, ...rows.map(({ row }) => row), JSON.stringify(app.logged)].join()).not.toContain(key)

  await app.expectAnswer(200, { key }, 'GET', '/me')
  await app.expectAnswer(404, as(viewer), 'DELETE', `/api-keys/${id}`)
  await app.expectAnswer(204, { key }, 'DELETE', `/api-keys/${id}`)
  await app.expectAnswer(401, { key }, 'GET', '/me')
  await app.expectAnswer(404, as(member), 'DELETE', `/api-keys/${id}`)
  expect((await auditSince(app.db, since)).map(({ action, subject }) => [action, subject])).toEqual([
    ['api_key.create', id],
    ['api_key.revoke', id],
  ])
})

test('a key can be sent as Bearer or as the password of Basic; anything else is nobody', async () => {
  const { key } = app.team.member
  const me = (authorization: string) => app.request(nobody, 'GET', '/me', undefined, { authorization })
  const basic = Buffer.from(`api:${key}`).toString('base64')
  for (const header of [`Bearer ${key}`, `bearer  ${key}`, `Basic ${basic}`])
    expect((await me(header)).status).toBe(200)
  for (const header of ['', 'Bearer', `Bearer ${key}x`, key, `Basic ${key}`, `Digest ${key}`, 'Basic !!!']) {
    const refused = await me(header)
    expect([refused.status, refused.body.type, refused.headers['www-authenticate']]).toEqual([
      401,
      '/problems/not-authenticated',
      'Bearer',
    ])
  }
})

test('keys of a service account are for who administers every place it belongs to: nobody gains a role by it', async () => {
  const { admin, member, organizationAdmin } = app.team
  const robot = await app.expectAnswer(201, as(organizationAdmin), 'POST', organizationPath('/service-accounts'), {
    name: aName(),
  })
  const name = robot.body['name'] as string
  // The team's admin may take it into the team, and does not come by its role in the organization.
  await app.expectAnswer(204, as(admin), 'PUT', teamPath(`/members/${name}`), { role: 'viewer' })
  for (const asker of [admin, member]) {
    await app.expectAnswer(403, as(asker), 'POST', '/api-keys', { name: 'mine', person: name })
    await app.expectAnswer(403, as(asker), 'GET', `/api-keys?person=${name}`)
  }
  const key = await app.expectAnswer(201, as(organizationAdmin), 'POST', '/api-keys', { name: 'ci', person: name })
  await app.expectAnswer(404, as(admin), 'DELETE', `/api-keys/${key.body.id}`)
  const listed = await app.expectAnswer(200, as(organizationAdmin), 'GET', `/api-keys?person=${name}`)
  expect(listed.body.items).toMatchObject([{ id: key.body.id }])
  await app.expectAnswer(204, as(organizationAdmin), 'DELETE', `/api-keys/${key.body.id}`)
})

test('nobody makes or reads keys of another person; an admin of all their places may revoke them', async () => {
  const { organizationAdmin, admin, stranger } = app.team
  const person = await aPerson()
  await app.expectAnswer(403, as(organizationAdmin), 'POST', '/api-keys', { name: 'x', person: person.name })
  await app.expectAnswer(403, as(organizationAdmin), 'GET', `/api-keys?person=${person.name}`)
  await app.expectAnswer(404, as(stranger), 'POST', '/api-keys', { name: 'x', person: person.name })
  await app.expectAnswer(404, as(admin), 'DELETE', `/api-keys/${person.keyId}`)
  await app.expectAnswer(204, as(organizationAdmin), 'DELETE', `/api-keys/${person.keyId}`)
  await app.expectAnswer(401, person, 'GET', '/me')
})

test("one's own password is set by who knows the present one, another's by an admin of all their places", async () => {
  const { organizationAdmin, admin, stranger } = app.team
  const person = await aPerson()
  const path = `/people/${person.name}/password`
  const since = await lastAudit(app.db)
  const next = { password: 'another long password' }
  for (const wrong of [next, { ...next, current_password: 'not it' }]) {
    const refused = await app.expectAnswer(422, person, 'PUT', path, wrong)
    expect(refused.body.errors).toMatchObject([{ pointer: '#/current_password' }])
  }
  await app.expectAnswer(403, as(admin), 'PUT', path, next)
  await app.expectAnswer(404, as(stranger), 'PUT', path, next)
  expect(await auditSince(app.db, since)).toEqual([])
  await app.expectAnswer(204, person, 'PUT', path, { ...next, current_password: person.password })
  await app.expectAnswer(401, nobody, 'POST', '/sign-in', { name: person.name, password: person.password })
  await app.expectAnswer(201, nobody, 'POST', '/sign-in', { name: person.name.toUpperCase(), ...next })
  await app.expectAnswer(204, as(organizationAdmin), 'PUT', path, { password: 'given by an admin' })
  expect((await auditSince(app.db, since)).map(({ action }) => action)).toEqual([
    'person.set_password',
    'person.sign_in',
    'person.set_password',
  ])
})

test('an unknown name, a wrong password and an account without one are answered alike', async () => {
  app.clock.turn(120_000)
  const person = await aPerson()
  const answers = await Promise.all(
    [person.name, 'no-such-name', app.team.viewer.name].map((name) =>
      app.request(nobody, 'POST', '/sign-in', { name, password: 'a wrong password' }),
    ),
  )
  const alike = answers.map(({ status, body }) => ({ status, ...body, instance: 'its own' }))
  expect(alike[0]).toMatchObject({ status: 401, type: '/problems/sign-in-refused' })
  expect(new Set(alike.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('guessing is slowed down by name and by address, and says when to go on', async () => {
  app.clock.turn(120_000)
  const tryOnce = (name: string) => app.request(nobody, 'POST', '/sign-in', { name, password: 'a guess' })
  for (let number = 1; number <= 10; number++) expect((await tryOnce('guessed-name')).status).toBe(401)
  const refused = await tryOnce('GUESSED-name')
  expect([refused.status, refused.body.type]).toEqual([429, '/problems/rate-limited'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  const byAddress: number[] = []
  for (let number = 1; number <= 20; number++) byAddress.push((await tryOnce(`name-${number}`)).status)
  expect(byAddress.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 401))
  expect(byAddress.at(-1)).toBe(429)
  app.clock.turn(61_000)
  expect((await tryOnce('guessed-name')).status).toBe(401)
})

test('no role below admin may change who belongs where', async () => {
  const { organizationAdmin } = app.team
  const person = await aPerson()
  const since = await lastAudit(app.db)
  for (const [who, asker] of Object.entries(everyone())) {
    const answers = [
      await app.request(as(asker), 'PUT', organizationPath(`/members/${person.name}`), { role: 'admin' }),
      await app.request(as(asker), 'DELETE', organizationPath(`/members/${person.name}`)),
      await app.request(as(asker), 'DELETE', teamPath(`/members/${app.team.viewer.name}`)),
    ]
    const inTeam = who === 'viewer' || who === 'member'
    const expected = who === 'stranger' ? [404, 404, 404] : [403, 403, inTeam ? 403 : 404]
    expect([who, answers.map(({ status }) => status)]).toEqual([who, expected])
  }
  expect(await auditSince(app.db, since)).toEqual([])
  await app.expectAnswer(204, as(organizationAdmin), 'DELETE', organizationPath(`/members/${person.name}`))
})
