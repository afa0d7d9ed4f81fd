import type { AutomationId, WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'

/**
 * Lets deliveries go that were born held while their automation was paused: they wait, due at once. Answers the webhooks
 * they are for. What an event that ran at the same time bears held afterwards, the heartbeat lets go.
 */
export async function releaseHeld(db: Queryable, automationId: AutomationId): Promise<WebhookId[]> {
  const rows = await db.query<{ webhook_id: WebhookId }>(statement, [automationId])
  return [...new Set(rows.map((row) => row.webhook_id))]
}

const statement = {
  name: 'release_held',
  text: 'update queue set state = 0, due_at = now() where automation_id = $1 and state = 2 returning webhook_id',
}
