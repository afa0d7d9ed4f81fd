import pg from 'pg'
import { expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()

interface Page {
  readonly items: { readonly id: string }[]
  readonly next: string
}

const follow = (cursor?: string, limit = 100) =>
  signalbox.current.admin.must<Page>(
    'GET',
    `/teams/vision/events?limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`,
  )

/** Reads on until nothing is new. */
async function readOn(cursor?: string): Promise<Page> {
  const items: Page['items'] = []
  for (let at = cursor; ;) {
    const page = await follow(at, 7)
    items.push(...page.items)
    at = page.next
    if (page.items.length === 0) return { items, next: at }
  }
}

test('who comes back with next gets every event once, in pages of any size', async () => {
  const { record } = signalbox.current
  const { next } = await readOn()
  const made: string[] = []
  for (let index = 0; index < 25; index++) made.push((await record({ name: 'followed' })).id)
  const page = await readOn(next)
  expect(page.items.map(({ id }) => id)).toEqual(made)
  expect((await follow(page.next)).items).toEqual([])
})

test('an event whose transaction began early and commits late comes late, and is not passed over', async () => {
  const { record, databaseUrl } = signalbox.current
  const slow = new pg.Client({ connectionString: databaseUrl })
  await slow.connect()
  const { next } = await readOn()
  // A transaction that has a number and is still open when a later one commits.
  await slow.query('begin')
  await slow.query('select pg_current_xact_id()')
  const quick = await record({ name: 'quick' })
  expect((await follow(next)).items).toEqual([])
  await slow.query(
    `insert into events(id, type, subject, subject_seq, entity_id, project_id, rules, reach, data)
     select gen_random_uuid(), type, subject, subject_seq, entity_id, project_id, rules, reach, data from events order by tx desc limit 1`,
  )
  await slow.query('commit')
  await slow.end()
  const { items } = await readOn(next)
  expect(items).toHaveLength(2)
  expect(items.map(({ id }) => id)).toContain(quick.id)
})

test('many writers and one reader: nothing is lost and nothing comes twice', async () => {
  const { record } = signalbox.current
  const start = await readOn()
  const made: string[] = []
  let writing = true
  const writers = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let index = 0; index < 30; index++) made.push((await record({ name: 'crowd' })).id)
    }),
  ).then(() => (writing = false))
  const seen: string[] = []
  let at = start.next
  while (writing) {
    const page = await follow(at, 10)
    seen.push(...page.items.map(({ id }) => id))
    at = page.next
  }
  await writers
  seen.push(...(await readOn(at)).items.map(({ id }) => id))
  expect(seen.toSorted()).toEqual(made.toSorted())
})

test('a cursor that is none is refused, and so is one from before a restore', async () => {
  const { admin } = signalbox.current
  const refused = await admin.call('GET', '/teams/vision/events?cursor=nonsense')
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/query/cursor' }] } })
  const elsewhere = Buffer.from(`${'0'.repeat(32)}.1.00000000-0000-0000-0000-000000000000`).toString('base64url')
  expect(await admin.call('GET', `/teams/vision/events?cursor=${elsewhere}`)).toMatchObject({
    status: 409,
    body: { type: '/problems/stream-restored' },
  })
})
