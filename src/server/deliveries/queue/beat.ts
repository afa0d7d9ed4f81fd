import { limits } from '../../base/limits.ts'
import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import { attemptOutcome, type DeliveryKey, type WorkerId } from '../delivery.ts'

export interface Heartbeat {
  /** False when the lease had run out: others may own the lanes now. */
  readonly alive: boolean
  /** Rows in this worker's name, claimed a while ago. Those it does not hold in memory come of a lost answer. */
  readonly mine: readonly DeliveryKey[]
  /** Webhooks that got deliveries back from workers that died. */
  readonly takenBack: readonly WebhookId[]
}

/**
 * Lengthens the worker's lease, asks for old rows in its name, and takes back rows of the dead: one statement, so that an
 * idle worker costs twenty a minute. A row taken back gets the attempt *interrupted*, since its request may or may not
 * have arrived, and waits in the retry lane, due at once. Rows that another worker takes back right now are skipped.
 */
export async function beat(db: Queryable, workerId: WorkerId): Promise<Heartbeat> {
  const [row] = await db.query<{ alive: boolean; mine: [string, number][]; taken_back: number[] }>(statement, [
    workerId,
    limits.leaseMs,
    limits.unknownToOwnerMs,
    limits.claimRowsMax,
    attemptOutcome.interrupted,
  ])
  return { alive: row!.alive, mine: row!.mine.map(([id, claimId]) => ({ id, claimId })), takenBack: row!.taken_back }
}

const statement = {
  name: 'beat',
  text: `with alive as (
    update workers set alive_until = now() + $2 * interval '1 millisecond' where id = $1 and alive_until > now() returning id),
  orphans as (
    select q.id from queue q left join workers w on w.id = q.claimed_by
    where q.state = 1 and (w.id is null or w.alive_until < now()) and q.claimed_by <> $1
    limit $4 for update of q skip locked),
  back as (
    update queue q set state = 0, lane = 1, due_at = now(), claim_id = null, claimed_by = null, claimed_at = null
    from orphans o where q.id = o.id returning q.id, q.attempt, q.webhook_id),
  noted as (
    insert into attempts(delivery_id, number, at, outcome, detail)
    select id, attempt, now(), $5, 'the process that was sending it ended; the request may or may not have arrived' from back
    on conflict do nothing)
  select exists (select 1 from alive) as alive,
    (select coalesce(json_agg(json_build_array(q.id, q.claim_id)), '[]') from queue q
     where q.claimed_by = $1 and q.state = 1 and q.claimed_at < now() - $3 * interval '1 millisecond') as mine,
    (select coalesce(json_agg(distinct webhook_id), '[]') from back) as taken_back`,
}
