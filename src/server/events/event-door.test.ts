import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { makeLoopGuard } from '../automations/loop-guard.ts'
import { makeRuleMemory } from '../automations/rule-memory.ts'
import { systemClock } from '../base/clock.ts'
import { makeUuid } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { endOfTurn, later } from '../base/timers.ts'
import type { Database } from '../database/database.ts'
import { makeLaneBook } from '../deliveries/lanes/lane-book.ts'
import { makeEventDoor, type DoorEvent, type EventDoor } from './event-door.ts'

const database = useDatabase()

function anEvent(subject: string, key?: string): DoorEvent {
  const at = systemClock.now()
  const id = makeUuid(at)
  const place = { projectId: 1, project: 'p', entityId: 1, entity: 'e', organizationEntityId: null }
  return {
    snapshot: { id, type: 'CUSTOM', at, author: null, places: [place], facts: { name: 'n', subject, data: {} } },
    subject,
    entityId: 1,
    projectId: 1,
    actorId: null,
    ...(key === undefined ? {} : { key: { scopeId: 1, key, eventId: id, fingerprint: Buffer.from(subject) } }),
  }
}

/** A door over the real database, and how many transactions it took. */
function aDoor(wait = later): { door: EventDoor; transactions: () => number } {
  let transactions = 0
  const db: Database = {
    ...database.db,
    tx: (fn) => {
      transactions += 1
      return database.db.tx(fn)
    },
  }
  const recorder = {
    clock: systemClock,
    memory: makeRuleMemory(),
    guard: makeLoopGuard(),
    onLoop: () => {},
    book: makeLaneBook(systemClock),
    onRecorded: () => {},
    handOver: () => {},
    wake: () => {},
  }
  return { door: makeEventDoor({ db, recorder, later: wait }), transactions: () => transactions }
}

async function isRecorded(event: DoorEvent): Promise<boolean> {
  return (await database.db.query('select 1 from events where id = $1', [event.snapshot.id])).length === 1
}

test('callers that come together share transactions, and each hears of its own event', async () => {
  const { door, transactions } = aDoor()
  const events = Array.from({ length: 300 }, (_, index) => anEvent(`shared ${index}`))
  const accepted = await Promise.all(events.map((event) => door.record(event)))
  expect(accepted.map(({ eventId }) => eventId)).toEqual(events.map(({ snapshot }) => snapshot.id))
  expect(transactions()).toBeLessThanOrEqual(4)
  expect((await Promise.all(events.map(isRecorded))).every(Boolean)).toBe(true)
})

test('callers who were answered together are waited for when they come again; who comes alone is not', async () => {
  const waits: (() => void)[] = []
  const { door, transactions } = aDoor((_ms, fn) => {
    waits.push(fn)
    return () => {}
  })
  const record = (subject: string) => door.record(anEvent(subject))
  await record('alone')
  await endOfTurn()
  await record('alone again')
  expect([transactions(), waits.length]).toEqual([2, 0])

  await endOfTurn()
  const together = ['one', 'two', 'three', 'four'].map(record)
  await Promise.all(together)
  expect(transactions()).toBe(4)
  await endOfTurn()
  const again = record('five')
  expect(transactions()).toBe(4)
  await Promise.all([again, record('six'), record('seven')])
  expect(transactions()).toBe(5)

  await endOfTurn()
  const late = record('eight')
  expect(transactions()).toBe(5)
  waits.at(-1)!()
  await late
  expect(transactions()).toBe(6)
})

test('an event that the database cannot keep fails its own caller, and nobody else', async () => {
  const { door } = aDoor()
  const events = Array.from({ length: 21 }, (_, index) => anEvent(index === 13 ? 'a NUL\0' : `honest ${index}`))
  // The first goes alone, so that the others gather behind it.
  const settled = await Promise.allSettled(events.map((event) => door.record(event)))
  expect(settled.map(({ status }) => status)).toEqual(
    events.map((_, index) => (index === 13 ? 'rejected' : 'fulfilled')),
  )
  expect(await Promise.all(events.map(isRecorded))).toEqual(events.map((_, index) => index !== 13))
})

test('two callers that bring the same key at the same moment get the same event, recorded once', async () => {
  const { door } = aDoor()
  const events = [anEvent('same'), anEvent('twin', 'key'), anEvent('twin', 'key'), anEvent('other', 'key')]
  const accepted = await Promise.all(events.map((event) => door.record(event)))
  expect(accepted.map(({ kind }) => kind)).toEqual(['recorded', 'recorded', 'repeated', 'key-taken'])
  expect(new Set(accepted.slice(1).map(({ eventId }) => eventId)).size).toBe(1)
  expect(await Promise.all(events.map(isRecorded))).toEqual([true, true, false, false])
})

test('a batch that takes several statements is numbered on in its order, before whatever comes after it', async () => {
  const { door } = aDoor()
  const events = Array.from({ length: 600 }, (_, index) => anEvent(`numbered ${index}`))
  await door.recordTogether(events)
  const next = anEvent('the next one')
  await door.record(next)
  const ids = [...events, next].map(({ snapshot }) => snapshot.id)
  const rows = await database.db.query<{ seq: number }>(
    `select subject_seq as seq from unnest($1::uuid[]) with ordinality as a(id, place) join events using (id) order by place`,
    [ids],
  )
  const numbers = rows.map(({ seq }) => seq)
  const [first] = numbers
  expect(numbers.slice(0, 600)).toEqual(events.map((_, index) => first! + index))
  expect(numbers[600]).toBeGreaterThan(numbers[599]!)
})

test('what waits is bounded: beyond it callers are told to come again', async () => {
  const { door } = aDoor()
  const many = Array.from({ length: limits.sharedCommitWaitingMax + 600 }, (_, index) =>
    door.record(anEvent(`many ${index}`)),
  )
  const refused = (await Promise.allSettled(many)).filter(({ status }) => status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({ reason: { type: 'unavailable' } })
})
