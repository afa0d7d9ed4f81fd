import { afterEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { enqueue, insertWebhook } from '../../../test/support/queue-rows.ts'
import { waitForLock } from '../../../test/support/wait-for-lock.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { systemClock, type Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { silentLog } from '../base/log.ts'
import { systemTimers as timers } from '../base/timers.ts'
import { makeLaneBook, type LaneBook } from '../deliveries/lanes/lane-book.ts'
import type { ClaimedDelivery } from '../deliveries/delivery.ts'
import { finishDeliveries } from '../deliveries/queue/record-attempts.ts'
import { endWorker, registerWorker } from '../deliveries/queue/register-worker.ts'
import { makeDispatcher, type Dispatcher } from './dispatcher.ts'
import { beatOnce } from './heartbeat.ts'

const database = useDatabase()
const books: LaneBook[] = []
afterEach(() => books.splice(0).forEach((book) => book.close()))

interface Worker {
  readonly book: LaneBook
  readonly dispatcher: Dispatcher
  readonly sent: ClaimedDelivery[]
  readonly told: number[]
  /** Ends what was sent, as an answer would. */
  end(delivery: ClaimedDelivery): Promise<void>
  beat(): Promise<void>
}

const meter = { leaseLost() {}, reclaimed() {} }

async function startWorker(
  clock: Clock = systemClock,
  onSend = (_delivery: ClaimedDelivery, _book: LaneBook): void => {},
): Promise<Worker> {
  const book = makeLaneBook(clock)
  books.push(book)
  const sent: ClaimedDelivery[] = []
  const told: number[] = []
  const parts = { db: database.db, book, clock, log: silentLog, timers }
  const dispatcher = makeDispatcher({
    ...parts,
    send(delivery) {
      sent.push(delivery)
      onSend(delivery, book)
    },
    tellOthers: (ids) => told.push(...ids),
  })
  const beat = () => beatOnce({ ...parts, dispatcher, meter, version: 'test', secretUses: { flush: async () => {} } })
  await beat()
  return {
    book,
    dispatcher,
    sent,
    told,
    beat,
    async end(delivery) {
      await finishDeliveries(database.db, [
        {
          ...delivery,
          at: new Date(),
          outcome: 'succeeded',
          status: 200,
          phasesMs: [],
          requestHeaders: [],
          responseHeaders: null,
          response: null,
          responseBytes: null,
          detail: null,
          as: 'succeeded',
          reason: null,
        },
      ])
      book.letGo(delivery)
      book.lanes.get(delivery.webhookId)!.inFlight -= 1
      dispatcher.nudge()
    },
  }
}

test('work left waiting starts at once where the lane is free', async () => {
  const webhook = await insertWebhook(database.db)
  const worker = await startWorker()
  const [id] = await enqueue(database.db, webhook, {})
  worker.dispatcher.wake([webhook.webhookId])
  await waitFor('the delivery', () => worker.sent.find((delivery) => delivery.id === id))
  expect(worker.told).toEqual([])
})

test('a webhook never has more under way than its cap, and gets the next when one ends', async () => {
  const webhook = await insertWebhook(database.db, { concurrencyMax: 2 })
  const worker = await startWorker()
  await enqueue(database.db, webhook, {}, {}, {}, {}, {})
  worker.dispatcher.wake([webhook.webhookId])
  await waitFor('two deliveries', () => worker.sent.length === 2)
  for (let ended = 0; ended < 5; ended++) {
    expect(worker.sent.length - ended).toBeLessThanOrEqual(2)
    await waitFor('the next', () => worker.sent.length > ended)
    await worker.end(worker.sent[ended]!)
  }
  expect(new Set(worker.sent.map(({ id }) => id)).size).toBe(5)
})

test('what waits for its time starts when it is due, without being asked', async () => {
  const webhook = await insertWebhook(database.db)
  const worker = await startWorker()
  const [id] = await enqueue(database.db, webhook, {})
  const dueAt = new Date(Date.now() + 400)
  await database.db.query('update queue set lane = 1, due_at = $2 where id = $1', [id, dueAt])
  worker.dispatcher.wake([webhook.webhookId])
  await waitFor('the delivery', () => worker.sent.length === 1)
  expect(Date.now()).toBeGreaterThanOrEqual(dueAt.getTime())
})

test('a lost hint costs no more than a sweep', async () => {
  const webhook = await insertWebhook(database.db)
  const worker = await startWorker()
  await enqueue(database.db, webhook, {})
  expect(worker.sent).toEqual([])
  await worker.dispatcher.sweep()
  await waitFor('the delivery', () => worker.sent.length === 1)
})

test('two workers share the lanes and send nothing twice', async () => {
  const webhooks = await Promise.all(Array.from({ length: 6 }, () => insertWebhook(database.db)))
  const workers = [await startWorker(), await startWorker()]
  const ids = (await Promise.all(webhooks.map((webhook) => enqueue(database.db, webhook, {}, {}, {})))).flat()
  for (const { dispatcher } of workers) dispatcher.wake(webhooks.map(({ webhookId }) => webhookId))
  const sent = () => workers.flatMap((worker) => worker.sent.map(({ id }) => id)).filter((id) => ids.includes(id))
  await waitFor('all of them', () => sent().length >= ids.length)
  expect(sent().toSorted()).toEqual(ids.toSorted())
})

test('work in a lane of another worker is told to the others', async () => {
  const webhook = await insertWebhook(database.db)
  const [owner, other] = [await startWorker(), await startWorker()]
  await enqueue(database.db, webhook, {})
  owner.dispatcher.wake([webhook.webhookId])
  await waitFor('the first', () => owner.sent.length === 1)
  await enqueue(database.db, webhook, {})
  other.dispatcher.wake([webhook.webhookId])
  await waitFor('the telling', () => other.told.includes(webhook.webhookId))
  owner.dispatcher.hint([webhook.webhookId])
  await waitFor('the second', () => owner.sent.length === 2)
  expect(other.sent).toEqual([])
})

test('a paused webhook holds what waits, and resuming starts it', async () => {
  const webhook = await insertWebhook(database.db)
  const worker = await startWorker()
  const pauseLane = (paused: boolean) =>
    database.db.query('update lanes set paused = $2 where webhook_id = $1', [webhook.webhookId, paused])
  await pauseLane(true)
  await enqueue(database.db, webhook, {})
  worker.dispatcher.wake([webhook.webhookId])
  await worker.dispatcher.sweep()
  expect(worker.sent).toEqual([])
  await pauseLane(false)
  worker.dispatcher.wake([webhook.webhookId])
  await waitFor('the delivery', () => worker.sent.length === 1)
})

test('in order, the next of a subject starts when the one before has ended', async () => {
  const webhook = await insertWebhook(database.db, { inOrder: true })
  const worker = await startWorker()
  const ids = await enqueue(database.db, webhook, ...[1, 2, 3].map((subjectSeq) => ({ subjectSeq, inOrder: true })))
  worker.dispatcher.wake([webhook.webhookId])
  for (const [index, id] of ids.entries()) {
    await waitFor('the next', () => worker.sent.length === index + 1)
    expect(worker.sent[index]!.id).toBe(id)
    await worker.end(worker.sent[index]!)
    worker.book.lanes.get(webhook.webhookId)!.dueAt.first = Date.now()
    worker.dispatcher.nudge()
  }
})

test('rows in our name that we do not hold are let go by the heartbeat and sent after all', async () => {
  const webhook = await insertWebhook(database.db)
  const worker = await startWorker()
  const [id] = await enqueue(database.db, webhook, {})
  await worker.dispatcher.sweep()
  await waitFor('the delivery', () => worker.sent.length === 1)
  // As if the answer to the claim had been lost.
  worker.book.letGo(worker.sent[0]!)
  worker.book.lanes.get(webhook.webhookId)!.inFlight -= 1
  await database.db.query(`update queue set claimed_at = now() - interval '6 s' where id = $1`, [id])
  await worker.beat()
  await waitFor('it again', () => worker.sent.length === 2)
  expect(worker.sent[1]).toMatchObject({ id, attempt: 1 })
})

test('a worker whose lease ran out starts a new life, and its lanes are taken by whoever lives', async () => {
  const webhook = await insertWebhook(database.db)
  const [frozen, other] = [await startWorker(), await startWorker()]
  await enqueue(database.db, webhook, {})
  await frozen.dispatcher.sweep()
  await waitFor('the delivery', () => frozen.sent.length === 1)
  const before = frozen.book.workerId()
  await database.db.query(`update workers set alive_until = now() - interval '1 s' where id = $1`, [before])
  await other.beat()
  await waitFor('the other to take over', () => other.sent.length === 1)
  expect(other.sent[0]).toMatchObject({ id: frozen.sent[0]!.id, attempt: 2 })
  await frozen.beat()
  expect(frozen.book.workerId()).not.toBe(before)
  expect(frozen.book.lanes.has(webhook.webhookId)).toBe(false)
})

test('a beat that is answered after the end of the lease renews nothing, since others have seen it run out', async () => {
  const webhook = await insertWebhook(database.db)
  let stalledMs = 0
  const worker = await startWorker({ ...systemClock, monotonicMs: () => performance.now() + stalledMs })
  await enqueue(database.db, webhook, {})
  await worker.dispatcher.sweep()
  await waitFor('the delivery', () => worker.sent.length === 1)
  const before = worker.book.workerId()
  const { beating } = await database.db.tx(async (tx) => {
    await tx.query('select 1 from workers where id = $1 for update', [before])
    const late = worker.beat()
    await waitForLock(database.db)
    stalledMs += limits.leaseMs
    return { beating: late }
  })
  await beating
  expect(worker.book.workerId()).not.toBe(before)
  expect(worker.book.mayStart(worker.sent[0]!.claimId)).toBe(false)
  expect(await database.db.query('select 1 from workers where id = $1', [before])).toEqual([])
})

/** Fills the hands of a worker but for so many slots. */
function leaveRoom({ book }: Worker, slots: number): void {
  for (let index = book.inHand.size; index < limits.sendingMax - slots; index++)
    book.hold({ id: `elsewhere ${index}`, claimId: 1 })
}

test('two teams with full lanes get half of the starts each, and a third with one event gets one of the next', async () => {
  const [many, one, rare] = [
    await Promise.all(Array.from({ length: 5 }, () => insertWebhook(database.db, { concurrencyMax: 100 }))),
    await insertWebhook(database.db, { concurrencyMax: 100 }),
    await insertWebhook(database.db),
  ]
  // One team has five webhooks, the other one.
  await database.db.query('update lanes set team_id = $1 where webhook_id = any($2)', [
    many[0]!.teamId,
    many.map(({ webhookId }) => webhookId),
  ])
  const worker = await startWorker()
  leaveRoom(worker, 4)
  for (const webhook of [...many, one]) await enqueue(database.db, webhook, ...Array.from({ length: 80 }, () => ({})))
  worker.dispatcher.wake([...many, one].map(({ webhookId }) => webhookId))
  let ended = 0
  const endUntil = async (count: number): Promise<void> => {
    while (ended < count) {
      await waitFor('the next start', () => worker.sent.length > ended)
      await worker.end(worker.sent[ended]!)
      ended += 1
    }
  }
  await endUntil(60)
  const share = worker.sent.filter(({ webhookId }) => webhookId === one.webhookId).length / worker.sent.length
  expect(share).toBeGreaterThan(0.4)
  expect(share).toBeLessThan(0.6)

  await enqueue(database.db, rare, {})
  worker.dispatcher.wake([rare.webhookId])
  await waitFor('its lane', () => worker.book.lanes.get(rare.webhookId)?.dueAt.first !== Number.POSITIVE_INFINITY)
  const before = worker.sent.length
  await endUntil(ended + 4)
  await waitFor('its start', () => worker.sent.some(({ webhookId }) => webhookId === rare.webhookId))
  const position = worker.sent.findIndex(({ webhookId }) => webhookId === rare.webhookId) - before
  expect(position).toBeLessThanOrEqual(3)
})

/** Nobody of the tests before is alive, and nothing of theirs waits. */
async function beginAnew(): Promise<void> {
  await database.db.query(`update workers set alive_until = now() - interval '1 s'`)
  await database.db.query('delete from queue')
}

test('a worker that comes later gets its share of the lanes with due work, once nothing of them is under way', async () => {
  await beginAnew()
  const webhooks = await Promise.all(Array.from({ length: 6 }, () => insertWebhook(database.db, { concurrencyMax: 1 })))
  const ids = webhooks.map(({ webhookId }) => webhookId)
  const first = await startWorker()
  for (const webhook of webhooks) await enqueue(database.db, webhook, {}, {}, {})
  first.dispatcher.wake(ids)
  await waitFor('one start of each', () => first.sent.length === 6)

  const second = await startWorker()
  await first.dispatcher.sweep()
  const leaving = [...first.book.lanes.values()].filter((lane) => lane.leaving).map(({ webhookId }) => webhookId)
  expect(leaving).toHaveLength(3)
  // As long as something of it is under way, nobody else may start anything.
  second.dispatcher.hint(leaving)
  await second.dispatcher.sweep()
  expect(second.sent).toEqual([])

  for (const delivery of first.sent.slice(0, 6)) await first.end(delivery)
  await waitFor('the others to be told', () => leaving.every((id) => first.told.includes(id)))
  // Who gave them away leaves them to the others.
  first.dispatcher.wake(leaving)
  await first.dispatcher.sweep()
  expect(leaving.filter((id) => first.book.lanes.has(id))).toEqual([])
  second.dispatcher.hint(leaving)
  await waitFor('their next to start', () => leaving.every((id) => second.sent.some((one) => one.webhookId === id)))
  const all = [...first.sent, ...second.sent].map(({ id }) => id)
  expect(new Set(all).size).toBe(all.length)
})

test('deliveries that are handed over leave a quarter of the slots to those that wait', async () => {
  const [flooded, waiting] = [await insertWebhook(database.db), await insertWebhook(database.db)]
  const worker = await startWorker()
  await enqueue(database.db, flooded, {})
  worker.dispatcher.wake([flooded.webhookId])
  await waitFor('its lane', () => worker.sent.length === 1)
  await worker.end(worker.sent[0]!)
  const { limits: laneLimits } = worker.book.lanes.get(flooded.webhookId)!
  await waitFor('nothing to wait there', () => worker.book.reserveBirth(flooded.webhookId, 'one', laneLimits))
  leaveRoom(worker, limits.sendingMax / 4)
  expect(worker.book.reserveBirth(flooded.webhookId, 'another', laneLimits)).toBeUndefined()
  const [id] = await enqueue(database.db, waiting, {})
  worker.dispatcher.wake([waiting.webhookId])
  await waitFor('what waits to start', () => worker.sent.find((delivery) => delivery.id === id))
})

test('a lane that was given away and that nobody takes comes back', async () => {
  await beginAnew()
  const webhooks = await Promise.all([1, 2].map(() => insertWebhook(database.db, { concurrencyMax: 1 })))
  const worker = await startWorker()
  for (const webhook of webhooks) await enqueue(database.db, webhook, {}, {})
  worker.dispatcher.wake(webhooks.map(({ webhookId }) => webhookId))
  await waitFor('one start of each', () => worker.sent.length === 2)
  // Alive as far as the database knows, and doing nothing.
  await registerWorker(database.db, 'test')
  await worker.dispatcher.sweep()
  for (const delivery of worker.sent.slice(0, 2)) await worker.end(delivery)
  await waitFor('the others to be told', () => worker.told.length > 0)
  await waitFor('the rest to start all the same', () => worker.sent.length === 4)
})

test('a lane that another worker has by the word of the database is given up, and taken when that one ends', async () => {
  const webhook = await insertWebhook(database.db)
  const worker = await startWorker()
  worker.dispatcher.wake([webhook.webhookId])
  await waitFor('the lane', () => worker.book.lanes.has(webhook.webhookId))
  const other = await registerWorker(database.db, 'test')
  await database.db.query('update lanes set owner_id = $1 where webhook_id = $2', [other, webhook.webhookId])
  const [id] = await enqueue(database.db, webhook, {})
  await worker.dispatcher.sweep()
  expect(worker.book.lanes.has(webhook.webhookId)).toBe(false)
  await endWorker(database.db, other)
  await worker.dispatcher.sweep()
  await waitFor('the delivery', () => worker.sent.find((delivery) => delivery.id === id))
})

test('a worker that always finds more to claim hears of other work all the same', async () => {
  const [busy, other] = [await insertWebhook(database.db, { concurrencyMax: 1 }), await insertWebhook(database.db)]
  // An answer that comes at once: the next of the lane may start.
  const worker = await startWorker(systemClock, (delivery, book) => {
    book.letGo(delivery)
    book.lanes.get(delivery.webhookId)!.inFlight -= 1
  })
  const backlog = 250
  await enqueue(database.db, busy, ...Array.from({ length: backlog }, () => ({})))
  worker.dispatcher.wake([busy.webhookId])
  await waitFor('the first of the backlog', () => worker.sent.length > 0)
  await enqueue(database.db, other, {})
  worker.dispatcher.wake([other.webhookId])
  await waitFor('the other', () => worker.sent.some(({ webhookId }) => webhookId === other.webhookId))
  expect(worker.sent.length).toBeLessThan(backlog)
})
