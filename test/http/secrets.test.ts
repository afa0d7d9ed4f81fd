import { expect, test } from 'vitest'
import { accessTokenName, secretLimits } from '../../src/contract/secret.ts'
import { variables } from '../../src/contract/variables.ts'
import { limits } from '../../src/server/base/limits.ts'
import { auditSince, dumpDatabase, lastAudit, useRoomApp } from '../support/room-app.ts'

const app = useRoomApp()
const planted = 'planted-value-7f3a9c'
const paths = () => `/teams/${app.team.team}/secrets`

const receiversVersion = async () => {
  const [row] = await app.db.query<{ version: number }>(
    'select receivers_version as version from entities where id = $1',
    [app.team.teamId],
  )
  return row!.version
}

test('what is told of a secret is everything but its value', async () => {
  const { ask, team } = app
  const created = await ask(team.admin, 'POST', paths(), { name: 'GITHUB_TOKEN', value: planted })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({ name: 'GITHUB_TOKEN', used_by: { webhooks: [], automations: [] } })
  expect(created.body.id).toMatch(/^sec_\d+$/)
  const list = await ask(team.viewer, 'GET', paths())
  expect(list.status).toBe(200)
  expect(list.body.items.map(({ name }) => name)).toContain('GITHUB_TOKEN')
  const replaced = await ask(team.admin, 'PUT', `${paths()}/GITHUB_TOKEN`, { value: `${planted}-2` })
  expect(replaced.status).toBe(200)
  for (const { text } of [created, list, replaced]) expect(text).not.toContain(planted)
})

test('no value stands in any table, answer or log line, in clear or in base64 or hex', async () => {
  const { ask, team } = app
  await ask(team.admin, 'POST', paths(), { name: 'SEARCHED', value: planted })
  await ask(team.admin, 'PUT', `${paths()}/SEARCHED`, { value: planted })
  const refused = [
    await ask(team.admin, 'POST', paths(), { name: 'SEARCHED', value: planted }),
    await ask(team.admin, 'POST', paths(), { name: '1 bad', value: planted, more: planted }),
    await ask(team.viewer, 'POST', paths(), { name: 'OTHER', value: planted }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([409, 422, 403])
  const everything = [await dumpDatabase(app.db), ...refused.map(({ text }) => text), ...app.logged].join('\n')
  expect(everything).toContain('SEARCHED')
  for (const encoding of ['utf8', 'base64', 'hex'] as const)
    expect(everything).not.toContain(Buffer.from(planted).toString(encoding).replace(/=+$/, ''))
})

test('every change is on record, in order, and raises the version that memories go by; a refusal does neither', async () => {
  const { ask, team, db } = app
  const [since, version] = [await lastAudit(db), await receiversVersion()]
  await ask(team.admin, 'POST', paths(), { name: 'RECORDED', value: planted })
  await ask(team.admin, 'POST', paths(), { name: 'RECORDED', value: planted })
  await ask(team.admin, 'PUT', `${paths()}/RECORDED`, { value: planted })
  await ask(team.admin, 'PUT', `${paths()}/NOT_THERE`, { value: planted })
  await ask(team.admin, 'DELETE', `${paths()}/RECORDED`)
  await ask(team.admin, 'DELETE', `${paths()}/RECORDED`)
  const rows = await auditSince(db, since)
  expect(rows.map(({ action, details }) => [action, details['name']])).toEqual([
    ['secret.create', 'RECORDED'],
    ['secret.replace', 'RECORDED'],
    ['secret.delete', 'RECORDED'],
  ])
  expect(await receiversVersion()).toBe(version + 3)
})

test('a name is taken once, and free again when the secret was deleted', async () => {
  const { ask, team } = app
  expect((await ask(team.admin, 'POST', paths(), { name: 'TWICE', value: 'a' })).status).toBe(201)
  const taken = await ask(team.admin, 'POST', paths(), { name: 'TWICE', value: 'b' })
  expect(taken.status).toBe(409)
  expect(taken.body).toMatchObject({ type: '/problems/name-taken', errors: [{ pointer: '#/name' }] })
  expect((await ask(team.admin, 'DELETE', `${paths()}/TWICE`)).status).toBe(204)
  expect((await ask(team.admin, 'POST', paths(), { name: 'TWICE', value: 'c' })).status).toBe(201)
})

test('a secret in use is deleted only when that is meant, and everything that uses it is listed', async () => {
  const { ask, team, db } = app
  await ask(team.admin, 'POST', paths(), { name: 'USED', value: planted })
  const webhook = await ask(team.admin, 'POST', `/teams/${team.team}/webhooks`, {
    name: 'user of it',
    url: 'https://example.com',
    access_token: 'USED',
    granted_secrets: ['USED'],
  })
  const automation = await ask(team.member, 'POST', `/projects/${encodeURIComponent(team.project)}/automations`, {
    name: 'sends it',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: webhook.body.id, template: '{"t": "${ACCESS_TOKEN}"}' },
  })
  const { items } = (await ask(team.viewer, 'GET', paths())).body
  expect(items.find(({ name }) => name === 'USED')!.used_by).toEqual({
    webhooks: [{ id: webhook.body.id, name: 'user of it', roles: ['access_token', 'granted'] }],
    automations: [{ id: automation.body.id, name: 'sends it' }],
  })
  const since = await lastAudit(db)
  const refused = await ask(team.admin, 'DELETE', `${paths()}/USED`)
  expect(refused.status).toBe(409)
  expect(refused.body.type).toBe('/problems/in-use')
  expect(refused.body.errors.map(({ detail }) => detail)).toEqual([
    expect.stringContaining(`“user of it” (${webhook.body.id})`),
    expect.stringContaining(`“sends it” (${automation.body.id})`),
  ])
  expect(await auditSince(db, since)).toEqual([])
  expect((await ask(team.admin, 'DELETE', `${paths()}/USED?force=true`)).status).toBe(204)
  expect((await ask(team.member, 'GET', `/webhooks/${webhook.body.id}`)).body['misconfigured']).toContain('USED')
  expect((await ask(team.member, 'GET', `/automations/${automation.body.id}`)).body['misconfigured']).toContain(
    'ACCESS_TOKEN',
  )
})

test('admins write, the team reads names, and others find nothing', async () => {
  const { ask, team } = app
  await ask(team.admin, 'POST', paths(), { name: 'ROLES', value: 'x' })
  const acts = [
    ['POST', paths(), { name: 'NEW', value: 'x' }],
    ['PUT', `${paths()}/ROLES`, { value: 'x' }],
    ['DELETE', `${paths()}/ROLES`, undefined],
  ] as const
  for (const [method, path, body] of acts) {
    for (const person of [team.member, team.viewer]) {
      const refused = await ask(person, method, path, body)
      expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('takes the role admin')])
    }
    for (const person of [team.colleague, team.stranger])
      expect((await ask(person, method, path, body)).status).toBe(404)
  }
  expect((await ask(team.colleague, 'GET', paths())).status).toBe(404)
  expect((await ask(team.organizationAdmin, 'PUT', `${paths()}/ROLES`, { value: 'x' })).status).toBe(200)
})

test.each([
  ['nothing', {}, ['#/name', '#/value']],
  ['a blank in the name', { name: 'A B', value: 'x' }, ['#/name']],
  ['a digit first', { name: '1A', value: 'x' }, ['#/name']],
  ['a letter beyond ASCII', { name: 'Ä', value: 'x' }, ['#/name']],
  ['a line end in the name', { name: 'A\n', value: 'x' }, ['#/name']],
  ['a name too long', { name: 'A'.repeat(256), value: 'x' }, ['#/name']],
  ['a name that is taken by meaning', { name: accessTokenName, value: 'x' }, ['#/name']],
  ['an empty value', { name: 'A', value: '' }, ['#/value']],
  ['a NUL character', { name: 'A', value: 'a\0b' }, ['#/value']],
  ['half of a surrogate pair', { name: 'A', value: '\ud800' }, ['#/value']],
  ['a number for a value', { name: 'A', value: 7 }, ['#/value']],
  ['a value too long in bytes', { name: 'A', value: 'é'.repeat(limits.secretValueBytesMax / 2 + 1) }, ['#/value']],
  ['two mistakes', { name: 'A B', value: '' }, ['#/name', '#/value']],
  ['a word too many', { name: 'A', value: 'x', extra: 1 }, ['#/extra']],
])('bad input is refused with the place of every mistake: %s', async (_, body, pointers) => {
  const since = await lastAudit(app.db)
  const refused = await app.ask(app.team.admin, 'POST', paths(), body)
  expect(refused.status).toBe(422)
  expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(pointers)
  expect(await auditSince(app.db, since)).toEqual([])
})

test.each(Object.keys(variables))('no secret is named like a variable of payloads: %s', async (name) => {
  const refused = await app.ask(app.team.admin, 'POST', paths(), { name, value: planted })
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/name', detail: expect.stringContaining(`\`${name}\` is a variable`) }] },
  })
})

test('a secret that was named like a variable before that was refused stays, and gets new values', async () => {
  const { ask, team, db } = app
  await ask(team.admin, 'POST', paths(), { name: 'BEFORE', value: planted })
  await db.query(`update secrets set name = 'alias' where name = 'BEFORE'`)
  expect((await ask(team.admin, 'PUT', `${paths()}/alias`, { value: planted })).status).toBe(200)
  expect((await ask(team.admin, 'DELETE', `${paths()}/alias`)).status).toBe(204)
})

test('a list comes in pages that hold each secret once', async () => {
  const { ask, team } = app
  for (let index = 0; index < 5; index++) await ask(team.admin, 'POST', paths(), { name: `PAGE_${index}`, value: 'x' })
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await ask(team.viewer, 'GET', `${paths()}?limit=2${cursor}`)
    seen.push(...body.items.map(({ name }) => name))
    cursor = body.next === null ? '' : `&cursor=${body.next}`
  } while (cursor !== '')
  expect(seen.slice(0, 5)).toEqual(['PAGE_4', 'PAGE_3', 'PAGE_2', 'PAGE_1', 'PAGE_0'])
  expect(new Set(seen).size).toBe(seen.length)
  expect((await ask(team.viewer, 'GET', `${paths()}?cursor=whk_1`)).status).toBe(422)
})

test('the limits of the contract are those of the server', () => {
  expect(secretLimits).toEqual({ nameCharsMax: limits.secretNameCharsMax, valueBytesMax: limits.secretValueBytesMax })
})
