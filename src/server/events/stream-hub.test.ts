import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { makeTeam } from '../../../test/support/team.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { systemActor } from '../access/context.ts'
import { systemClock } from '../base/clock.ts'
import { makeUuid } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { silentLog } from '../base/log.ts'
import type { Database } from '../database/database.ts'
import { beforeTransaction, parseCursor } from './stream-cursor.ts'
import { makeStreamHub, type StreamReader } from './stream-hub.ts'
import { selectStreamEnd } from './stream-store.ts'

const database = useDatabase()

/** Nothing comes while a transaction of anybody on the server is open that began before; other tests have some. */
const patienceMs = 90_000

/** A hub whose timers go off when the test says so. */
function startHub() {
  const timers = new Set<{ readonly ms: number; readonly fn: () => void }>()
  let statements = 0
  let underWay = 0
  const db: Database = {
    ...database.db,
    query: (statement, values) => {
      statements += 1
      underWay += 1
      return database.db.query<never>(statement, values).finally(() => (underWay -= 1))
    },
  }
  const later = (ms: number, fn: () => void): (() => void) => {
    const timer = { ms, fn }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const hub = makeStreamHub({ db, clock: systemClock, log: silentLog, later, lookMs: 1, beatMs: 2 })
  const goOff = (ms: number): void => {
    for (const timer of timers)
      if (timer.ms <= ms && timer.ms !== 2) {
        timers.delete(timer)
        timer.fn()
      }
  }
  return { hub, timers, goOff, statements: () => statements, isAtRest: () => timers.size === 0 && underWay === 0 }
}

function startReader(
  isOwn: (subject: string) => boolean,
): StreamReader & { readonly taken: string[]; readonly cursors: string[]; isOver: boolean } {
  const taken: string[] = []
  const cursors: string[] = []
  const reader = {
    taken,
    cursors,
    isOver: false,
    begin: (cursor: string) => void cursors.push(cursor),
    take({ data }: { readonly data: string }, cursor: string) {
      const { subject } = JSON.parse(data) as { subject: string }
      // What an earlier test recorded is behind the horizon only once everybody's older transactions have ended.
      if (isOwn(subject)) taken.push(subject)
      cursors.push(cursor)
      return true
    },
    beat: (cursor: string) => void cursors.push(cursor),
    isFull: () => false,
    drained: () => Promise.resolve(),
    authenticate: () => Promise.resolve(systemActor),
    end: () => void (reader.isOver = true),
  }
  return reader
}

const everything = { actor: systemActor, filter: { entityId: undefined, projectId: undefined } } as const

async function now() {
  const { generation, horizon } = await selectStreamEnd(database.db)
  return { ...everything, isNow: true, from: { generation, ...beforeTransaction(horizon) } }
}

async function happen(...subjects: readonly string[]): Promise<void> {
  const { teamId, projectId } = await makeTeam(database.db)
  for (const subject of subjects)
    await database.db.query(
      `insert into events(id, type, subject, subject_seq, entity_id, project_id, rules, reach, data)
       values ($1, 'CUSTOM', $2, 1, $3::bigint, $4::bigint, '{}', '{}', json_build_object('author', null, 'facts', json_build_object(), 'places',
         json_build_array(json_build_object('projectId', $4::bigint, 'entityId', $3::bigint, 'organizationEntityId', null))))`,
      [makeUuid(new Date()), subject, teamId, projectId],
    )
}

test('while nobody reads there is no statement and no timer, before and after', async () => {
  const { hub, timers, goOff, statements, isAtRest } = startHub()
  expect([timers.size, statements()]).toEqual([0, 0])
  const own = (subject: string) => subject === 'seen' || subject === 'unseen'
  const readers = [startReader(own), startReader(own)]
  const stops: (() => void)[] = []
  for (const reader of readers) stops.push(hub.open(await now(), reader))
  await happen('seen')
  await waitFor(
    'both readers',
    () => {
      goOff(1)
      return readers.every(({ taken }) => taken.length === 1)
    },
    patienceMs,
  )
  for (const stop of stops) stop()
  await waitFor('the last look to end', isAtRest)
  const before = statements()
  await happen('unseen')
  expect([timers.size, statements()]).toEqual([0, before])
  expect(readers.map(({ taken }) => taken)).toEqual([['seen'], ['seen']])
})

test('however many read, a look is made once for all of them', async () => {
  const { hub, timers, goOff, statements } = startHub()
  const readers = Array.from({ length: 4 }, () => startReader((subject) => subject === 'for all'))
  const from = await now()
  const stops = readers.map((reader) => hub.open(from, reader))
  await happen('for all')
  await waitFor(
    'all readers',
    () => {
      goOff(1)
      return readers.every(({ taken }) => taken.length === 1)
    },
    patienceMs,
  )
  const isLooking = () => [...timers].every(({ ms }) => ms !== 1)
  await waitFor('the look to end', () => !isLooking())
  const before = statements()
  goOff(1)
  await waitFor('the next look', () => !isLooking())
  // One for the horizon, and two for the tables when it has moved.
  expect([1, 3]).toContain(statements() - before)
  for (const stop of stops) stop()
})

test('whoever joins with any cursor, while the looks go on, gets what stands behind it once and in order', async () => {
  const { hub, goOff } = startHub()
  const own = (subject: string) => /^\d+$/.test(subject)
  const first = startReader(own)
  const stops = [hub.open(await now(), first)]
  const subjects = Array.from({ length: 12 }, (_, index) => `${index}`)
  const readers: { readonly reader: ReturnType<typeof startReader>; readonly expected: readonly string[] }[] = []
  for (const subject of subjects) {
    await happen(subject)
    goOff(1)
    const cursor = first.cursors.at(-1)!
    const reader = startReader(own)
    if (stops.length === limits.streamsPerActorMax) stops.splice(1, 1)[0]!()
    const expected = subjects.slice(first.taken.length)
    stops.push(hub.open({ ...everything, isNow: false, from: parseCursor(cursor)! }, reader))
    readers.push({ reader, expected })
  }
  await waitFor(
    'everybody who stayed',
    () => {
      goOff(1)
      return [first, ...readers.slice(-3).map(({ reader }) => reader)].every(({ taken }) => taken.at(-1) === '11')
    },
    patienceMs,
  )
  expect(first.taken).toEqual(subjects)
  for (const { reader, expected } of readers) expect(reader.taken).toEqual(expected.slice(0, reader.taken.length))
  for (const stop of stops) stop()
})
