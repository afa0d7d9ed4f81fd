import { limits } from '../../base/limits.ts'
import { uuidFloor } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import { finishedStatus } from '../delivery.ts'

/**
 * Ends deliveries that have waited or were held since before `createdBefore`: their event is about to leave the history.
 * A bounded number at a time, oldest first; answers how many.
 */
export async function expireDeliveries(db: Queryable, createdBefore: Date): Promise<number> {
  const rows = await db.query<{ id: string }>(statement, [
    uuidFloor(createdBefore),
    finishedStatus.expired,
    limits.expireRowsMax,
  ])
  return rows.length
}

const statement = {
  name: 'expire_deliveries',
  text: `with old as (
    select id from queue where id < $1 and state in (0, 2) order by id limit $3 for update skip locked),
  gone as (delete from queue q using old o where q.id = o.id returning q.*)
  insert into deliveries(id, event_id, automation_id, automation_revision, webhook_id, team_id, message_id, subject, subject_seq, in_order, status, reason, attempts, created_at, body)
  select id, event_id, automation_id, automation_revision, webhook_id, team_id, message_id, subject, subject_seq, in_order, $2,
    'it waited longer than the history is kept', attempt, created_at, body from gone
  returning id`,
}
