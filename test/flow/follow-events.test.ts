import pg from 'pg'
import { expect, test } from 'vitest'
import { makeUuid } from '../../src/server/base/ids.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

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

/**
 * Reads on until `count` events have come. A page may be empty for a moment although something was recorded: while any
 * transaction on the server is open that began before.
 */
async function readOn(cursor: string | undefined, count: number): Promise<Page> {
  const items: { readonly id: string }[] = []
  let at = cursor
  await waitFor(
    `${count} events`,
    async () => {
      const page = await follow(at, 7)
      items.push(...page.items)
      at = page.next
      return items.length >= count
    },
    90_000,
  )
  return { items, next: at! }
}

/** Where the stream ends now: a page that begins behind everything recorded so far. */
async function streamEnd(): Promise<string> {
  const { id } = await signalbox.current.record({ name: 'the last so far' })
  let at: string | undefined
  await waitFor(
    'the end of the stream',
    async () => {
      const page = await follow(at, 7)
      at = page.next
      return page.items.at(-1)?.id === id
    },
    90_000,
  )
  return at!
}

test('who comes back with next gets every event once, in pages of any size', async () => {
  const { record } = signalbox.current
  const next = await streamEnd()
  const made: string[] = []
  for (let index = 0; index < 25; index++) made.push((await record({ name: 'followed' })).id)
  const page = await readOn(next, made.length)
  expect(page.items.map(({ id }) => id)).toEqual(made)
  expect((await follow(page.next)).items).toEqual([])
})

test('an event whose transaction began early and commits late comes late, and is not passed over', async () => {
  const { record, databaseUrl } = signalbox.current
  const next = await streamEnd()
  const slow = new pg.Client({ connectionString: databaseUrl })
  await slow.connect()
  let quick: { readonly id: string }
  try {
    // A transaction that has a number and is still open when a later one commits.
    await slow.query('begin')
    await slow.query('select pg_current_xact_id()')
    quick = await record({ name: 'quick' })
    expect((await follow(next)).items).toEqual([])
    await slow.query(
      `insert into events(id, type, subject, subject_seq, entity_id, project_id, rules, reach, data)
       select $1, type, subject, subject_seq, entity_id, project_id, rules, reach, data from events order by tx desc limit 1`,
      [makeUuid(new Date())],
    )
    await slow.query('commit')
  } finally {
    await slow.end()
  }
  const { items } = await readOn(next, 2)
  expect(items).toHaveLength(2)
  expect(items.map(({ id }) => id)).toContain(quick.id)
})

test('many writers and one reader: nothing is lost and nothing comes twice', async () => {
  const { record } = signalbox.current
  const start = await streamEnd()
  const made: string[] = []
  let writing = true
  const writers = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let index = 0; index < 30; index++) made.push((await record({ name: 'crowd' })).id)
    }),
  ).then(() => (writing = false))
  const seen: string[] = []
  let at = start
  while (writing) {
    const page = await follow(at, 10)
    seen.push(...page.items.map(({ id }) => id))
    at = page.next
  }
  await writers
  seen.push(...(await readOn(at, made.length - seen.length)).items.map(({ id }) => id))
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
