import type { Queryable } from '../../database/database.ts'
import { laneOf, type ClaimedDelivery, type ClaimId, type WorkerId } from '../delivery.ts'
import type { Ask } from '../lanes/share-slots.ts'

/**
 * Claims due deliveries of the owned lanes and counts the attempt.
 *
 * At least once: a worker that dies keeps nothing; its rows are taken back. Only rows of lanes that `workerId` owns and
 * that are not paused are taken, at most `count` of each ask, earliest due first. Every later write must name the
 * returned `claimId`, or it changes nothing. `now` is null in production: the database's clock decides what is due.
 */
export async function claimDueDeliveries(
  db: Queryable,
  workerId: WorkerId,
  claimId: ClaimId,
  asks: readonly Ask[],
  now: Date | null,
): Promise<ClaimedDelivery[]> {
  return db.query<ClaimedDelivery>(claim, [
    workerId,
    claimId,
    asks.map((ask) => ask.webhookId),
    asks.map((ask) => laneOf[ask.lane]),
    asks.map((ask) => ask.count),
    now,
  ])
}

/** What every claim answers; the version lets the sender notice that settings or secrets have changed. */
export const claimedColumns = `d.id, d.claim_id as "claimId", d.event_id as "eventId", d.automation_id as "automationId",
  d.webhook_id as "webhookId", d.team_id as "teamId", d.message_id as "messageId", d.attempt, d.created_at as "createdAt",
  d.body, (select e.receivers_version from entities e where e.id = d.team_id) as "receiversVersion"`

const claim = {
  name: 'claim_due_deliveries',
  text: `with asked as (select * from unnest($3::bigint[], $4::smallint[], $5::int[]) as a(webhook_id, lane, n)),
  picked as (
    select q.id
    from asked a join lanes l on l.webhook_id = a.webhook_id and l.owner_id = $1 and not l.paused
    cross join lateral (
      select id from queue q
      where q.webhook_id = a.webhook_id and q.state = 0 and q.lane = a.lane and q.due_at <= coalesce($6, now()) and not q.in_order
      order by q.due_at, q.id limit a.n for update skip locked) q)
  update queue d set state = 1, claim_id = $2, claimed_by = $1, claimed_at = now(), attempt = d.attempt + 1
  where d.id = any(array(select id from picked))
  returning ${claimedColumns}`,
}
