import { afterAll, beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { enqueue, insertWebhook } from '../../../test/support/queue-rows.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { systemClock } from '../base/clock.ts'
import { silentLog } from '../base/log.ts'
import { systemTimers as timers } from '../base/timers.ts'
import { stateOf } from '../deliveries/lanes/lane.ts'
import { makeLaneBook, type LaneBook } from '../deliveries/lanes/lane-book.ts'
import { registerWorker } from '../deliveries/queue/register-worker.ts'
import { giveBackLanes, takeLanes } from '../deliveries/queue/take-lanes.ts'
import type { SentDelivery } from '../deliveries/send-delivery.ts'
import { startEngine, type Engine } from './engine.ts'

const day = 24 * 3600_000
const database = useDatabase()
let turnedMs = 0
const clock = { ...systemClock, now: () => new Date(Date.now() + turnedMs) }
/** What comes of the next attempts; of all others a 503. */
const outcomes: SentDelivery['result']['outcome'][] = []
let attempts = 0
const gone: { webhookId: number; reason: string }[] = []
let book: LaneBook
let engine: Engine

beforeAll(async () => {
  book = makeLaneBook(clock)
  engine = await startEngine({
    db: database.db,
    book,
    clock,
    timers,
    log: silentLog,
    meter: { attempted() {}, leaseLost() {}, reclaimed() {} },
    version: 'test',
    random: () => 0.5,
    sender: { send: async () => answer(), close: async () => {} },
    profileOf: async (_, version) => ({
      version,
      request: {
        url: ['http://127.0.0.1:1/'],
        headers: [],
        hasAccessToken: false,
        compatibleSecret: null,
        signatureEncoding: 'base64',
        timeoutMs: 1_000,
        tls: { ca: null, verify: true },
      },
      retry: { attemptsMax: 100, delayMsMin: 20 * day, delayMsMax: 20 * day },
    }),
    secretUses: { note() {}, flush: async () => {} },
    listen: () => database.db.connect(),
    alone: true,
    onReceiverGone: async (webhookId, reason) => void gone.push({ webhookId, reason }),
  })
})
afterAll(() => engine.drain())

function answer(): SentDelivery['result'] {
  attempts += 1
  return {
    outcome: outcomes.shift() ?? { kind: 'rejected', status: 503, retryAfterMs: undefined },
    startedAt: new Date(),
    phasesMs: { dns: 0, connect: 0, tls: 0, firstByte: 0, body: 0 },
    reusedConnection: false,
    requestHeaders: [],
  }
}

/** A webhook with so many deliveries due, of which the first ten have failed. */
async function aFailing(deliveries: number): Promise<number> {
  const webhook = await insertWebhook(database.db)
  attempts = 0
  await enqueue(database.db, webhook, ...Array.from({ length: deliveries }, () => ({})))
  engine.wake([webhook.webhookId])
  await untilAttempts(10)
  return webhook.webhookId
}

/** A day later the breaker lets one probe through. */
async function probeNextDay(webhookId: number): Promise<void> {
  const before = attempts
  turnedMs += day
  engine.wake([webhookId])
  await untilAttempts(before + 1)
}

async function untilAttempts(count: number): Promise<void> {
  await waitFor(`${count} attempts`, () => attempts >= count && book.inHand.size === 0)
  expect(attempts).toBe(count)
}

test('a receiver whose every attempt has failed for five days is taken for gone, and not a day earlier', async () => {
  const webhookId = await aFailing(15)
  for (let days = 1; days <= 4; days++) await probeNextDay(webhookId)
  expect(gone).toEqual([])
  await probeNextDay(webhookId)
  expect(gone).toEqual([
    { webhookId, reason: 'every attempt has failed for 5 days; of the last one: the receiver answered 503' },
  ])
  expect(book.lanes.get(webhookId)?.breaker.openUntil).toBeUndefined()
})

test('a receiver that took one delivery in between is not', async () => {
  gone.splice(0)
  const webhookId = await aFailing(10 + 4 + 1 + 10 + 4)
  for (let days = 1; days <= 4; days++) await probeNextDay(webhookId)
  outcomes.push({ kind: 'succeeded', status: 200 })
  turnedMs += day
  engine.wake([webhookId])
  await untilAttempts(10 + 4 + 1 + 10)
  for (let days = 1; days <= 4; days++) await probeNextDay(webhookId)
  expect(gone).toEqual([])
})

test('whoever takes the lane over knows since when it fails', async () => {
  gone.splice(0)
  const webhookId = await aFailing(12)
  const since = book.lanes.get(webhookId)!.breaker.openSince!
  const lanes = [stateOf(book.lanes.get(webhookId)!)]
  await giveBackLanes(database.db, book.workerId()!, lanes)
  const heir = await registerWorker(database.db, 'test')
  expect(await takeLanes(database.db, heir, [webhookId])).toMatchObject([{ failingSince: new Date(since) }])
})
