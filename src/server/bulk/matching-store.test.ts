import { expect, test } from 'vitest'
import { useDatabase, withClient } from '../../../test/support/database.ts'
import { enqueue, insertWebhook } from '../../../test/support/queue-rows.ts'
import { waitForLock } from '../../../test/support/wait-for-lock.ts'
import { makeUuid } from '../base/ids.ts'
import { cancelUnsent } from './matching-store.ts'

const database = useDatabase()

test('cancelling those without an answer leaves one that gets its answer at that moment', async () => {
  const { db } = database
  const webhook = await insertWebhook(db)
  const [first, second] = await enqueue(db, webhook, {}, {})
  const filter = {
    webhookId: webhook.webhookId,
    automationId: null,
    states: ['waiting', 'held'],
    codes: ['none'],
    eventType: null,
    after: null,
    before: null,
  }
  const matching = { teamId: webhook.teamId, filter, below: makeUuid(new Date(Date.now() + 1000)) }

  // The history is about to have the first already: the cancelling stands there, before it comes to the second.
  const cancelled = await withClient(database.url, async (client) => {
    await client.query('begin')
    await client.query(
      `insert into deliveries(id, webhook_id, team_id, message_id, subject, subject_seq, in_order, created_at, body, status, attempts)
       select id, webhook_id, team_id, message_id, subject, subject_seq, in_order, created_at, body, 0, 1 from queue where id = $1`,
      [first],
    )
    const cancelling = cancelUnsent(db, matching, 'cancelled by ada')
    await waitForLock(db)
    await db.query('update queue set attempt = 1, lane = 1 where id = $1', [second])
    await db.query('insert into attempts(delivery_id, number, at, outcome, status) values ($1, 1, now(), 1, 503)', [
      second,
    ])
    await client.query('rollback')
    return cancelling
  })
  expect(cancelled).toEqual([webhook.webhookId])
  expect(await db.query('select id from queue')).toEqual([{ id: second }])
})
