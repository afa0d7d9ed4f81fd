import { beforeAll, expect, test } from 'vitest'
import { automationStateOf, automationStates, type Automation } from '../../src/contract/automation.ts'
import type { Client } from '../support/client.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()
let place: TestRegistry
let colleague: Client
let webhook: { id: string }
const admin = () => signalbox.current.admin
const noOp = { event_type: 'LINK_ARTIFACT', action: { type: 'no_op' } }

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
  webhook = await signalbox.current.makeWebhook()
  await admin().must('POST', `/collections/${place.portfolio}/automations`, { name: 'on the collection', ...noOp })
  await admin().must('POST', `/projects/${place.registry}/automations`, { name: 'on the registry', ...noOp })
  await admin().must('POST', '/projects/demo/automations', {
    name: 'on the project',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: webhook.id },
  })
  await admin().must('POST', '/teams/vision/automations', { name: 'on the team', ...noOp })
  await admin().must('POST', '/teams/acme/automations', { name: 'on the organization', ...noOp })
  await admin().must('POST', '/organizations/acme/people', { name: 'colleague', password: 'correct horse battery' })
  const { key } = await admin().must<{ key: string }>('POST', '/sign-in', {
    name: 'colleague',
    password: 'correct horse battery',
  })
  colleague = signalbox.current.as(key)
})

async function names(asker: Client, query = ''): Promise<string[]> {
  const { items } = await asker.must<{ items: { name: string }[] }>('GET', `/automations?${query}`)
  return items.map(({ name }) => name)
}

test('lists automations of every scope, newest first, in pages', async () => {
  const all = ['on the organization', 'on the team', 'on the project', 'on the registry', 'on the collection']
  expect(await names(admin())).toEqual(all)
  const first = await admin().must('GET', '/automations?limit=2')
  expect(await names(admin(), `limit=100&cursor=${first['next']}`)).toEqual(all.slice(2))
})

test.each([
  ['name', ['on the collection', 'on the organization', 'on the project', 'on the registry', 'on the team']],
  ['-name', ['on the team', 'on the registry', 'on the project', 'on the organization', 'on the collection']],
  ['created', ['on the collection', 'on the registry', 'on the project', 'on the team', 'on the organization']],
])('sorted by %s, the pages go on where the one before ended', async (sort, all) => {
  const pages: string[][] = []
  let cursor = ''
  do {
    const page = await admin().must<{ items: { name: string }[]; next: string | null }>(
      'GET',
      `/automations?sort=${sort}&limit=2${cursor}`,
    )
    pages.push(page.items.map(({ name }) => name))
    cursor = page.next === null ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  expect(pages).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4)])
})

test('shows everybody only what they may read, as each scope alone would', async () => {
  const seen = await names(colleague)
  expect(seen).toEqual(['on the organization', 'on the registry', 'on the collection'])
  await admin().must('PATCH', `/registries/${place.registry}`, { visibility: 'restricted' })
  expect(await names(colleague)).toEqual(['on the organization'])
  await admin().must('PUT', `/registries/${place.registry}/grants/colleague`, { role: 'viewer' })
  expect(await names(colleague)).toEqual(seen)
})

test.each(['admin', 'member', 'viewer'])(
  'tells a %s of the team which they may change, and is right: every other change is refused',
  async (role) => {
    const path = '/teams/vision/members/colleague'
    await admin().must('PUT', path, { role })
    for (const automationsByMembers of [true, false]) {
      await admin().must('PATCH', '/projects/demo', { automations_by_members: automationsByMembers })
      const { items } = await colleague.must<{ items: Record<string, any>[] }>('GET', '/automations')
      expect(items.map(({ name }) => name)).toContain('on the project')
      for (const { id, may_change: mayChange, revision, enabled } of items) {
        expect(await colleague.must('GET', `/automations/${id}`)).toMatchObject({ may_change: mayChange })
        const { status } = await colleague.call('PATCH', `/automations/${id}`, { revision, enabled })
        expect(status).toBe(mayChange ? 200 : 403)
      }
    }
    const { items } = await colleague.must<{ items: Record<string, any>[] }>('GET', '/teams/vision/automations')
    expect(items.map((item) => item['may_change'])).toEqual([role !== 'viewer'])
    await admin().must('PATCH', '/projects/demo', { automations_by_members: true })
    await admin().must('DELETE', path)
  },
)

test('is narrowed down by the place where they stand, a project with its collections', async () => {
  expect(await names(admin(), `scope=${place.registry}`)).toEqual(['on the registry', 'on the collection'])
  expect(await names(admin(), `scope=${place.portfolio}`)).toEqual(['on the collection'])
  expect(await names(admin(), 'scope=vision/demo')).toEqual(['on the project'])
  expect(await names(admin(), 'scope=vision')).toEqual(['on the team'])
  expect((await colleague.call('GET', '/automations?scope=vision/demo')).status).toBe(404)
  expect((await admin().call('GET', '/automations?scope=a/b/c/d')).status).toBe(404)
})

test('is narrowed down by state, which is the one that each automation tells', async () => {
  await makeOneOfEachTrouble()
  const { items } = await admin().must<{ items: Automation[] }>('GET', '/automations?limit=100')
  const told = Object.groupBy(items, automationStateOf)
  for (const state of automationStates) {
    expect(told[state]?.length, state).toBeGreaterThan(0)
    expect(await names(admin(), `limit=100&state=${state}`)).toEqual(told[state]?.map(({ name }) => name))
  }
  for (const { id, name } of items) if (name.startsWith('troubled')) await admin().must('DELETE', `/automations/${id}`)
})

/** Off, paused, and misconfigured in every way there is. */
async function makeOneOfEachTrouble(): Promise<void> {
  const make = async (name: string, more: Record<string, unknown> = noOp.action) =>
    (
      await admin().must('POST', '/teams/vision/automations', {
        ...noOp,
        name: `troubled: ${name}`,
        action: more,
      })
    )['id'] as string
  await admin().must('POST', `/automations/${await make('off')}/disable`)
  await admin().must('POST', `/automations/${await make('paused')}/pause`)
  for (const name of ['HELD', 'TAKEN']) await admin().must('POST', '/teams/vision/secrets', { name, value: 'x' })
  const hook = (granted: string[]) => signalbox.current.makeWebhook({ granted_secrets: granted })
  const send = (to: { id: string }, template = '') => ({ type: 'webhook', webhook: to.id, template })
  const [gone, ungranted, deleted] = [await hook(['HELD']), await hook(['TAKEN']), await hook([])]
  await make('secret gone', send(gone))
  await make('grant taken away', send(ungranted, '{"t": "${TAKEN}"}'))
  await admin().must('POST', `/automations/${await make('webhook deleted', send(deleted))}/disable`)
  await admin().must('DELETE', '/teams/vision/secrets/HELD?force=true')
  const { revision } = await admin().must('GET', `/webhooks/${ungranted.id}`)
  await admin().must('PATCH', `/webhooks/${ungranted.id}?force=true`, { revision, granted_secrets: [] })
  await admin().must('DELETE', `/webhooks/${deleted.id}?force=true`)
}

test('is narrowed down by name, event type, webhook, team and who made it', async () => {
  expect(await names(admin(), 'text=THE%20TEAM')).toEqual(['on the team'])
  expect(await names(admin(), 'text=%25')).toEqual([])
  expect(await names(admin(), 'event_type=CUSTOM')).toEqual(['on the project'])
  expect(await names(admin(), `webhook=${webhook.id}`)).toEqual(['on the project'])
  expect(await names(admin(), 'team=vision')).toEqual(['on the team', 'on the project'])
  expect((await colleague.call('GET', '/automations?team=vision')).status).toBe(404)
  expect(await names(admin(), 'mine=true&text=registry')).toEqual(['on the registry'])
  expect(await names(colleague, 'mine=true')).toEqual([])
})

test('a team’s are those that send to its webhooks too, wherever they stand', async () => {
  const action = { type: 'webhook', webhook: webhook.id }
  const { id } = await admin().must('POST', `/projects/${place.registry}/automations`, {
    ...noOp,
    name: 'from the registry to the team',
    action,
  })
  expect(await names(admin(), 'team=vision&text=registry')).toEqual(['from the registry to the team'])
  await admin().must('DELETE', `/automations/${id}`)
  expect(await names(admin(), 'team=vision&text=registry')).toEqual([])
})

test('tells the delivery of each that ended last', async () => {
  const before = await admin().must('GET', '/automations?event_type=CUSTOM')
  expect(before['items'][0]['last_delivery']).toBeNull()
  for (let made = 0; made < 2; made++) await signalbox.current.ended((await signalbox.current.record()).id)
  const [newest] = (await admin().must('GET', `/deliveries?webhook=${webhook.id}&limit=1`))['items']
  const after = await admin().must('GET', '/automations?event_type=CUSTOM')
  expect(after['items'][0]['last_delivery']).toMatchObject({ id: newest['id'], state: 'succeeded' })
})

test('sorted by last delivery, the pages go on where the one before ended, those without one at one end', async () => {
  const { id: other } = await admin().must('POST', '/teams/acme/automations', {
    name: 'fired first',
    event_type: 'CUSTOM',
    filter: { name: 'early' },
    action: { type: 'no_op' },
  })
  await signalbox.current.ended((await signalbox.current.record({ name: 'early' })).id)
  await signalbox.current.ended((await signalbox.current.record()).id)
  const silent = ['on the organization', 'on the team', 'on the registry', 'on the collection']
  const latestFirst = ['on the project', 'fired first', ...silent]
  for (const [sort, all] of [
    ['-last_delivery', latestFirst],
    ['last_delivery', latestFirst.toReversed()],
  ] as const) {
    const found: string[] = []
    for (let cursor = ''; ;) {
      const page = await admin().must<{ items: { name: string }[]; next: string | null }>(
        'GET',
        `/automations?sort=${sort}&limit=1${cursor}`,
      )
      found.push(...page.items.map(({ name }) => name))
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(found).toEqual(all)
  }
  await admin().must('DELETE', `/automations/${other}`)
})

test.each([
  ['sort=last', '#/query/sort'],
  ['state=odd', '#/query/state'],
  ['sort=-last_delivery&cursor=whk_1', '#/query/cursor'],
])('%s is refused at its place', async (query, pointer) => {
  const { status, body } = await admin().call('GET', `/automations?${query}`)
  expect([status, body['type'], body['errors'][0].pointer]).toEqual([
    422,
    expect.stringContaining('request-invalid'),
    pointer,
  ])
})

test('leaves out what was deleted with its project', async () => {
  await admin().must('POST', '/projects', { team: 'vision', name: 'gone' })
  await admin().must('POST', '/projects/gone/automations', { name: 'on what is gone', ...noOp })
  expect(await names(admin(), 'text=gone')).toEqual(['on what is gone'])
  await admin().must('DELETE', '/projects/gone')
  expect(await names(admin(), 'text=gone')).toEqual([])
})
