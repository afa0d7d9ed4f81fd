import type { DeliveryId, WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'

export interface BroughtForward {
  readonly webhookId: WebhookId
  /** False when it was due already. */
  readonly isEarlier: boolean
}

/** Makes a waiting delivery due at once; undefined when it does not wait. */
export async function bringForward(db: Queryable, id: DeliveryId): Promise<BroughtForward | undefined> {
  const [row] = await db.query<BroughtForward>(statement, [id])
  return row
}

const statement = {
  name: 'bring_forward',
  text: `with waiting as (select id, due_at from queue where id = $1 and state = 0 for update)
    update queue q set due_at = least(q.due_at, now()) from waiting w where q.id = w.id
    returning q.webhook_id as "webhookId", q.due_at < w.due_at as "isEarlier"`,
}
