import { beforeAll, expect, test } from 'vitest'
import { limits } from '../../src/server/base/limits.ts'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()
const admin = () => signalbox.current.admin
let first: string
let fired: string
let last: string

interface Listed {
  readonly items: readonly Record<string, any>[]
  readonly next: string | null
}
const list = (query = '') => admin().must<Listed>('GET', `/projects/demo/events?${query}`)
const ids = async (query = '') => (await list(query)).items.map(({ id }) => id as string)

beforeAll(async () => {
  const { makeWebhook, makeAutomation, record } = signalbox.current
  const { id: webhook } = await makeWebhook()
  await makeAutomation(webhook, { filter: { name: 'wanted' } })
  first = (await record()).id
  fired = (await record({ name: 'wanted' })).id
  const collection = { name: 'churn-model', type: 'model' }
  await admin().must('POST', '/projects/demo/collections', collection)
  last = (await ids())[0]!
})

test('a project’s events are listed newest first, and narrowed down by type, author, time and what came of them', async () => {
  expect(await ids()).toEqual([last, fired, first])
  expect(await ids('type=CREATE_COLLECTION')).toEqual([last])
  expect(await ids('type=CUSTOM&author=ada')).toEqual([fired, first])
  expect(await ids('author=nobody')).toEqual([])
  expect(await ids('result=fired')).toEqual([fired])
  expect(await ids('result=none')).toEqual([last, first])
  const { at } = await admin().must('GET', `/events/${fired}`)
  expect(await ids(`after=${at}&type=CUSTOM`)).toContain(fired)
  expect(await ids(`before=${at}`)).not.toContain(fired)
  expect(await ids('after=2999-01-01T00:00:00Z')).toEqual([])
})

test('pages of what was searched for hang together', async () => {
  const page = await list('type=CUSTOM&limit=1')
  expect(page.items.map(({ id }) => id)).toEqual([fired])
  expect(await ids(`type=CUSTOM&limit=1&cursor=${page.next}`)).toEqual([first])
})

test('whatever cannot be meant is refused by its place, all at once', async () => {
  const { status, body } = await admin().call('GET', '/projects/demo/events?type=custom&result=maybe&after=noon&of=me')
  expect(status).toBe(422)
  expect(body['errors'].map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual(
    ['after', 'of', 'result', 'type'].map((name) => `#/query/${name}`),
  )
})

test('a search looks at a bounded number of events, and goes on from there', async () => {
  const events = Array.from({ length: 1000 }, () => ({ name: 'noise' }))
  for (let sent = 0; sent <= limits.eventScanMax; sent += events.length)
    await admin().must('POST', '/projects/demo/events/batch', { events })
  const page = await list('result=fired')
  expect(page).toEqual({ items: [], next: expect.any(String) })
  expect(await list(`result=fired&cursor=${page.next}`)).toEqual({
    items: [expect.objectContaining({ id: fired })],
    next: null,
  })
})

test('an automation that is asked for is judged in reach or not: in another place, or made later', async () => {
  const judged = async (event: string, automation: string) => {
    const { judgements } = await admin().must('GET', `/events/${event}/explanation?automation=${automation}`)
    return judgements.filter((one: { automation: string }) => one.automation === automation)
  }
  const { id: webhook } = await signalbox.current.makeWebhook()
  const later = (await signalbox.current.makeAutomation(webhook, { filter: { name: 'wanted' } }))['id']
  expect(await judged(fired, later)).toMatchObject([
    { verdict: 'created-later', reason: 'it was created after the event', delivery: null },
  ])
  await admin().must('POST', '/projects', { team: 'vision', name: 'elsewhere' })
  const elsewhere = await admin().must('POST', '/projects/elsewhere/automations', {
    name: 'of elsewhere',
    event_type: 'CUSTOM',
    action: { type: 'no_op' },
  })
  const { id } = await signalbox.current.record({ name: 'wanted' })
  expect(await judged(id, elsewhere['id'])).toMatchObject([
    { verdict: 'out-of-reach', reason: expect.stringMatching(/^it watches project .*elsewhere, where this did not/) },
  ])
  expect(await judged(id, later)).toMatchObject([{ verdict: 'fired' }])
  expect((await admin().call('GET', `/events/${id}/explanation?automation=aut_999999`)).status).toBe(404)
})

test('around an event stand the values of its variables, and its neighbors in the same collection or project', async () => {
  const around = (id: string) => admin().must('GET', `/events/${id}/surroundings`)
  const custom = await around(fired)
  expect(Object.fromEntries(custom['variables'].map(({ name, value }: any) => [name, value]))).toMatchObject({
    event_type: 'CUSTOM',
    event_author: 'ada',
    event_id: fired,
    event_name: 'wanted',
    event_data: {},
    project_name: 'demo',
  })
  expect(custom['variables'].map(({ name }: { name: string }) => name)).not.toContain('alias')
  expect(custom['before'].map(({ id }: { id: string }) => id)).toEqual([first])
  expect(custom['after'][0].id).toBe(last)
  expect(custom['after'].length).toBeLessThanOrEqual(limits.neighborsShown)
  const { id: other } = await admin().must('POST', '/projects/demo/collections', { name: 'other', type: 'model' })
  const [created] = (await list('type=CREATE_COLLECTION&limit=1')).items
  await admin().must('PATCH', `/collections/${other}`, { name: 'renamed' })
  const ofCollection = await around(created!['id'])
  expect(ofCollection['before']).toEqual([])
  expect(ofCollection['after'].map(({ type }: { type: string }) => type)).toEqual(['RENAME_COLLECTION'])
  expect((await admin().call('GET', '/events/evt_00000000000000000000000000/surroundings')).status).toBe(404)
})
