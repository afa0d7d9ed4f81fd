import { expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { enqueue, insertWebhook } from '../../../../test/support/queue-rows.ts'
import { waitForLock } from '../../../../test/support/wait-for-lock.ts'
import { limits } from '../../base/limits.ts'
import type { WorkerId } from '../delivery.ts'
import { beat } from './beat.ts'
import { claimDueDeliveries } from './claim-due-deliveries.ts'
import { claimInOrder } from './claim-in-order.ts'
import { expireDeliveries } from './expire-deliveries.ts'
import { letGo } from './let-go.ts'
import { finishDeliveries, retryDeliveries, type FinishedAttempt } from './record-attempts.ts'
import { endWorker, registerWorker } from './register-worker.ts'
import { surveyQueue, surveyWebhooks } from './survey-queue.ts'
import { giveBackLanes, takeLanes } from './take-lanes.ts'

const database = useDatabase()
let claims = 1

async function aWorkerOwning(...webhookIds: number[]): Promise<WorkerId> {
  const workerId = await registerWorker(database.db, 'test')
  await takeLanes(database.db, workerId, webhookIds)
  return workerId
}

function claim(workerId: WorkerId, webhookId: number, count: number, lane: 'first' | 'retry' = 'first') {
  return claimDueDeliveries(database.db, workerId, ++claims, [{ webhookId, lane, count }], null)
}

function aFinish(
  of: { id: string; claimId: number; webhookId: number },
  given: Partial<FinishedAttempt> = {},
): FinishedAttempt {
  return {
    id: of.id,
    claimId: of.claimId,
    webhookId: of.webhookId,
    at: new Date(),
    outcome: 'succeeded',
    status: 200,
    phasesMs: [0, 1, 0, 2.5, 0.1],
    requestHeaders: [['webhook-id', 'msg_1']],
    responseHeaders: [['content-type', 'text/plain']],
    response: Buffer.from([0, 255, 92, 34]),
    responseBytes: 4,
    detail: null,
    as: 'succeeded',
    reason: null,
    ...given,
  }
}

async function rows(table: 'queue' | 'deliveries' | 'attempts', id: string): Promise<Record<string, unknown>[]> {
  return database.db.query(`select * from ${table} where ${table === 'attempts' ? 'delivery_id' : 'id'} = $1`, [id])
}

test('a claim takes only rows of lanes the worker owns', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {})
  const stranger = await registerWorker(database.db, 'test')
  expect(await claim(stranger, webhook.webhookId, 10)).toEqual([])
  const owner = await aWorkerOwning(webhook.webhookId)
  expect(await claim(owner, webhook.webhookId, 10)).toHaveLength(1)
})

test('a claim takes the earliest first, no more than asked, and nothing twice', async () => {
  const webhook = await insertWebhook(database.db)
  const ids = await enqueue(database.db, webhook, {}, {}, {})
  const owner = await aWorkerOwning(webhook.webhookId)
  const first = await claim(owner, webhook.webhookId, 2)
  expect(first.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, 2))
  expect(first.every(({ attempt }) => attempt === 1)).toBe(true)
  const second = await claim(owner, webhook.webhookId, 2)
  expect(second.map(({ id }) => id)).toEqual([ids[2]])
})

test('a paused lane gives nothing out and is left out of the survey', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {})
  const owner = await aWorkerOwning(webhook.webhookId)
  await database.db.query('update lanes set paused = true where webhook_id = $1', [webhook.webhookId])
  expect(await claim(owner, webhook.webhookId, 10)).toEqual([])
  expect(await surveyWebhooks(database.db, owner, [webhook.webhookId], null)).toEqual([])
})

test('one living worker owns a lane; it is free again when given back, or when its owner ends', async () => {
  const { webhookId } = await insertWebhook(database.db)
  const one = await aWorkerOwning(webhookId)
  const two = await registerWorker(database.db, 'test')
  expect(await takeLanes(database.db, two, [webhookId])).toEqual([])
  await giveBackLanes(database.db, one, [{ webhookId, tokens: null, breakerUntil: null, failingSince: null }])
  expect(await takeLanes(database.db, two, [webhookId])).toHaveLength(1)
  await endWorker(database.db, two)
  expect(await takeLanes(database.db, one, [webhookId])).toHaveLength(1)
})

test('workers that reach for the same lanes at the same moment: each lane goes to one of them', async () => {
  const webhooks = await Promise.all(Array.from({ length: 20 }, () => insertWebhook(database.db)))
  const lanes = webhooks.map(({ webhookId }) => webhookId)
  const workers = await Promise.all(Array.from({ length: 4 }, () => registerWorker(database.db, 'test')))
  for (let round = 0; round < 100; round++) {
    const taken = await Promise.all(workers.map((worker) => takeLanes(database.db, worker, lanes)))
    const all = taken.flat().map(({ webhookId }) => webhookId)
    expect(new Set(all).size).toBe(lanes.length)
    expect(all).toHaveLength(lanes.length)
    const empty = lanes.map((webhookId) => ({ webhookId, tokens: null, breakerUntil: null, failingSince: null }))
    for (const worker of workers) await giveBackLanes(database.db, worker, empty)
  }
})

test('a lane whose taking was never answered can be taken again by the same worker', async () => {
  const { webhookId } = await insertWebhook(database.db)
  const worker = await aWorkerOwning(webhookId)
  expect(await takeLanes(database.db, worker, [webhookId])).toHaveLength(1)
})

test('finishing moves the row into the history and keeps the attempt as it was, bytes and all', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {})
  const owner = await aWorkerOwning(webhook.webhookId)
  const [claimed] = await claim(owner, webhook.webhookId, 1)
  expect(await finishDeliveries(database.db, [aFinish(claimed!)])).toEqual([claimed!.id])
  expect(await rows('queue', claimed!.id)).toEqual([])
  expect(await rows('deliveries', claimed!.id)).toMatchObject([
    { status: 0, attempts: 1, webhook_id: webhook.webhookId },
  ])
  expect(await rows('attempts', claimed!.id)).toMatchObject([
    {
      number: 1,
      outcome: 0,
      status: 200,
      response: Buffer.from([0, 255, 92, 34]),
      phases_ms: [0, 1, 0, 2.5, 0.1],
      response_bytes: 4,
    },
  ])
})

test('a write under an old claim changes nothing', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {})
  const owner = await aWorkerOwning(webhook.webhookId)
  const [claimed] = await claim(owner, webhook.webhookId, 1)
  expect(await letGo(database.db, [claimed!])).toEqual([webhook.webhookId])
  expect(await finishDeliveries(database.db, [aFinish(claimed!)])).toEqual([])
  expect(await retryDeliveries(database.db, [{ ...aFinish(claimed!), delayMs: 0 }])).toEqual([])
  expect(await letGo(database.db, [claimed!])).toEqual([])
  expect(await rows('queue', claimed!.id)).toMatchObject([{ state: 0, attempt: 0, claim_id: null }])
  expect(await rows('attempts', claimed!.id)).toEqual([])
})

test('finishing twice ends once: a lost answer can be asked again', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {})
  const owner = await aWorkerOwning(webhook.webhookId)
  const [claimed] = await claim(owner, webhook.webhookId, 1)
  await finishDeliveries(database.db, [aFinish(claimed!)])
  expect(await finishDeliveries(database.db, [aFinish(claimed!)])).toEqual([])
  expect(await rows('attempts', claimed!.id)).toHaveLength(1)
})

test('a retry waits in its own lane until it is due, and its attempt is on record', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {})
  const owner = await aWorkerOwning(webhook.webhookId)
  const [claimed] = await claim(owner, webhook.webhookId, 1)
  const delayMs = 3600_000
  await retryDeliveries(database.db, [{ ...aFinish(claimed!, { outcome: 'rejected', status: 503 }), delayMs }])
  expect(await rows('queue', claimed!.id)).toMatchObject([{ state: 0, lane: 1, attempt: 1 }])
  expect(await rows('attempts', claimed!.id)).toMatchObject([{ number: 1, outcome: 1, status: 503 }])
  expect(await claim(owner, webhook.webhookId, 1, 'retry')).toEqual([])
  const later = await claimDueDeliveries(
    database.db,
    owner,
    ++claims,
    [{ webhookId: webhook.webhookId, lane: 'retry', count: 1 }],
    new Date(Date.now() + delayMs),
  )
  expect(later).toMatchObject([{ attempt: 2 }])
})

test('in order, a subject waits for its oldest delivery, and no other subject does', async () => {
  const webhook = await insertWebhook(database.db, { inOrder: true })
  const [a1, a2, b1] = await enqueue(
    database.db,
    webhook,
    { subject: 'a', subjectSeq: 1, inOrder: true },
    { subject: 'a', subjectSeq: 2, inOrder: true },
    { subject: 'b', subjectSeq: 3, inOrder: true },
  )
  const owner = await aWorkerOwning(webhook.webhookId)
  const claimOrdered = () => claimInOrder(database.db, owner, ++claims, webhook.webhookId, 10, null)
  const first = await claimOrdered()
  expect(first.map(({ id }) => id).toSorted()).toEqual([a1, b1])
  expect(await claimOrdered()).toEqual([])
  await finishDeliveries(database.db, [aFinish(first.find(({ id }) => id === a1)!)])
  expect((await claimOrdered()).map(({ id }) => id)).toEqual([a2])
})

test('in order, a claim by who has just lost the lane does not take a retry before it is due', async () => {
  const webhook = await insertWebhook(database.db, { inOrder: true })
  const [id] = await enqueue(database.db, webhook, { inOrder: true })
  const lost = await aWorkerOwning(webhook.webhookId)
  const owner = await registerWorker(database.db, 'test')

  // The one that lost the lane has seen the delivery due, and stands before it while the new owner tries it.
  const { claiming } = await database.db.tx(async (tx) => {
    await endWorker(tx, lost)
    await takeLanes(tx, owner, [webhook.webhookId])
    const [claimed] = await claimInOrder(tx, owner, ++claims, webhook.webhookId, 1, null)
    const late = claimInOrder(database.db, lost, ++claims, webhook.webhookId, 1, null)
    await waitForLock(database.db)
    const delayMs = 3600_000
    await retryDeliveries(tx, [{ ...aFinish(claimed!, { outcome: 'rejected', status: 503 }), delayMs }])
    return { claiming: late }
  })
  expect(await claiming).toEqual([])
  expect(await rows('queue', id!)).toMatchObject([{ state: 0, attempt: 1 }])
})

test('a heartbeat asks for rows in its own name, and takes back those of the dead with an attempt *interrupted*', async () => {
  const webhook = await insertWebhook(database.db)
  await enqueue(database.db, webhook, {}, {})
  const dead = await aWorkerOwning(webhook.webhookId)
  const claimed = await claim(dead, webhook.webhookId, 2)
  await database.db.query(`update queue set claimed_at = now() - interval '6 s' where claimed_by = $1`, [dead])
  expect((await beat(database.db, dead)).mine).toHaveLength(2)

  await database.db.query(`update workers set alive_until = now() - interval '1 s' where id = $1`, [dead])
  const living = await registerWorker(database.db, 'test')
  expect(await beat(database.db, living)).toEqual({ alive: true, mine: [], orphans: 2, takenBack: [webhook.webhookId] })
  for (const { id } of claimed) {
    expect(await rows('queue', id)).toMatchObject([{ state: 0, lane: 1, attempt: 1, claim_id: null }])
    expect(await rows('attempts', id)).toMatchObject([{ number: 1, outcome: 4 }])
  }
  expect((await beat(database.db, dead)).alive).toBe(false)
})

test('what is held for an automation stays until its deletion is undone no more, and is cancelled then', async () => {
  const webhook = await insertWebhook(database.db)
  const [ruleSet] = await database.db.query<{ id: number }>(
    `insert into rule_sets(scope_type, scope_id, entity_id) values ('entity', $1, $1) returning id`,
    [webhook.teamId],
  )
  const [automation] = await database.db.query<{ id: number }>(
    `insert into automations(rule_set_id, name, revision) values ($1, 'paused', 1) returning id`,
    [ruleSet!.id],
  )
  const automationId = automation!.id
  await database.db.query(
    `insert into automation_revisions(automation_id, revision, rule_set_id, from_version, enabled, paused_reason, event_type, filter, action, fires_per_minute_max, name)
     values ($1, 1, $2, 1, true, 'a test', 'CUSTOM', '{}', '{"type": "no_op"}', 0, 'paused')`,
    [automationId, ruleSet!.id],
  )
  const [id] = await enqueue(database.db, webhook, { automationId })
  await database.db.query('update queue set state = 2 where id = $1', [id])
  const worker = await registerWorker(database.db, 'test')
  const deleteItAgo = (ms: number) =>
    database.db.query(`update automations set archived_at = now() - $2 * interval '1 millisecond' where id = $1`, [
      automationId,
      ms,
    ])
  await deleteItAgo(limits.deletionUndoneMs - 5_000)
  await beat(database.db, worker)
  expect(await rows('queue', id!)).toMatchObject([{ state: 2 }])
  await deleteItAgo(limits.deletionUndoneMs + 1)
  await beat(database.db, worker)
  expect(await rows('queue', id!)).toEqual([])
  expect(await rows('deliveries', id!)).toMatchObject([{ reason: 'the automation was deleted while it was paused' }])
})

test('a row that a living worker claimed meanwhile is not taken back from it', async () => {
  const webhook = await insertWebhook(database.db)
  const [id] = await enqueue(database.db, webhook, {})
  const dead = await aWorkerOwning(webhook.webhookId)
  await claim(dead, webhook.webhookId, 1)
  await endWorker(database.db, dead)
  const quick = await registerWorker(database.db, 'test')
  const slow = await registerWorker(database.db, 'test')

  // The slow one has read who is dead, and stands before it takes the row.
  const slowBeat = await database.db.tx(async (tx) => {
    await tx.query('select 1 from workers where id = $1 for update', [slow])
    const beating = beat(database.db, slow)
    await waitForLock(database.db)
    expect((await beat(database.db, quick)).orphans).toBe(1)
    await takeLanes(database.db, quick, [webhook.webhookId])
    expect(await claim(quick, webhook.webhookId, 1, 'retry')).toHaveLength(1)
    return { beating }
  })
  expect((await slowBeat.beating).orphans).toBe(0)
  expect(await rows('queue', id!)).toMatchObject([{ state: 1, claimed_by: quick, attempt: 2 }])
})

test('the survey tells free lanes from ours and from those of others, and when work is due', async () => {
  const mine = await insertWebhook(database.db)
  const free = await insertWebhook(database.db)
  const other = await insertWebhook(database.db)
  for (const webhook of [mine, free, other]) await enqueue(database.db, webhook, {})
  const me = await aWorkerOwning(mine.webhookId)
  await aWorkerOwning(other.webhookId)
  const survey = new Map((await surveyQueue(database.db, me, null)).map((waiting) => [waiting.webhookId, waiting]))
  expect(survey.get(mine.webhookId)?.owner).toBe('mine')
  expect(survey.get(free.webhookId)?.owner).toBe('free')
  expect(survey.get(other.webhookId)?.owner).toBe('other')
  expect(survey.get(mine.webhookId)?.firstDueInMs).toBeLessThanOrEqual(0)
  expect(survey.get(mine.webhookId)?.retryDueInMs).toBeNull()
})

test('what waits longer than the history is kept ends as expired', async () => {
  const webhook = await insertWebhook(database.db)
  const old = '01000000-0000-7000-8000-000000000001'
  const redeliveryOf = '01000000-0000-7000-8000-000000000000'
  const [, young] = await enqueue(database.db, webhook, { id: old, redeliveryOf }, {})
  expect(await expireDeliveries(database.db, new Date(Date.now() - 1000_000))).toBe(1)
  expect(await rows('deliveries', old)).toMatchObject([{ status: 4, redelivery_of: redeliveryOf }])
  expect(await rows('queue', young!)).toHaveLength(1)
})
