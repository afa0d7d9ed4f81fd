import { expect, test } from 'vitest'
import type { RegistryRole, Role } from '../../src/server/access/roles.ts'
import { getProject, projectRole, visibleTo } from '../../src/server/places/find-place.ts'
import { selectProjectPage, selectProjects } from '../../src/server/places/place-store.ts'
import { placeCountMax } from '../../src/contract/project.ts'
import { limits } from '../../src/server/base/limits.ts'
import { as, useApp } from '../support/app.ts'
import { auditSince, lastAudit } from '../support/room-app.ts'
import { makeRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { makeTeam } from '../support/team.ts'

const app = useApp()
const signalbox = useSignalbox()
let made = 0
const aName = () => `made-${++made}-${app.team.team.slice(5)}`

async function aRegistry(visibility: 'organization' | 'restricted' = 'organization'): Promise<string> {
  const body = { organization: app.team.organization, name: aName(), visibility }
  const created = await app.expectAnswer(201, as(app.team.organizationAdmin), 'POST', '/registries', body)
  return created.body['name'] as string
}

test('a project is made in a team by its members, and in an account by its person; it is on record', async () => {
  const { member, viewer, colleague, stranger, organizationAdmin, team } = app.team
  const body = { team, name: aName() }
  const refused = await app.expectAnswer(403, as(viewer), 'POST', '/projects', body)
  expect(refused.body.detail).toBe(`Creating a project takes the role member in team ${team}; yours is viewer.`)
  for (const asker of [colleague, stranger]) await app.expectAnswer(404, as(asker), 'POST', '/projects', body)
  const since = await lastAudit(app.db)
  const created = await app.expectAnswer(201, as(member), 'POST', '/projects', body)
  expect(created.body).toMatchObject({
    name: body.name,
    entity: team,
    is_registry: false,
    visibility: null,
    role: 'member',
  })
  expect(await auditSince(app.db, since)).toEqual([
    { action: 'project.create', subject: created.body.id, details: { name: body.name } },
  ])
  await app.expectAnswer(409, as(organizationAdmin), 'POST', '/projects', body)
  const own = await app.expectAnswer(201, as(colleague), 'POST', '/projects', { ...body, team: colleague.name })
  expect(own.body).toMatchObject({ entity: colleague.name, role: 'admin' })
  await app.expectAnswer(404, as(organizationAdmin), 'GET', `/projects/${own.body.id}`)
  await app.expectAnswer(404, as(member), 'POST', '/projects', { ...body, team: colleague.name })
})

test.each([
  ['a/b', 422],
  ['a\\b', 422],
  ['a#b', 422],
  ['a?b', 422],
  ['a%b', 422],
  ['a:b', 422],
  ['a\nb', 422],
  ['a\u2028b', 422],
  ['a\u0000b', 422],
  ['a\ud800', 422],
  ['', 422],
  ['..', 422],
  ['prj_7', 422],
  ['wandb-registry-mine', 422],
  ['x'.repeat(129), 422],
  ['x'.repeat(128), 201],
  ['mnist v2 (ünïcödé) 模型', 201],
  ['😀'.repeat(64), 201],
])('the project name %j is answered %i', async (name, status) => {
  const { member, team } = app.team
  const answer = await app.expectAnswer(status, as(member), 'POST', '/projects', { team, name })
  if (status === 422)
    return expect(new Set(answer.body.errors.map(({ pointer }) => pointer))).toEqual(new Set(['#/name']))
  for (const ref of [name, `${team}/${name}`])
    expect((await app.expectAnswer(200, as(member), 'GET', `/projects/${encodeURIComponent(ref)}`)).body.id).toBe(
      answer.body.id,
    )
})

test('an organization has registries and no projects', async () => {
  const { organizationAdmin, organization } = app.team
  const body = { team: organization, name: aName() }
  const refused = await app.expectAnswer(422, as(organizationAdmin), 'POST', '/projects', body)
  expect(refused.body.errors).toMatchObject([{ pointer: '#/team' }])
})

test('a bare name means the one project of that name that the asker may see, however many others have it', async () => {
  const { member, team, teamId, organizationId, organizationAdmin } = app.team
  const name = aName()
  // Thirty teams of the organization have one too, made before: the member belongs to none of them.
  await app.db.query(
    `with teams as (
       insert into entities(kind, name, name_key, organization_id)
       select 'team', $1 || '-t' || n, $1 || '-t' || n, $2::bigint from generate_series(1, 30) n returning id)
     insert into projects(entity_id, name) select id, $1 from teams`,
    [name, organizationId],
  )
  await app.expectAnswer(404, as(member), 'GET', `/projects/${name}`)
  const mine = await app.expectAnswer(201, as(member), 'POST', '/projects', { team, name })
  expect((await app.expectAnswer(200, as(member), 'GET', `/projects/${name}`)).body.id).toBe(mine.body.id)
  const ambiguous = await app.expectAnswer(422, as(organizationAdmin), 'GET', `/projects/${name}`)
  expect(ambiguous.body.detail).toContain('several projects')
  for (const ref of [`${team}%2F${name}`, `${team.toUpperCase()}%2F${name}`, mine.body.id])
    expect((await app.expectAnswer(200, as(organizationAdmin), 'GET', `/projects/${ref}`)).body.id).toBe(mine.body.id)
  await app.expectAnswer(404, as(member), 'GET', `/projects/${name}-t1%2F${name}`)
  expect(teamId).toBeGreaterThan(0)
})

test('a list holds exactly what the asker may see, in full pages; it can be narrowed to one place', async () => {
  const { member, viewer, stranger, team } = app.team
  for (let index = 0; index < 5; index++)
    await app.expectAnswer(201, as(member), 'POST', '/projects', { team, name: aName() })
  const first = await app.expectAnswer(200, as(viewer), 'GET', '/projects?limit=3')
  expect(first.body.items).toHaveLength(3)
  expect(first.body.items.every(({ entity }) => entity === team)).toBe(true)
  const second = await app.expectAnswer(200, as(viewer), 'GET', `/projects?limit=3&cursor=${first.body.next}`)
  expect(second.body.items.map(({ id }) => id)).not.toContain(first.body.items.at(-1)!['id'])
  expect((await app.expectAnswer(200, as(stranger), 'GET', '/projects')).body).toEqual({ items: [], next: null })
  const own = await app.expectAnswer(200, as(member), 'GET', `/projects?entity=${member.name}`)
  expect(own.body.items).toEqual([])
  await app.expectAnswer(404, as(stranger), 'GET', `/projects?entity=${team}`)
  await app.expectAnswer(422, as(member), 'GET', '/projects?cursor=prj_0')
})

test('registries are made by admins of the organization, and listed to whoever may see them', async () => {
  const { organizationAdmin, admin, member, stranger, organization } = app.team
  const body = { organization, name: aName() }
  await app.expectAnswer(403, as(admin), 'POST', '/registries', body)
  await app.expectAnswer(404, as(stranger), 'POST', '/registries', body)
  const since = await lastAudit(app.db)
  const created = await app.expectAnswer(201, as(organizationAdmin), 'POST', '/registries', body)
  const name = `wandb-registry-${body.name}`
  expect(created.body).toMatchObject({ name, entity: organization, is_registry: true, visibility: 'organization' })
  expect(await auditSince(app.db, since)).toEqual([
    { action: 'registry.create', subject: created.body.id, details: { name, visibility: 'organization' } },
  ])
  await app.expectAnswer(409, as(organizationAdmin), 'POST', '/registries', body)
  const hidden = await aRegistry('restricted')
  const seen = async (asker: typeof member) =>
    (await app.expectAnswer(200, as(asker), 'GET', '/registries')).body.items.map((item) => item['name'])
  expect(await seen(organizationAdmin)).toEqual(expect.arrayContaining([name, hidden]))
  expect(await seen(member)).toContain(name)
  expect(await seen(member)).not.toContain(hidden)
  expect(await seen(stranger)).toEqual([])
  await app.expectAnswer(404, as(member), 'GET', `/projects/${hidden}`)
  expect((await app.expectAnswer(200, as(member), 'GET', `/projects/${name}`)).body['role']).toBe('restricted_viewer')
})

test('a role in a registry is given to teams and people of the organization by its admins, and taken away again', async () => {
  const { organizationAdmin, admin, member, colleague, stranger, team } = app.team
  const registry = await aRegistry('restricted')
  const grant = (grantee: string) => `/registries/${registry}/grants/${grantee}`
  const role = async (asker: typeof member) =>
    (await app.request(as(asker), 'GET', `/projects/${registry}`)).body['role']
  await app.expectAnswer(404, as(admin), 'PUT', grant(team), { role: 'member' })
  const since = await lastAudit(app.db)
  await app.expectAnswer(204, as(organizationAdmin), 'PUT', grant(team), { role: 'member' })
  await app.expectAnswer(204, as(organizationAdmin), 'PUT', grant(team), { role: 'member' })
  expect(await role(member)).toBe('member')
  const refused = await app.expectAnswer(403, as(member), 'PUT', grant(colleague.name), { role: 'viewer' })
  expect(refused.body.detail).toBe(`Changing roles takes the role admin in registry ${registry}; yours is member.`)
  await app.expectAnswer(204, as(organizationAdmin), 'PUT', grant(admin.name), { role: 'admin' })
  // An admin by grant names people and teams of the organization, and nobody else.
  await app.expectAnswer(204, as(admin), 'PUT', grant(colleague.name), { role: 'viewer' })
  expect(await role(colleague)).toBe('viewer')
  for (const nobody of [stranger.name, 'no-such-team', app.team.organization, 'team_999999'])
    await app.expectAnswer(404, as(admin), 'PUT', grant(nobody), { role: 'viewer' })
  const listed = await app.expectAnswer(200, as(colleague), 'GET', `/registries/${registry}/grants?limit=2`)
  expect(listed.body.items).toHaveLength(2)
  const rest = await app.expectAnswer(
    200,
    as(colleague),
    'GET',
    `/registries/${registry}/grants?cursor=${listed.body.next}`,
  )
  expect([...listed.body.items, ...rest.body.items].map((item) => [item['name'], item['kind'], item['role']])).toEqual(
    expect.arrayContaining([
      [team, 'team', 'member'],
      [admin.name, 'person', 'admin'],
      [colleague.name, 'person', 'viewer'],
    ]),
  )
  await app.expectAnswer(204, as(organizationAdmin), 'DELETE', grant(colleague.name))
  await app.expectAnswer(204, as(organizationAdmin), 'DELETE', grant(colleague.name))
  await app.expectAnswer(404, as(colleague), 'GET', `/projects/${registry}`)
  expect((await auditSince(app.db, since)).map(({ action, details }) => [action, details['role']])).toEqual([
    ['registry.set_grant', 'member'],
    ['registry.set_grant', 'admin'],
    ['registry.set_grant', 'viewer'],
    ['registry.remove_grant', null],
  ])
})

test('a project has no grants: its roles are those of its team', async () => {
  const { admin, member, team } = app.team
  const project = await app.expectAnswer(201, as(admin), 'POST', '/projects', { team, name: aName() })
  await app.expectAnswer(404, as(admin), 'PUT', `/registries/${project.body.id}/grants/${member.name}`, {
    role: 'admin',
  })
})

test('the database finds exactly the places in which the roles give a role, over every combination', async () => {
  const { db } = app
  const there = await makeTeam(db)
  const roles: readonly (Role | undefined)[] = [undefined, 'viewer', 'member', 'admin']
  const grants: readonly (RegistryRole | undefined)[] = [undefined, 'restricted_viewer', 'admin']
  const { organizationAdmin, teamId, organizationId } = there
  const { actor } = there.member.context
  if (actor.kind !== 'person') throw new Error('a member is a person')
  const [entity] = await db.query<{ id: number }>(
    `select id from entities where organization_id = $1 and kind = 'organization'`,
    [organizationId],
  )
  const ids: number[] = [there.projectId]
  for (const visibility of ['organization', 'restricted'])
    for (const toTeam of grants)
      for (const toPerson of grants) {
        const [project] = await db.query<{ id: number }>(
          'insert into projects(entity_id, name, visibility) values ($1, $2, $3) returning id',
          [entity!.id, `wandb-registry-${visibility}-${toTeam}-${toPerson}`, visibility],
        )
        ids.push(project!.id)
        for (const [grantee, role] of [
          [teamId, toTeam],
          [actor.entityId, toPerson],
        ] as const)
          if (role !== undefined)
            await db.query('insert into registry_grants values ($1, $2, $3)', [project!.id, grantee, role])
      }
  for (const inOrganization of roles)
    for (const inTeam of roles) {
      const context = {
        ...organizationAdmin.context,
        actor: {
          ...actor,
          organizations: new Map(inOrganization === undefined ? [] : [[organizationId, inOrganization]]),
          teams: new Map(inTeam === undefined ? [] : [[teamId, inTeam]]),
        },
      }
      const expected: number[] = []
      for (const id of ids) {
        const [project] = await selectProjects(db, { id })
        if (projectRole(context, project!) !== undefined) expected.push(id)
      }
      const found = await selectProjectPage(db, visibleTo(context), { registriesOnly: false, before: null, limit: 100 })
      expect(found.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(expected)
      for (const id of ids) {
        const named = getProject(context, `prj_${id}`, 'restricted_viewer', 'Reading').then(
          () => true,
          () => false,
        )
        expect(await named).toBe(expected.includes(id))
      }
    }
})

test('a list tells what is in each place, and what happened there last', async () => {
  const { admin, makeAutomation, makeWebhook } = signalbox.current
  const place = await makeRegistry(signalbox.current)
  const listed = async (list: string, id: string) =>
    (await admin.must('GET', `/${list}?limit=100`))['items'].find((one: { id: string }) => one.id === id)
  expect(await listed('registries', place.registry)).toMatchObject({ collections: 1, versions: 0, automations: 0 })
  for (let count = 0; count < 2; count++) await place.link((await place.version({ digest: `d${count}` }))['id'])
  await admin.must('POST', `/collections/${place.portfolio}/automations`, {
    name: 'on the collection',
    event_type: 'LINK_ARTIFACT',
    action: { type: 'no_op' },
  })
  const registry = await listed('registries', place.registry)
  const { id, type, at } = (await place.events(place.registry)).at(-1)!
  expect(registry).toMatchObject({ collections: 1, versions: 2, automations: 1, last_event: { id, type, at } })

  await makeAutomation((await makeWebhook()).id)
  const { id: project } = await admin.must('GET', '/projects/demo')
  expect(await listed('projects', project)).toMatchObject({ collections: 1, versions: 2, automations: 1 })
  await admin.must('DELETE', `/collections/${place.portfolio}?force=true`)
  expect(await listed('projects', place.registry)).toMatchObject({ collections: 0, versions: 0, automations: 0 })
})

test('the limits of the contract are those of the server', () => {
  expect(placeCountMax).toBe(limits.placeCountMax)
})
