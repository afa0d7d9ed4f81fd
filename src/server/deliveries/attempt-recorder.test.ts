import { expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { enqueue, insertWebhook } from '../../../test/support/queue-rows.ts'
import { silentLog } from '../base/log.ts'
import type { Database } from '../database/database.ts'
import { makeAttemptRecorder, type RecordedAttempt } from './attempt-recorder.ts'
import { claimDueDeliveries } from './queue/claim-due-deliveries.ts'
import { registerWorker } from './queue/register-worker.ts'
import { takeLanes } from './queue/take-lanes.ts'

const database = useDatabase()

async function claimed(count: number): Promise<RecordedAttempt[]> {
  const webhook = await insertWebhook(database.db, { concurrencyMax: 100 })
  await enqueue(database.db, webhook, ...Array.from({ length: count }, () => ({})))
  const workerId = await registerWorker(database.db, 'test')
  await takeLanes(database.db, workerId, [webhook.webhookId])
  const asks = [{ webhookId: webhook.webhookId, lane: 'first' as const, count }]
  const rows = await claimDueDeliveries(database.db, workerId, workerId * 1000, asks, null)
  return rows.map((row) => ({
    id: row.id,
    claimId: row.claimId,
    webhookId: row.webhookId,
    at: new Date(),
    outcome: 'succeeded',
    status: 200,
    phasesMs: [],
    requestHeaders: [],
    responseHeaders: [],
    response: Buffer.from('fine'),
    responseBytes: 4,
    detail: null,
    as: 'succeeded',
    reason: null,
  }))
}

function recorderOver(db: Database): { recorder: ReturnType<typeof makeAttemptRecorder>; recorded: RecordedAttempt[] } {
  const recorded: RecordedAttempt[] = []
  const onRecorded = (attempt: RecordedAttempt) => void recorded.push(attempt)
  return { recorder: makeAttemptRecorder({ db, log: silentLog, pause: async () => {}, onRecorded }), recorded }
}

async function attemptsOf(
  attempts: readonly RecordedAttempt[],
): Promise<{ detail: string | null; response: Buffer | null }[]> {
  return database.db.query(
    `select a.detail, a.response from attempts a join deliveries d on d.id = a.delivery_id where d.id = any($1) order by a.delivery_id`,
    [attempts.map(({ id }) => id).toSorted()],
  )
}

test('one answer that cannot be kept spoils no other: its delivery is finished with a note, the rest as they are', async () => {
  const attempts = await claimed(9)
  const ordered = attempts.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { recorder, recorded } = recorderOver(database.db)
  for (const [index, attempt] of ordered.entries())
    recorder.record(index === 4 ? { ...attempt, detail: 'a NUL \0' } : attempt)
  await recorder.settled()
  expect(recorded).toHaveLength(9)
  const kept = await attemptsOf(ordered)
  expect(kept.map(({ detail }) => detail)).toEqual(
    ordered.map((_, index) => (index === 4 ? 'the answer could not be kept' : null)),
  )
  expect(kept[4]!.response).toBeNull()
})

test('while the database is away attempts wait, and are written when it is back', async () => {
  const attempts = await claimed(3)
  let failures = 3
  const away: Database = {
    ...database.db,
    query: (statement, values) => {
      if (failures-- > 0) return Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))
      return database.db.query(statement, values)
    },
  }
  const { recorder, recorded } = recorderOver(away)
  for (const attempt of attempts) recorder.record(attempt)
  await recorder.settled()
  expect(recorded).toHaveLength(3)
  expect(await attemptsOf(attempts)).toHaveLength(3)
})

test('where answers come in numbers they are waited for a moment and written together; one alone is written at once', async () => {
  const attempts = await claimed(7)
  const written: number[] = []
  const counting: Database = {
    ...database.db,
    query: (statement, values) => {
      written.push((values![0] as readonly unknown[]).length)
      return database.db.query(statement, values)
    },
  }
  const inAMoment: (() => void)[] = []
  const pause = (): Promise<void> => new Promise((resolve) => inAMoment.push(resolve))
  const recorder = makeAttemptRecorder({ db: counting, log: silentLog, pause, onRecorded: () => {} })
  const record = (...indexes: number[]): void => indexes.forEach((index) => recorder.record(attempts[index]!))

  record(0)
  await recorder.settled()
  record(1, 2, 3)
  await recorder.settled()
  expect(written).toEqual([1, 1, 2])
  record(4)
  record(5, 6)
  expect(written).toEqual([1, 1, 2])
  inAMoment.shift()!()
  await recorder.settled()
  expect(written).toEqual([1, 1, 2, 3])
})
