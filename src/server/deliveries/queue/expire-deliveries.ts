import { limits } from '../../base/limits.ts'
import { uuidFloor } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import { finishedStatus } from '../delivery.ts'
import { movedColumns } from './moved-columns.ts'

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
  insert into deliveries(${movedColumns}, status, reason, attempts)
  select ${movedColumns}, $2, 'it waited longer than the history is kept', attempt from gone
  returning id`,
}
