import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import type { DeliveryKey } from '../delivery.ts'

/**
 * Puts rows back that were claimed and never sent: the answer to their claim or commit was lost, or the process is
 * draining. The attempt is uncounted, since it was not made. Fenced by the claim. Answers the webhooks they are for.
 */
export async function letGo(db: Queryable, rows: readonly DeliveryKey[]): Promise<WebhookId[]> {
  const keys = [rows.map((row) => row.id), rows.map((row) => row.claimId)]
  const freed = await db.query<{ webhook_id: WebhookId }>(statement, keys)
  return [...new Set(freed.map((row) => row.webhook_id))]
}

const statement = {
  name: 'let_go',
  text: `update queue q set state = 0, attempt = q.attempt - 1, claim_id = null, claimed_by = null, claimed_at = null
    from unnest($1::uuid[], $2::bigint[]) as r(id, claim_id)
    where q.id = r.id and q.claim_id = r.claim_id and q.state = 1 returning q.webhook_id`,
}
