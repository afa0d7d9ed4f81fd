import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import type { ClaimedDelivery, ClaimId, WorkerId } from '../delivery.ts'
import { claimedColumns } from './claim-due-deliveries.ts'

/**
 * Claims for one webhook whose deliveries go in order per subject: walks its subjects, looks only at each one's oldest
 * unfinished delivery, and takes those that are due. A delivery that is being sent, waits for its retry or is held keeps
 * the later ones of its subject waiting, and nobody else's. Fenced like every claim.
 */
export async function claimInOrder(
  db: Queryable,
  workerId: WorkerId,
  claimId: ClaimId,
  webhookId: WebhookId,
  count: number,
  now: Date | null,
): Promise<ClaimedDelivery[]> {
  return db.query<ClaimedDelivery>(claim, [workerId, claimId, webhookId, count, now])
}

const claim = {
  name: 'claim_in_order',
  text: `with recursive heads as (
    (select id, subject, state, due_at from queue where webhook_id = $3 and in_order order by subject, subject_seq limit 1)
    union all
    select n.id, n.subject, n.state, n.due_at
    from heads h cross join lateral (
      select id, subject, state, due_at from queue
      where webhook_id = $3 and in_order and subject > h.subject order by subject, subject_seq limit 1) n),
  picked as (select id from heads where state = 0 and due_at <= coalesce($5, now()) order by due_at limit $4)
  update queue d set state = 1, claim_id = $2, claimed_by = $1, claimed_at = now(), attempt = d.attempt + 1
  from picked p
  where d.id = p.id and d.state = 0 and d.due_at <= coalesce($5, now())
    and exists (select 1 from lanes l where l.webhook_id = $3 and l.owner_id = $1 and not l.paused)
  returning ${claimedColumns}`,
}
