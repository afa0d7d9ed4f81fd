import { expect, test } from 'vitest'
import { useRoomApp } from '../support/room-app.ts'

const app = useRoomApp()

async function make(name: string) {
  const { ask, team } = app
  const path = `/projects/${encodeURIComponent(team.project)}/automations`
  const { status, body } = await ask(team.member, 'POST', path, {
    name,
    event_type: 'CUSTOM',
    filter: { name: 'a' },
    action: { type: 'no_op' },
  })
  expect(status).toBe(201)
  return `/automations/${body.id}`
}

test('revisions tell what it said before, who changed it and when, newest first', async () => {
  const { ask, team } = app
  const automation = await make('first name')
  await ask(team.member, 'PATCH', automation, { revision: 1, filter: { b: 1, a: 2 } }).then(
    // An unknown field is refused, and makes no revision.
    ({ status }) => expect(status).toBe(422),
  )
  await ask(team.admin, 'PATCH', automation, { revision: 1, name: 'second name', description: 'why' })
  await ask(team.member, 'POST', `${automation}/disable`)
  await ask(team.member, 'POST', `${automation}/pause`)
  const { body } = await ask(team.viewer, 'GET', `${automation}/revisions`)
  const { items, next } = body as unknown as { items: Record<string, unknown>[]; next: string | null }
  expect(next).toBeNull()
  expect(items).toMatchObject([
    { revision: 4, enabled: false, paused_reason: expect.any(String), name: 'second name' },
    { revision: 3, enabled: false, paused_reason: null, name: 'second name' },
    { revision: 2, enabled: true, name: 'second name', description: 'why' },
    {
      revision: 1,
      enabled: true,
      name: 'first name',
      description: null,
      event_type: 'CUSTOM',
      filter: { name: 'a' },
      action: { type: 'no_op' },
      fires_per_minute_max: 60,
    },
  ])
  const [fourth, third, second, first] = items.map(({ by }) => by)
  expect([fourth, third, first]).toEqual([third, third, third])
  expect(second).not.toBe(third)
  expect(Date.parse(String(items[0]!['at']))).toBeGreaterThanOrEqual(Date.parse(String(items[3]!['at'])))
})

test('they come in pages, and a cursor that no page ended with is refused', async () => {
  const { ask, team } = app
  const automation = await make('in pages')
  for (const verb of ['disable', 'enable']) await ask(team.member, 'POST', `${automation}/${verb}`)
  const page = async (query: string) => {
    const { body } = await ask(team.viewer, 'GET', `${automation}/revisions?${query}`)
    return body as unknown as { items: { revision: number }[]; next: string | null }
  }
  const first = await page('limit=2')
  expect([first.items.map(({ revision }) => revision), first.next]).toEqual([[3, 2], '2'])
  const last = await page('limit=2&cursor=2')
  expect([last.items.map(({ revision }) => revision), last.next]).toEqual([[1], null])
  for (const cursor of ['0', 'aut_1', '1e3', '99999999999'])
    expect((await ask(team.viewer, 'GET', `${automation}/revisions?cursor=${cursor}`)).status).toBe(422)
})

test('who may not read the automation finds no revisions, and neither does anybody once it is deleted', async () => {
  const { ask, team } = app
  const automation = await make('to be deleted')
  expect((await ask(team.stranger, 'GET', `${automation}/revisions`)).status).toBe(404)
  await ask(team.member, 'DELETE', automation)
  expect((await ask(team.member, 'GET', `${automation}/revisions`)).status).toBe(404)
})

test('a revision that an earlier process wrote has the present name', async () => {
  const { ask, team, db } = app
  const automation = await make('of old')
  await db.query('update automation_revisions set name = null where automation_id = $1', [
    Number(automation.split('_').at(-1)),
  ])
  const { body } = await ask(team.viewer, 'GET', `${automation}/revisions`)
  expect(body).toMatchObject({ items: [{ name: 'of old', description: null }] })
})
