import { expect, test } from 'vitest'
import { as, nobody, useApp } from '../support/app.ts'

const app = useApp()

test('what was done to a team is read by its admins, what was done in the organization by its own; in pages, newest first', async () => {
  const { admin, member, viewer, colleague, stranger, organizationAdmin, organization, team } = app.team
  for (let index = 0; index < 5; index++)
    await app.expectAnswer(201, as(member), 'POST', '/projects', { team, name: `audited ${index}` })
  await app.expectAnswer(201, as(organizationAdmin), 'POST', '/registries', { organization, name: 'audited' })

  const first = await app.expectAnswer(200, as(admin), 'GET', `/teams/${team}/audit?limit=3`)
  expect(first.body.items).toMatchObject(
    [4, 3, 2].map((index) => ({
      actor: member.name,
      action: 'project.create',
      details: { name: `audited ${index}` },
    })),
  )
  const second = await app.expectAnswer(200, as(admin), 'GET', `/teams/${team}/audit?limit=3&cursor=${first.body.next}`)
  expect(second.body.items.map(({ details }) => details)).toEqual([{ name: 'audited 1' }, { name: 'audited 0' }])
  expect(second.body.next).toBeNull()

  const all = await app.expectAnswer(200, as(organizationAdmin), 'GET', `/organizations/${organization}/audit`)
  expect(all.body.items).toHaveLength(6)
  expect(all.body.items[0]).toMatchObject({ action: 'registry.create', actor: organizationAdmin.name })

  for (const asker of [member, viewer]) {
    const refused = await app.expectAnswer(403, as(asker), 'GET', `/teams/${team}/audit`)
    expect(refused.body.detail).toContain('takes the role admin in team')
    await app.expectAnswer(403, as(asker), 'GET', `/organizations/${organization}/audit`)
  }
  await app.expectAnswer(403, as(admin), 'GET', `/organizations/${organization}/audit`)
  await app.expectAnswer(404, as(colleague), 'GET', `/teams/${team}/audit`)
  await app.expectAnswer(404, as(stranger), 'GET', `/organizations/${organization}/audit`)
})

test('the log is narrowed by action or its noun, by who did it, and by what it was done to', async () => {
  const { organizationAdmin, member, organization, team } = app.team
  const read = async (query: string) =>
    (await app.expectAnswer(200, as(organizationAdmin), 'GET', `/organizations/${organization}/audit?${query}`)).body
      .items
  const key = await app.expectAnswer(201, as(member), 'POST', '/api-keys', { name: 'audited' })
  await app.expectAnswer(204, as(member), 'DELETE', `/api-keys/${key.body.id}`)
  await app.expectAnswer(201, as(member), 'POST', '/projects', { team, name: 'narrowed' })

  expect((await read('action=api_key')).map(({ action }) => action)).toEqual(['api_key.revoke', 'api_key.create'])
  expect(await read('action=api_key.create')).toHaveLength(1)
  expect(await read('action=api')).toEqual([])
  expect(await read(`subject=${key.body.id}`)).toHaveLength(2)
  const me = await app.expectAnswer(200, as(member), 'GET', '/me')
  for (const actor of [member.name, member.name.toUpperCase(), me.body.id]) {
    const found = await read(`actor=${actor}`)
    expect(found.length).toBeGreaterThanOrEqual(3)
    expect(new Set(found.map((entry) => entry['actor']))).toEqual(new Set([member.name]))
  }
  expect(await read(`actor=${member.name}&action=project.create&limit=1`)).toMatchObject([
    { details: { name: 'narrowed' } },
  ])
  expect(await read('actor=no-such-person')).toEqual([])
  await app.expectAnswer(422, as(organizationAdmin), 'GET', `/organizations/${organization}/audit?actions=api_key`)
})

test('what concerns keys, passwords and signing in is read by the admins of the place, and holds none of them', async () => {
  const { admin, organizationAdmin, organization, team } = app.team
  const account = `robot-of-${team}`
  const person = `person-of-${team}`
  const password = 'planted long password'
  await app.expectAnswer(201, as(admin), 'POST', `/teams/${team}/service-accounts`, { name: account })
  const key = await app.expectAnswer(201, as(admin), 'POST', '/api-keys', { name: 'ci', person: account })
  await app.expectAnswer(201, as(organizationAdmin), 'POST', `/organizations/${organization}/people`, {
    name: person,
    password,
  })
  const signedIn = await app.expectAnswer(201, nobody, 'POST', '/sign-in', { name: person, password })

  const ofTeam = await app.expectAnswer(200, as(admin), 'GET', `/teams/${team}/audit?action=api_key`)
  expect(ofTeam.body.items[0]).toMatchObject({ subject: key.body.id, actor: admin.name, details: { person: account } })
  const ofOrganization = await app.expectAnswer(
    200,
    as(organizationAdmin),
    'GET',
    `/organizations/${organization}/audit?actor=${person}`,
  )
  expect(ofOrganization.body.items).toMatchObject([
    { action: 'person.sign_in', actor: person, details: { api_key: signedIn.body.id } },
  ])
  const rows = await app.db.query<{ row: string }>('select a::text as row from audit a')
  for (const planted of [password, key.body.key, signedIn.body.key])
    expect(rows.map(({ row }) => row).join()).not.toContain(planted)
})
