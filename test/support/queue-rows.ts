import { makeUuid } from '../../src/server/base/ids.ts'
import type { Database } from '../../src/server/database/database.ts'
import { insertStatement } from '../../src/server/database/multi-row.ts'
import { encodeBody } from '../../src/server/deliveries/payload-body.ts'
import { queueRow, queueTable, type NewDelivery } from '../../src/server/deliveries/queue/insert-deliveries.ts'

/** A team with a webhook and its lane, straight into the tables. */
export async function insertWebhook(
  db: Database,
  settings: { concurrencyMax?: number; inOrder?: boolean } = {},
): Promise<{ webhookId: number; teamId: number }> {
  const name = `team-${makeUuid(new Date())}`
  const [team] = await db.query<{ id: number }>(
    `insert into entities(kind, name, name_key) values ('team', $1, $1) returning id`,
    [name],
  )
  const [webhook] = await db.query<{ id: number }>(
    `insert into webhooks(entity_id, name, url, timeout_ms, retry, concurrency_max, in_order, changed_in)
     values ($1, 'hook', 'http://127.0.0.1:1/', 1000, '{}', $2, $3, 0) returning id`,
    [team!.id, settings.concurrencyMax ?? 10, settings.inOrder ?? false],
  )
  await db.query('insert into lanes(webhook_id, team_id) values ($1, $2)', [webhook!.id, team!.id])
  return { webhookId: webhook!.id, teamId: team!.id }
}

/** Unfinished deliveries, straight into the queue; the test names only what matters. */
export async function enqueue(
  db: Database,
  of: { webhookId: number; teamId: number },
  ...list: Partial<NewDelivery>[]
): Promise<string[]> {
  const deliveries = list.map((given): NewDelivery => {
    const id = given.id ?? makeUuid(new Date())
    return {
      id,
      eventId: null,
      automationId: 1,
      automationRevision: 1,
      webhookId: of.webhookId,
      teamId: of.teamId,
      messageId: `msg_${id}`,
      subject: 'subject',
      subjectSeq: 1,
      inOrder: false,
      createdAt: new Date(),
      body: encodeBody(['{}']),
      birth: { state: 'waiting' },
      ...given,
    }
  })
  const insert = insertStatement([{ of: queueTable, rows: deliveries.map(queueRow) }])
  if (insert !== undefined) await db.query(insert.statement, insert.values)
  return deliveries.map(({ id }) => id)
}
