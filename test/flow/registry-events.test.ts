import { beforeAll, describe, expect, test } from 'vitest'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()
let place: TestRegistry
const admin = () => signalbox.current.admin

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
})

/** What was recorded in a project or registry since, as type and the facts that tell it apart. */
async function happened(project: string, act: () => Promise<unknown>): Promise<readonly unknown[]> {
  const before = await place.events(project)
  await act()
  const seen = new Set(before.map(({ id }) => id))
  return (await place.events(project))
    .filter(({ id }) => !seen.has(id))
    .map(({ type, facts, places }) => [
      type,
      ...['alias', 'tag', 'previous_version', 'previous_collection'].flatMap((name) => facts[name] ?? []),
      ...places.map((one: Record<string, unknown>) =>
        [one['collection_name'], one['version']].filter(Boolean).join(':'),
      ),
    ])
}

describe('a version', () => {
  test('that is made gets the next number and `latest`, and says so in this order', async () => {
    const name = (await admin().must('GET', `/collections/${place.sequence}`))['name']
    expect(
      await happened('demo', () => place.version({ aliases: ['best'], tags: ['europe'], metadata: { accuracy: 0.9 } })),
    ).toEqual([
      ['CREATE_ARTIFACT', `${name}:v0`],
      ['ADD_ARTIFACT_ALIAS', 'latest', `${name}:v0`],
      ['ADD_ARTIFACT_ALIAS', 'best', `${name}:v0`],
      ['ADD_ARTIFACT_TAG', 'europe', `${name}:v0`],
    ])
    const full = `vision/demo/${name}`
    expect(await happened('demo', () => place.version({ aliases: ['best'] }))).toEqual([
      ['CREATE_ARTIFACT', `${name}:v1`],
      ['ADD_ARTIFACT_ALIAS', 'latest', `${full}:v0`, `${name}:v1`],
      ['ADD_ARTIFACT_ALIAS', 'best', `${full}:v0`, `${name}:v1`],
    ])
    const { items } = await admin().must<{ items: Record<string, unknown>[] }>(
      'GET',
      `/collections/${place.sequence}/versions`,
    )
    expect(items.map(({ version, aliases }) => [version, aliases])).toEqual([
      ['v1', ['best', 'latest']],
      ['v0', []],
    ])
  })

  test('that is pending is no event, and stands nowhere until it is committed, once', async () => {
    let pending: Record<string, any> = {}
    expect(
      await happened('demo', async () => {
        pending = await place.version({ commit: false, aliases: ['candidate'] })
      }),
    ).toEqual([])
    expect(pending).toMatchObject({ state: 'pending', version: null, index: null, aliases: [] })
    const link = { version: pending['id'] }
    expect((await admin().call('POST', `/collections/${place.portfolio}/links`, link)).status).toBe(422)
    const commit = () => admin().must('POST', `/versions/${pending['id']}/commit`)
    const types = await happened('demo', commit)
    expect(types.map((one) => (one as unknown[]).slice(0, 2))).toEqual([
      ['CREATE_ARTIFACT', expect.any(String)],
      ['ADD_ARTIFACT_ALIAS', 'latest'],
      ['ADD_ARTIFACT_ALIAS', 'candidate'],
    ])
    expect(await happened('demo', commit)).toEqual([])
    expect(await commit()).toMatchObject({ created: false, state: 'committed' })
  })

  test('with the digest of the newest one is that one, which gets the aliases it lacks', async () => {
    const first = await place.version({ digest: 'abc' })
    expect(first['created']).toBe(true)
    const again = await admin().call('POST', `/collections/${place.sequence}/versions`, {
      digest: 'abc',
      aliases: ['golden'],
    })
    expect([again.status, again.body.id, again.body.created]).toEqual([200, first['id'], false])
    expect(again.body.aliases).toEqual(['golden', 'latest'])
    await place.version({ digest: 'other' })
    expect((await place.version({ digest: 'abc' }))['created']).toBe(true)
  })

  test('that is linked has its own number and aliases there, and its tags and metadata reach every link', async () => {
    const version = await place.version({ metadata: { accuracy: 0.94 } })
    const other = await makeRegistry(signalbox.current)
    await admin().must('POST', `/collections/${other.portfolio}/links`, { version: (await place.version())['id'] })
    const events = await happened(other.registry, () =>
      admin().must('POST', `/collections/${other.portfolio}/links`, {
        version: version['full_name'],
        aliases: ['prod'],
      }),
    )
    expect(events.map((one) => (one as unknown[]).filter((part) => !String(part).startsWith('acme/')))).toEqual([
      ['LINK_ARTIFACT', 'churn-model:v1'],
      ['ADD_ARTIFACT_ALIAS', 'latest', 'churn-model:v1'],
      ['ADD_ARTIFACT_ALIAS', 'prod', 'churn-model:v1'],
    ])
    const again = { version: version['id'], aliases: ['prod'] }
    expect((await admin().call('POST', `/collections/${other.portfolio}/links`, again)).status).toBe(200)
    expect(
      await happened(other.registry, () => admin().must('POST', `/collections/${other.portfolio}/links`, again)),
    ).toEqual([])
    const [tagged] = await happened('demo', () =>
      admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['eu'] }),
    )
    expect(tagged).toEqual(['ADD_ARTIFACT_TAG', 'eu', `${version['full_name'].split('/')[2]}`, 'churn-model:v1'])
    expect(
      await happened('demo', () => admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['eu'] })),
    ).toEqual([])
    const details = await admin().must('GET', `/versions/${version['id']}`)
    expect(details['memberships'].map(({ aliases, source }: any) => [aliases, source])).toEqual([
      [[], true],
      [['latest', 'prod'], false],
    ])
    expect(details['tags']).toEqual(['eu'])
  })
})

test('every kind of change is an event, and the same change again is none', async () => {
  const { id: portfolio } = await admin().must('POST', `/projects/${place.registry}/collections`, {
    name: 'every-kind',
    type: 'model',
  })
  const name = 'every-kind'
  const version = await place.version({ metadata: { a: 1 } })
  const source = `${version['full_name'].split('/')[2]}`
  const inRegistry = (method: string, path: string, body?: unknown) =>
    happened(place.registry, () => admin().must(method, path, body))
  const inProject = (method: string, path: string, body?: unknown) =>
    happened('demo', () => admin().must(method, path, body))
  const collection = `/collections/${portfolio}`
  await admin().must('POST', `${collection}/links`, { version: version['id'] })

  const tags = { tags: ['approved'] }
  expect(await inRegistry('POST', `${collection}/tags`, tags)).toEqual([['ADD_COLLECTION_TAG', 'approved', name]])
  expect(await inRegistry('POST', `${collection}/tags`, tags)).toEqual([])
  expect(await inRegistry('DELETE', `${collection}/tags/approved`)).toEqual([
    ['REMOVE_COLLECTION_TAG', 'approved', name],
  ])
  const alias = { version: 'v0', aliases: ['production'] }
  expect(await inRegistry('POST', `${collection}/aliases`, alias)).toEqual([
    ['ADD_ARTIFACT_ALIAS', 'production', `${name}:v0`],
  ])
  expect(await inRegistry('POST', `${collection}/aliases`, alias)).toEqual([])
  expect(await inRegistry('DELETE', `${collection}/aliases/production`)).toEqual([
    ['REMOVE_ARTIFACT_ALIAS', 'production', `${name}:v0`],
  ])
  const change = { metadata: { a: 2 }, description: 'better' }
  expect(await inProject('PATCH', `/versions/${version['id']}`, change)).toEqual([
    ['UPDATE_ARTIFACT_METADATA', source, `${name}:v0`],
    ['UPDATE_ARTIFACT_DESCRIPTION', source, `${name}:v0`],
  ])
  expect(await inProject('PATCH', `/versions/${version['id']}`, change)).toEqual([])
  await admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['x'] })
  expect(await inProject('DELETE', `/versions/${version['id']}/tags/x`)).toEqual([
    ['REMOVE_ARTIFACT_TAG', 'x', source, `${name}:v0`],
  ])
  expect(await inRegistry('PATCH', collection, { name: 'renamed', description: 'x' })).toEqual([
    ['RENAME_COLLECTION', name, 'renamed'],
  ])
  expect(await inRegistry('PATCH', collection, { name: 'renamed' })).toEqual([])
  expect(await inRegistry('DELETE', `${collection}/links/v0`)).toEqual([['UNLINK_ARTIFACT', 'renamed:v0']])
  expect(await inProject('DELETE', `/versions/${version['id']}`)).toEqual([
    ['DELETE_ARTIFACT', source],
    ['ADD_ARTIFACT_ALIAS', 'latest', version['full_name'], expect.any(String)],
  ])
  expect(await inRegistry('DELETE', collection)).toEqual([['DELETE_COLLECTION', 'renamed']])
  expect(
    await happened(place.registry, () =>
      admin().must('POST', `/projects/${place.registry}/collections`, { name: 'renamed', type: 'model' }),
    ),
  ).toEqual([['CREATE_COLLECTION', 'renamed']])
})

test('alias moves on one collection at the same time end in one order, each naming who had it before', async () => {
  const versions = await Promise.all([1, 2, 3, 4].map(() => place.version()))
  const [{ collection }] = versions as [Record<string, any>]
  const before = await place.events('demo')
  await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      admin().must('POST', `/collections/${collection}/aliases`, {
        version: versions[number % 4]!['id'],
        aliases: ['champion'],
      }),
    ),
  )
  const seen = new Set(before.map(({ id }) => id))
  const moves = (await place.events('demo')).filter(({ id, facts }) => !seen.has(id) && facts['alias'] === 'champion')
  expect(moves.length).toBeGreaterThan(1)
  let holder: string | undefined
  for (const { facts, places } of moves) {
    expect(facts['previous_version']?.split(':')[1]).toBe(holder)
    holder = places[0].version
  }
  const { items } = await admin().must<{ items: Record<string, any>[] }>('GET', `/collections/${collection}/versions`)
  expect(items.filter(({ aliases }) => aliases.includes('champion')).map(({ version }) => version)).toEqual([holder])
})

test('the numbers of a collection are never given twice, however many link at once', async () => {
  const versions = await Promise.all(Array.from({ length: 6 }, () => place.version()))
  expect(new Set(versions.map(({ index }) => index)).size).toBe(6)
  const links = await Promise.all(versions.map(({ id }) => place.link(id)))
  expect(new Set(links.map(({ index }) => index)).size).toBe(6)
  const gone = links.find(({ index }) => index === Math.max(...links.map((one) => one['index'])))!
  await admin().must('DELETE', `/collections/${place.portfolio}/links/${gone['id']}`)
  expect((await place.link(gone['id']))['index']).toBe(gone['index'] + 1)
})

test('the deletion of a collection fires the automations on it a last time, and then they are gone', async () => {
  const { portfolio, registry, events } = await makeRegistry(signalbox.current)
  const webhook = await signalbox.current.makeWebhook()
  const automation = await admin().must('POST', `/collections/${portfolio}/automations`, {
    name: 'last words',
    event_type: 'DELETE_COLLECTION',
    action: { type: 'webhook', webhook: webhook.id, template: '{"gone": "${artifact_collection_name}"}' },
  })
  await admin().must('DELETE', `/collections/${portfolio}?force=true`)
  const gone = (await events(registry)).find(({ type }) => type === 'DELETE_COLLECTION')!
  const [delivery, ...others] = await signalbox.current.ended(gone['id'])
  expect(others).toEqual([])
  expect(delivery).toMatchObject({ state: 'succeeded', automation: automation['id'] })
  expect((await admin().call('GET', `/automations/${automation['id']}`)).status).toBe(404)
})
