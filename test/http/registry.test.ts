import type pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { registryLimits } from '../../src/contract/registry.ts'
import { limits } from '../../src/server/base/limits.ts'
import type { Client } from '../support/client.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { withClient } from '../support/database.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { tableSizes } from '../support/table-sizes.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
let place: TestRegistry
let member: Client
let viewer: Client
const admin = () => signalbox.current.admin

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
  for (const name of ['member', 'viewer'])
    await admin().must('POST', '/organizations/acme/people', { name, password: 'correct horse battery' })
  const signIn = async (name: string) =>
    signalbox.current.as(
      (await admin().must<{ key: string }>('POST', '/sign-in', { name, password: 'correct horse battery' })).key,
    )
  member = await signIn('member')
  viewer = await signIn('viewer')
  await admin().must('PUT', `/registries/${place.registry}/grants/member`, { role: 'member' })
  await admin().must('PUT', `/registries/${place.registry}/grants/viewer`, { role: 'viewer' })
})

async function refused(answer: Promise<{ status: number; body: any }>): Promise<readonly [number, string, string[]]> {
  const { status, body } = await answer
  return [status, body.detail, (body.errors ?? []).map(({ pointer }: { pointer?: string }) => pointer)]
}

/** Makes calls one after the other that all wait for this collection, and lets them go on together. */
async function meetAt(
  collection: string,
  calls: readonly (() => Promise<{ status: number }>)[],
  meanwhile: (holding: pg.Client) => Promise<unknown> = async () => {},
): Promise<number[]> {
  return withDatabase(async (holding) => {
    await holding.query('begin')
    await lockNow(holding, collection)
    const answers: Promise<{ status: number }>[] = []
    for (const call of calls) {
      answers.push(call())
      await untilWaiting(answers.length)
    }
    await meanwhile(holding)
    await holding.query('commit')
    return (await Promise.all(answers)).map(({ status }) => status)
  })
}

const withDatabase = <T>(use: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(signalbox.current.databaseUrl, use)

const lockNow = (client: pg.Client, collection: string) =>
  client.query('select 1 from collections where id = $1 for no key update nowait', [collection.slice(4)])

// From outside: within a transaction the activity stays as it was first read.
const untilWaiting = (count: number) =>
  withDatabase((watching) =>
    waitFor(`${count} calls to wait for a lock`, async () => {
      const { rows } = await watching.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows.length === count
    }),
  )

describe('a protected alias', () => {
  let version: Record<string, any>

  beforeAll(async () => {
    await admin().must('PATCH', `/registries/${place.registry}`, { protected_aliases: ['production'] })
    version = await place.version()
    await place.link(version['id'])
  })

  test('is added, moved and removed by admins of its registry only', async () => {
    const add = { version: version['id'], aliases: ['staging', 'production'] }
    const aliases = `/collections/${place.portfolio}/aliases`
    const [status, detail] = await refused(member.call('POST', aliases, add))
    expect(status).toBe(403)
    expect(detail).toMatch(
      /^Adding an alias takes the role admin in registry wandb-registry-models-1, because “production” is protected there; yours is member\.$/,
    )
    await member.must('POST', aliases, { ...add, aliases: ['staging'] })
    await admin().must('POST', aliases, add)
    expect((await refused(member.call('DELETE', `${aliases}/production`)))[0]).toBe(403)
    await member.must('DELETE', `${aliases}/staging`)
    const link = { version: (await place.version())['id'], aliases: ['production'] }
    await admin().must('PUT', '/teams/vision/members/member', { role: 'viewer' })
    expect((await refused(member.call('POST', `/collections/${place.portfolio}/links`, link)))[0]).toBe(403)
  })

  test('keeps its version linked and its collection there, for all but admins', async () => {
    for (const path of [`/collections/${place.portfolio}/links/production`, `/collections/${place.portfolio}`])
      expect((await refused(member.call('DELETE', path)))[0], path).toBe(403)
    await admin().must('PUT', '/teams/vision/members/member', { role: 'member' })
    expect((await refused(member.call('DELETE', `/versions/${version['id']}?force=true`)))[0]).toBe(403)
    expect((await member.must('GET', `/versions/${version['id']}`))['memberships']).toHaveLength(2)
  })
})

describe('a registry', () => {
  test('that accepts some types takes no collection and no link of another', async () => {
    const other = await makeRegistry(signalbox.current)
    const data = await admin().must('POST', '/projects/demo/collections', { name: 'rows', type: 'dataset' })
    const version = await admin().must('POST', `/collections/${data['id']}/versions`, {})
    const settings = `/registries/${other.registry}`
    expect(await refused(admin().call('PATCH', settings, { accepted_types: ['dataset'] }))).toEqual([
      422,
      expect.any(String),
      ['#/accepted_types'],
    ])
    expect(await admin().must('PATCH', settings, { accepted_types: ['model', 'metric'] })).toMatchObject({
      accepted_types: ['metric', 'model'],
    })
    const made = admin().call('POST', `/projects/${other.registry}/collections`, { name: 'x', type: 'metrics' })
    expect((await made).body.errors).toEqual([
      { pointer: '#/type', detail: 'It accepts metric, model. Did you mean “metric”?' },
    ])
    const link = admin().call('POST', `/collections/${other.portfolio}/links`, { version: version['id'] })
    expect(await refused(link)).toEqual([
      422,
      `The version is of type “dataset”; acme/wandb-registry-models-${other.registry === place.registry ? 1 : 2}/churn-model takes “model”.`,
      ['#/version'],
    ])
    expect(await admin().must('PATCH', settings, { accepted_types: null })).toMatchObject({ accepted_types: null })
    await admin().must('POST', `/projects/${other.registry}/collections`, { name: 'x', type: 'metrics' })
  })

  test('takes automations of its members, unless that is its admins’ alone', async () => {
    const automations = `/projects/${place.registry}/automations`
    const automation = { name: 'a', event_type: 'LINK_ARTIFACT', action: { type: 'no_op' } }
    expect((await viewer.call('POST', automations, automation)).status).toBe(403)
    await member.must('POST', automations, automation)
    await admin().must('PATCH', `/registries/${place.registry}`, { automations_by_members: false })
    expect((await member.call('POST', automations, { ...automation, name: 'b' })).status).toBe(403)
    await admin().must('POST', automations, { ...automation, name: 'b' })
    await admin().must('PATCH', `/registries/${place.registry}`, { automations_by_members: true })
  })
})

test('what makes no sense is refused with its place and its reason, and changes nothing', async () => {
  const version = await place.version()
  const pending = await place.version({ commit: false })
  const before = await tableSizes(signalbox.current.databaseUrl)
  const tooMany = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`k${index}`, index]))
  for (const [method, path, body, status, pointers] of [
    [
      'POST',
      `/collections/${place.sequence}/versions`,
      { metadata: [], aliases: ['v3', 'a/b', 'a:b'] },
      422,
      ['#/metadata', '#/aliases/0', '#/aliases/1', '#/aliases/2'],
    ],
    [
      'POST',
      `/collections/${place.sequence}/versions`,
      { metadata: tooMany, tags: ['a!', '', 'ok', 'ok'] },
      422,
      ['#/metadata', '#/tags/0', '#/tags/1', '#/tags'],
    ],
    ['POST', `/collections/${place.portfolio}/versions`, {}, 422, ['#/path/id']],
    ['POST', `/collections/${place.sequence}/links`, { version: version['id'] }, 422, ['#/path/id']],
    ['POST', `/collections/${place.portfolio}/links`, { version: 'art_999999' }, 422, ['#/version']],
    ['POST', `/collections/${place.portfolio}/links`, { version: pending['id'] }, 422, ['#/version']],
    ['POST', `/collections/${place.sequence}/aliases`, { version: 'v99', aliases: ['x'] }, 404, []],
    ['POST', `/collections/${place.sequence}/aliases`, { version: 'v0', aliases: [] }, 422, ['#/aliases']],
    ['PATCH', `/versions/${pending['id']}`, { description: 'x' }, 422, ['#/path/id']],
    ['DELETE', `/collections/${place.sequence}/links/v0`, undefined, 422, ['#/path/version']],
    ['POST', '/projects/demo/collections', { name: 'a/b', type: 'a:b' }, 422, ['#/name', '#/type']],
    ['POST', '/projects/demo/collections', { name: 'churn-1', type: 'model' }, 409, ['#/name']],
    ['DELETE', `/collections/${place.sequence}/aliases/nobody`, undefined, 404, []],
  ] as const)
    expect(await refused(admin().call(method, path, body)), `${method} ${path} ${JSON.stringify(body)}`).toEqual([
      status,
      expect.any(String),
      [...pointers],
    ])
  expect(await tableSizes(signalbox.current.databaseUrl)).toEqual(before)
})

test('what is in use is deleted only when that is said, and then each lost link is an event', async () => {
  await place.link((await place.version())['id'])
  const own = await admin().must('POST', '/projects/demo/collections', { name: 'in-use', type: 'model' })
  const version = await admin().must('POST', `/collections/${own['id']}/versions`, { aliases: ['best'] })
  await place.link(version['id'], ['candidate'])
  const deleted = await admin().call('DELETE', `/versions/${version['id']}`)
  expect(deleted.body).toMatchObject({ status: 409, type: '/problems/in-use' })
  expect(deleted.body.errors.map(({ detail }: { detail: string }) => detail)).toEqual([
    'It has the alias “best” in demo/in-use.',
    expect.stringMatching(/^It is linked as acme\/wandb-registry-models-1\/churn-model:v\d+\.$/),
    'It has the alias “candidate” in wandb-registry-models-1/churn-model.',
  ])
  expect((await admin().call('DELETE', `/collections/${own['id']}`)).status).toBe(409)
  await admin().must('DELETE', `/collections/${own['id']}?force=true`)
  const events = await place.events(place.registry)
  expect(events.slice(-2).map(({ type, facts }) => [type, facts['alias']])).toEqual([
    ['UNLINK_ARTIFACT', undefined],
    ['ADD_ARTIFACT_ALIAS', 'latest'],
  ])
  expect((await admin().call('GET', `/versions/${version['id']}`)).status).toBe(404)
  expect((await admin().call('GET', `/collections/${own['id']}`)).status).toBe(404)
  await admin().must('POST', '/projects/demo/collections', { name: 'in-use', type: 'model' })
})

test('a collection with automations or aliases is deleted only when that is said, and they are listed', async () => {
  const { registry } = place
  await admin().must('PATCH', `/registries/${registry}`, { protected_aliases: ['production'] })
  const made = await admin().must('POST', `/projects/${registry}/collections`, { name: 'stood-on', type: 'model' })
  const collection = `/collections/${made['id']}`
  const automation = await admin().must('POST', `${collection}/automations`, {
    name: 'deploy',
    event_type: 'ADD_ARTIFACT_ALIAS',
    action: { type: 'no_op' },
  })
  const version = (await place.version())['id']
  await admin().must('POST', `${collection}/links`, { version, aliases: ['candidate', 'production'] })
  const before = await tableSizes(signalbox.current.databaseUrl)
  expect((await admin().call('DELETE', collection)).body).toMatchObject({
    status: 409,
    type: '/problems/in-use',
    errors: [
      { detail: `The automation “deploy” (${automation['id']}) stands on it.` },
      { detail: 'The protected alias “production” is on its version v0.' },
      { detail: 'The alias “candidate” is on its version v0.' },
    ],
  })
  expect(await tableSizes(signalbox.current.databaseUrl)).toEqual(before)
  expect(await admin().must('GET', `/automations/${automation['id']}`)).toMatchObject({ enabled: true })
  expect((await member.call('DELETE', `${collection}?force=true`)).status).toBe(403)
  await admin().must('DELETE', `${collection}?force=true`)
  expect((await admin().call('GET', `/automations/${automation['id']}`)).status).toBe(404)
  expect((await admin().call('POST', `/automations/${automation['id']}/restore`)).status).toBe(404)
})

test('a collection whose versions have no alias but latest goes without more being said', async () => {
  const { id } = await admin().must('POST', '/projects/demo/collections', { name: 'unused', type: 'model' })
  await admin().must('POST', `/collections/${id}/versions`, {})
  await admin().must('DELETE', `/collections/${id}`)
})

describe('while a call waits for its turn', () => {
  let own: TestRegistry
  let version: Record<string, any>
  const deleteCollection = (who: Client) => () => who.call('DELETE', `/collections/${own.sequence}?force=true`)
  const deleteVersion = (who: Client) => () => who.call('DELETE', `/versions/${version['id']}?force=true`)
  const addition = () =>
    [
      'POST',
      `/collections/${own.portfolio}/aliases`,
      { version: String(version['id']), aliases: ['production'] },
    ] as const
  const addProduction = (who: Client) => () => who.call(...addition())

  beforeEach(async () => {
    own = await makeRegistry(signalbox.current)
    version = await own.version()
    await own.link(version['id'])
    await admin().must('PUT', '/teams/vision/members/member', { role: 'member' })
    await admin().must('PUT', `/registries/${own.registry}/grants/member`, { role: 'member' })
  })

  test('a deleted collection tells once of a link that somebody else takes away', async () => {
    const unlink = () => admin().call('DELETE', `/collections/${own.portfolio}/links/${version['id']}`)
    expect(await meetAt(own.portfolio, [unlink, deleteCollection(admin())])).toEqual([204, 204])
    const events = await own.events(own.registry)
    expect(events.filter(({ type }) => type === 'UNLINK_ARTIFACT')).toHaveLength(1)
  })

  test('a deleted collection takes away no protected alias, for all but admins', async () => {
    await admin().must('PATCH', `/registries/${own.registry}`, { protected_aliases: ['production'] })
    expect(await meetAt(own.portfolio, [addProduction(admin()), deleteCollection(member)])).toEqual([200, 403])
    expect((await admin().must('GET', `/versions/${version['id']}`))['memberships']).toHaveLength(2)
  })

  test('a deleted collection is locked with all that it is linked to in the order of their ids', async () => {
    const lockSource = (holding: pg.Client) => lockNow(holding, own.sequence)
    expect(await meetAt(own.portfolio, [deleteCollection(admin())], lockSource)).toEqual([204])
  })

  test('a deleted version takes away no protected alias, for all but admins', async () => {
    await admin().must('PATCH', `/registries/${own.registry}`, { protected_aliases: ['production'] })
    expect(await meetAt(own.portfolio, [addProduction(admin()), deleteVersion(member)])).toEqual([200, 403])
    expect((await admin().must('GET', `/versions/${version['id']}`))['memberships']).toHaveLength(2)
  })

  test('a deleted version takes away no protected alias that came with a link, for all but admins', async () => {
    await admin().must('PATCH', `/registries/${own.registry}`, { protected_aliases: ['production'] })
    const [portfolio, artifact] = [own.portfolio.slice(4), version['id'].slice(4)]
    await admin().must('DELETE', `/collections/${own.portfolio}/links/${version['id']}`)
    await withDatabase(async (linking) => {
      await linking.query('begin')
      await lockNow(linking, own.sequence)
      const addAfterLinking = async (holding: pg.Client) => {
        const link =
          'insert into memberships(collection_id, artifact_id, version_index) values ($1, $2, 9) returning id'
        const { rows } = await linking.query(link, [portfolio, artifact])
        await linking.query('commit')
        await waitFor('the deletion to come to the link', async () => {
          const blocked = 'select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))'
          return (await holding.query(blocked)).rows.length > 0
        })
        const add = 'insert into aliases(collection_id, alias, membership_id) values ($1, $2, $3)'
        await holding.query(add, [portfolio, 'production', rows[0].id])
      }
      expect(await meetAt(own.portfolio, [deleteVersion(member)], addAfterLinking)).toEqual([403])
    })
  })

  test('a version that moved to a registry unseen is not deleted', async () => {
    const unseen = await makeRegistry(signalbox.current)
    await admin().must('PATCH', `/registries/${unseen.registry}`, { visibility: 'restricted' })
    const places = [unseen.portfolio.slice(4), own.portfolio.slice(4)]
    const move = async (holding: pg.Client) => {
      await holding.query('delete from aliases where collection_id = $1', [places[1]])
      await holding.query('update memberships set collection_id = $1 where collection_id = $2', places)
    }
    expect(await meetAt(own.portfolio, [deleteVersion(member)], move)).toEqual([403])
    expect((await admin().must('GET', `/versions/${version['id']}`))['memberships']).toHaveLength(2)
  })

  test.each(['adding', 'linking with', 'unlinking with'])('an alias is protected from then on: %s it', async (verb) => {
    if (verb === 'unlinking with') await admin().must(...addition())
    const calls = {
      adding: addProduction(member),
      'linking with': () => member.call('POST', `/collections/${own.portfolio}/links`, addition()[2]),
      'unlinking with': () => member.call('DELETE', `/collections/${own.portfolio}/links/${version['id']}`),
    }
    const protect = () => admin().must('PATCH', `/registries/${own.registry}`, { protected_aliases: ['production'] })
    expect(await meetAt(own.portfolio, [calls[verb as keyof typeof calls]], protect)).toEqual([403])
  })
})

test('a version in a registry is seen by whoever sees the registry, and of its places only those', async () => {
  const version = await place.version({ metadata: { accuracy: 0.9 } })
  expect((await viewer.call('GET', `/versions/${version['id']}`)).status).toBe(404)
  await place.link(version['id'])
  const seen = await viewer.must('GET', `/versions/${version['id']}`)
  expect(seen['full_name']).toMatch(/^acme\/wandb-registry-models-1\/churn-model:v\d+$/)
  expect(seen['memberships']).toHaveLength(1)
  expect(JSON.stringify(seen)).not.toContain('vision')
  // An event of the source reaches the registry's readers with the registry's place alone.
  await admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['seen'] })
  const events = await admin().must<{ items: Record<string, any>[] }>('GET', '/projects/demo/events?limit=1')
  const event = await viewer.must('GET', `/events/${events.items[0]!['id']}`)
  expect(event).toMatchObject({ type: 'ADD_ARTIFACT_TAG', entity_name: 'acme', facts: { tag: 'seen' } })
  expect(JSON.stringify(event['places'])).not.toContain('vision')
})

test('what a version says is changed by members of the project it was made in, and not by who links it', async () => {
  await admin().must('PUT', '/teams/vision/members/viewer', { role: 'viewer' })
  await admin().must('PUT', `/registries/${place.registry}/grants/viewer`, { role: 'member' })
  const version = await place.version({ metadata: { accuracy: 0.9 }, description: 'as trained' })
  const path = `/versions/${version['id']}`
  await viewer.must('POST', `/collections/${place.portfolio}/links`, { version: version['id'] })
  await admin().must('POST', `${path}/tags`, { tags: ['kept'] })
  const change = () =>
    Promise.all([
      refused(viewer.call('PATCH', path, { metadata: { accuracy: 1 } })),
      refused(viewer.call('PATCH', path, { description: 'rewritten' })),
      refused(viewer.call('POST', `${path}/tags`, { tags: ['approved'] })),
      refused(viewer.call('DELETE', `${path}/tags/kept`)),
      refused(viewer.call('DELETE', `${path}?force=true`)),
    ])
  for (const [status, detail] of await change()) {
    expect(status, detail).toBe(403)
    expect(detail).toMatch(/ takes the role member in the project that it was made in; yours is viewer\.$/)
  }
  // Who sees it by the link alone is not told whose it is.
  await admin().must('DELETE', '/teams/vision/members/viewer')
  for (const [status, detail] of await change()) {
    expect(status, detail).toBe(403)
    expect(detail).toMatch(/ takes the role member in the project that it was made in; yours is none\.$/)
  }
  await admin().must('PUT', `/registries/${place.registry}/grants/viewer`, { role: 'viewer' })
  expect(await admin().must('GET', path)).toMatchObject({
    metadata: { accuracy: 0.9 },
    description: 'as trained',
    tags: ['kept'],
  })
  await admin().must('PUT', '/teams/vision/members/viewer', { role: 'member' })
  await viewer.must('PATCH', path, { description: 'by a member' })
  await admin().must('DELETE', '/teams/vision/members/viewer')
})

test('versions are named by id, number and alias, and listed newest first in pages', async () => {
  const { id } = await admin().must('POST', '/projects/demo/collections', { name: 'paged', type: 'model' })
  for (let made = 0; made < 5; made++)
    await admin().must('POST', `/collections/${id}/versions`, { aliases: [`a${made}`] })
  const version = await admin().must('GET', '/versions/vision%2Fdemo%2Fpaged:v3')
  expect((await admin().must('GET', '/versions/vision%2Fdemo%2Fpaged:a3'))['id']).toBe(version['id'])
  expect((await admin().must('GET', `/versions/${version['id']}`))['full_name']).toBe('vision/demo/paged:v3')
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await admin().must('GET', `/collections/vision%2Fdemo%2Fpaged/versions?limit=2${cursor}`)
    seen.push(...page['items'].map(({ version: name }: { version: string }) => name))
    cursor = page['next'] === null ? '' : `&cursor=${page['next']}`
  } while (cursor !== '')
  expect(seen).toEqual(['v4', 'v3', 'v2', 'v1', 'v0'])
  const found = await admin().must('GET', '/projects/demo/collections?name=paged&type=model')
  expect(found['items'].map(({ id: one }: { id: string }) => one)).toEqual([id])
})

test('collections are found by a part of their name wherever they are, by whoever may see their place', async () => {
  const made = await makeRegistry(signalbox.current)
  const found = async (asker: Client, query: string) => {
    const { items, next } = await asker.must<{ items: { id: string }[]; next: string | null }>(
      'GET',
      `/collections?text=${query}`,
    )
    return { ids: items.map(({ id }) => id), next }
  }
  const name = (await admin().must('GET', `/collections/${made.sequence}`))['name'] as string
  expect(await found(admin(), name.toUpperCase())).toEqual({ ids: [made.sequence], next: null })
  expect((await found(viewer, name)).ids).toEqual([])
  const [newest, ...older] = (await found(admin(), 'CHURN-')).ids
  const first = await found(admin(), 'churn-&limit=1')
  expect(first.ids).toEqual([newest])
  expect((await found(admin(), `churn-&cursor=${first.next}`)).ids).toEqual(older)
  expect((await found(viewer, 'churn-model')).ids).toContain(made.portfolio)
  await admin().must('PATCH', `/registries/${made.registry}`, { visibility: 'restricted' })
  expect((await found(viewer, 'churn-model')).ids).not.toContain(made.portfolio)
  await admin().must('PUT', `/registries/${made.registry}/grants/viewer`, { role: 'viewer' })
  expect((await found(viewer, 'churn-model')).ids).toContain(made.portfolio)
  await admin().must('DELETE', `/collections/${made.portfolio}`)
  expect((await found(viewer, 'churn-model')).ids).not.toContain(made.portfolio)
  expect((await found(admin(), '%25')).ids).toEqual([])
})

test('a project that holds collections is kept; without them it goes with its automations, and its name is free', async () => {
  const { id } = await admin().must('POST', '/projects', { team: 'vision', name: 'short-lived' })
  const { id: collection } = await admin().must('POST', `/projects/${id}/collections`, { name: 'x', type: 'model' })
  const automation = await admin().must('POST', `/projects/${id}/automations`, {
    name: 'a',
    event_type: 'CUSTOM',
    action: { type: 'no_op' },
  })
  const kept = await admin().call('DELETE', `/projects/${id}`)
  expect(kept.body).toMatchObject({ type: '/problems/in-use', errors: [{ detail: expect.stringContaining('“x”') }] })
  await admin().must('DELETE', `/collections/${collection}`)
  await admin().must('DELETE', `/projects/${id}`)
  for (const path of [`/projects/${id}`, `/automations/${automation['id']}`])
    expect((await admin().call('GET', path)).status, path).toBe(404)
  await admin().must('POST', '/projects', { team: 'vision', name: 'short-lived' })
})

test('the limits of the contract are those of the server', () => {
  const shared = Object.fromEntries(
    Object.keys(registryLimits).map((name) => [name, limits[name as keyof typeof limits]]),
  )
  expect(registryLimits).toEqual(shared)
})
