import type { EntityId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'

/** The team's live webhooks that send to this address, newest first. */
export async function selectWebhooksTo(db: Queryable, entityId: EntityId, url: string): Promise<WebhookId[]> {
  const rows = await db.query<{ id: WebhookId }>(
    `select id from webhooks where entity_id = $1 and url = $2 and archived_at is null
     order by id desc limit ${limits.receivedWebhooksMax}`,
    [entityId, url],
  )
  return rows.map(({ id }) => id)
}
