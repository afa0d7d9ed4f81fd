import type { DeliveryId, WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'

/** Makes a waiting delivery due at once. Answers its webhook; undefined when it does not wait. */
export async function bringForward(db: Queryable, id: DeliveryId): Promise<WebhookId | undefined> {
  const [row] = await db.query<{ webhook_id: WebhookId }>(statement, [id])
  return row?.webhook_id
}

const statement = {
  name: 'bring_forward',
  text: 'update queue set due_at = least(due_at, now()) where id = $1 and state = 0 returning webhook_id',
}
