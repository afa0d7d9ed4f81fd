import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { enqueue, insertWebhook } from '../../../test/support/queue-rows.ts'
import { readFigures, type Figures } from '../../../test/support/read-metrics.ts'
import { makeTurnedClock } from '../../../test/support/turned-clock.ts'
import type { Database } from '../database/database.ts'
import { makeLaneBook } from '../deliveries/lanes/lane-book.ts'
import { makeMetrics } from './make-metrics.ts'

const database = useDatabase()

function startMetrics(changes: Partial<Database> = {}) {
  const clock = makeTurnedClock()
  let statements = 0
  const db: Database = {
    ...database.db,
    query: (statement, values) => {
      statements += 1
      return database.db.query<never>(statement, values)
    },
    ...changes,
  }
  const metrics = makeMetrics({ db, book: makeLaneBook(clock), clock, version: '1.2.3' })
  const read = async (): Promise<Figures> => readFigures(await metrics.read())
  return { metrics, clock, read, statements: () => statements }
}

const state = (name: string): string => `signalbox_backlog_deliveries{state="${name}"}`

test('what waits is told by its state, and how long the oldest of it has been due; what a pause holds is not late', async () => {
  const { db } = database
  const { clock, read } = startMetrics()
  const empty = await read()
  expect(empty.get('signalbox_backlog_oldest_due_seconds')).toBe(0)

  const [webhook, paused] = [await insertWebhook(db), await insertWebhook(db)]
  const [late] = await enqueue(db, webhook, {}, {}, {})
  const [later, held, sending] = await enqueue(db, webhook, {}, {}, {})
  const [alsoLate] = await enqueue(db, paused, {})
  await db.query(`update queue set due_at = now() - interval '100 s' where id = $1`, [late])
  await db.query(`update queue set due_at = now() + interval '1 hour', lane = 1 where id = $1`, [later])
  await db.query(`update queue set state = 2 where id = $1`, [held])
  await db.query(`update queue set state = 1, claim_id = 1, claimed_by = 1, claimed_at = now() where id = $1`, [
    sending,
  ])
  await db.query(`update queue set due_at = now() - interval '1 day' where id = $1`, [alsoLate])
  await db.query('update lanes set paused = true where webhook_id = $1', [paused.webhookId])

  clock.turn(5_000)
  const full = await read()
  expect(['due', 'retrying', 'sending', 'held'].map((name) => full.get(state(name)))).toEqual([4, 1, 1, 1])
  expect(full.get('signalbox_backlog_oldest_due_seconds')).toBeGreaterThanOrEqual(100)
  expect(full.get('signalbox_backlog_oldest_due_seconds')).toBeLessThan(160)
})

test('the queue is read once for all who ask within five seconds', async () => {
  const { clock, read, statements } = startMetrics()
  await Promise.all([read(), read(), read()])
  clock.turn(4_999)
  await read()
  expect(statements()).toBe(1)
  clock.turn(1)
  await read()
  expect(statements()).toBe(2)
})

test('while the database is away the rest is told all the same', async () => {
  const { metrics, read } = startMetrics({ query: () => Promise.reject(new Error('gone')) })
  metrics.leaseLost()
  metrics.reclaimed('owner_died', 3)
  const figures = await read()
  expect(figures.get('signalbox_database_up')).toBe(0)
  expect(figures.has('signalbox_backlog_oldest_due_seconds')).toBe(false)
  expect(figures.get('signalbox_leases_lost_total')).toBe(1)
  expect(figures.get('signalbox_deliveries_reclaimed_total{cause="owner_died"}')).toBe(3)
  expect(figures.get('signalbox_build_info{version="1.2.3"}')).toBe(1)
  expect(figures.get('process_resident_memory_bytes')).toBeGreaterThan(10 * 1024 * 1024)
})

test('a bucket counts what took at most so long, and the buckets above it as well', async () => {
  const { metrics, read } = startMetrics()
  for (const firstByte of [1, 30, 400, 60_000])
    metrics.attempted({
      attempt: {} as never,
      result: {
        outcome: { kind: 'succeeded', status: 200 },
        startedAt: new Date(),
        phasesMs: { dns: 0, connect: 0, tls: 0, firstByte, body: 0 },
        reusedConnection: true,
        requestHeaders: [],
      },
      step: { kind: 'finish', as: 'succeeded', reason: null },
      secretsUsed: [],
    })
  const figures = await read()
  const upTo = (bound: string) =>
    figures.get(`signalbox_attempt_phase_seconds_bucket{phase="first_byte",le="${bound}"}`)
  expect(['0.001', '0.025', '0.05', '0.5', '30', '+Inf'].map(upTo)).toEqual([1, 1, 2, 3, 3, 4])
  expect(figures.get('signalbox_attempt_phase_seconds_sum{phase="first_byte"}')).toBeCloseTo(60.431)
  expect(figures.get('signalbox_attempt_phase_seconds_count{phase="dns"}')).toBe(0)
})

test('who waits for a connection to the database is counted', async () => {
  const { read } = startMetrics()
  const before = (await read()).get('signalbox_database_waits_total')!
  await Promise.all(Array.from({ length: 25 }, () => database.db.query('select pg_sleep(0.01)')))
  const after = (await read()).get('signalbox_database_waits_total')!
  expect(after - before).toBeGreaterThanOrEqual(10)
})
