import type { DeliveryId, WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import { finishedStatus } from '../delivery.ts'
import { movedColumns } from './moved-columns.ts'

/**
 * Ends a delivery that waits or is held, in one statement: a claim at the same moment either has it or finds nothing.
 * Answers its webhook; undefined when there was nothing to cancel.
 */
export async function cancelWaiting(db: Queryable, id: DeliveryId, reason: string): Promise<WebhookId | undefined> {
  const [row] = await db.query<{ webhook_id: WebhookId }>(statement, [id, finishedStatus.cancelled, reason])
  return row?.webhook_id
}

const statement = {
  name: 'cancel_waiting',
  text: `with gone as (delete from queue where id = $1 and state in (0, 2) returning *)
    insert into deliveries(${movedColumns}, status, reason, attempts) select ${movedColumns}, $2, $3, attempt from gone returning webhook_id`,
}
