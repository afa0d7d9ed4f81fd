import { limits } from '../../base/limits.ts'
import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import { finishedStatus, type DeliveryKey, type WorkerId } from '../delivery.ts'
import { metOutcome } from '../met-outcome.ts'
import { movedColumns } from './moved-columns.ts'

export interface Heartbeat {
  /** False when the lease had run out: others may own the lanes now. */
  readonly alive: boolean
  /** Rows in this worker's name, claimed a while ago. Those it does not hold in memory come of a lost answer. */
  readonly mine: readonly DeliveryKey[]
  /** Deliveries that were taken back from workers that died. */
  readonly orphans: number
  /** Webhooks that got deliveries back: from workers that died, or that were held and need not be. */
  readonly takenBack: readonly WebhookId[]
}

/**
 * Lengthens the worker's lease, asks for old rows in its name, and takes back rows of the dead: one statement, so that an
 * idle worker costs twenty a minute. A row taken back gets the attempt *interrupted*, since its request may or may not
 * have arrived, and waits in the retry lane, due at once. Rows that another worker takes back right now are skipped.
 *
 * Rows held for an automation that is paused no more were born by an event that did not know it yet: they are let go, or
 * cancelled where the automation was deleted, once that is undone no more.
 */
export async function beat(db: Queryable, workerId: WorkerId): Promise<Heartbeat> {
  const [row] = await db.query<{ alive: boolean; mine: [string, number][]; orphans: number; taken_back: number[] }>(
    statement,
    [
      workerId,
      limits.leaseMs,
      limits.unknownToOwnerMs,
      limits.claimRowsMax,
      metOutcome.interrupted,
      finishedStatus.cancelled,
      limits.deletionUndoneMs,
    ],
  )
  const { alive, mine, orphans, taken_back: takenBack } = row!
  return { alive, mine: mine.map(([id, claimId]) => ({ id, claimId })), orphans, takenBack }
}

const statement = {
  name: 'beat',
  text: `with recursive alive as (
    update workers set alive_until = now() + $2 * interval '1 millisecond' where id = $1 and alive_until > now() returning id),
  of_the_dead as materialized (
    select q.id, q.claim_id from queue q left join workers w on w.id = q.claimed_by
    where q.state = 1 and (w.id is null or w.alive_until < now()) and q.claimed_by <> $1 limit $4),
  orphans as (
    select q.id from queue q join of_the_dead d on d.id = q.id and d.claim_id = q.claim_id for update of q skip locked),
  back as (
    update queue q set state = 0, lane = 1, due_at = now(), claim_id = null, claimed_by = null, claimed_at = null
    from orphans o where q.id = o.id returning q.id, q.attempt, q.webhook_id),
  noted as (
    insert into attempts(delivery_id, number, at, outcome, detail)
    select id, attempt, now(), $5, 'the process that was sending it ended; the request may or may not have arrived' from back
    on conflict do nothing),
  held as (
    (select automation_id from queue where state = 2 order by automation_id limit 1)
    union all
    select (select q.automation_id from queue q where q.state = 2 and q.automation_id > h.automation_id order by q.automation_id limit 1)
    from held h where h.automation_id is not null),
  stray as (
    select q.id, a.archived_at is not null as gone
    from held h join automations a on a.id = h.automation_id
      join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
      cross join lateral (select id from queue q where q.automation_id = h.automation_id and q.state = 2 limit $4 for update skip locked) q
    where a.archived_at < now() - $7 * interval '1 millisecond' or (a.archived_at is null and r.paused_reason is null) limit $4),
  freed as (
    update queue q set state = 0, due_at = now() from stray s where q.id = s.id and not s.gone returning q.webhook_id),
  ended as (delete from queue q using stray s where q.id = s.id and s.gone returning q.*),
  cancelled as (
    insert into deliveries(${movedColumns}, status, reason, attempts)
    select ${movedColumns}, $6, 'the automation was deleted while it was paused', attempt from ended)
  select exists (select 1 from alive) as alive,
    (select coalesce(json_agg(json_build_array(q.id, q.claim_id)), '[]') from queue q
     where q.claimed_by = $1 and q.state = 1 and q.claimed_at < now() - $3 * interval '1 millisecond') as mine,
    (select count(*)::int from back) as orphans,
    (select coalesce(json_agg(distinct webhook_id), '[]') from (select webhook_id from back union select webhook_id from freed) f) as taken_back`,
}
