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
