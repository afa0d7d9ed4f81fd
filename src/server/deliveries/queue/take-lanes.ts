import type { EntityId, WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import type { WorkerId } from '../delivery.ts'
import type { LaneState } from '../lanes/lane.ts'

export interface TakenLane {
  readonly webhookId: WebhookId
  readonly teamId: EntityId
  readonly concurrencyMax: number
  readonly ratePerSecond: number | null
  readonly inOrder: boolean
  /** The bucket's content when the last owner wrote it down; null when it never did. */
  readonly tokens: number | null
  readonly tokensAt: Date | null
  /** Until when its breaker was open, then; null: closed. */
  readonly breakerUntil: Date | null
  /** Since when it had not closed; null with `breakerUntil`. */
  readonly failingSince: Date | null
}

/** Takes those of the named lanes that nobody else living owns; a lane another process is taking right now is left to it. */
export async function takeLanes(
  db: Queryable,
  workerId: WorkerId,
  webhookIds: readonly WebhookId[],
): Promise<TakenLane[]> {
  return db.query<TakenLane>(take, [workerId, webhookIds])
}

/** Gives lanes back, so that another worker may take them at once. Only the owner's call changes anything. */
export async function giveBackLanes(db: Queryable, workerId: WorkerId, lanes: readonly LaneState[]): Promise<void> {
  await writeLanes(db, giveBack, workerId, lanes)
}

/** Writes down what the buckets hold and which breakers are open, for whoever owns the lane next. */
export async function saveLanes(db: Queryable, workerId: WorkerId, lanes: readonly LaneState[]): Promise<void> {
  await writeLanes(db, save, workerId, lanes)
}

async function writeLanes(
  db: Queryable,
  statement: typeof save,
  workerId: WorkerId,
  lanes: readonly LaneState[],
): Promise<void> {
  await db.query(statement, [
    workerId,
    lanes.map((lane) => lane.webhookId),
    lanes.map((lane) => lane.tokens),
    lanes.map((lane) => lane.breakerUntil),
    lanes.map((lane) => lane.failingSince),
  ])
}

// A lane that was taken after the statement began has another epoch: looked at again under the lock, it is free no more.
const take = {
  name: 'take_lanes',
  text: `with free as materialized (
    select l.webhook_id, l.epoch from lanes l left join workers k on k.id = l.owner_id
    where l.webhook_id = any($2::bigint[]) and not l.paused
      and (l.owner_id is null or l.owner_id = $1 or k.id is null or k.alive_until < now())),
  still_free as (
    select l.webhook_id from lanes l join free f on f.webhook_id = l.webhook_id and f.epoch = l.epoch
    for update of l skip locked)
  update lanes l set owner_id = $1, epoch = l.epoch + 1
  from still_free f join webhooks w on w.id = f.webhook_id
  where l.webhook_id = f.webhook_id
  returning l.webhook_id as "webhookId", l.team_id as "teamId", w.concurrency_max as "concurrencyMax",
    w.rate_per_second as "ratePerSecond", w.in_order as "inOrder", l.tokens, l.tokens_at as "tokensAt",
    l.breaker_until as "breakerUntil", l.failing_since as "failingSince"`,
}

const stateColumns = `tokens = s.tokens, tokens_at = now(), breaker_until = s.breaker_until, breaker = (s.breaker_until is not null)::int, failing_since = s.failing_since`
const ofOwner = `from unnest($2::bigint[], $3::float8[], $4::timestamptz[], $5::timestamptz[]) as s(webhook_id, tokens, breaker_until, failing_since)
    where l.webhook_id = s.webhook_id and l.owner_id = $1`

const save = { name: 'save_lanes', text: `update lanes l set ${stateColumns} ${ofOwner}` }

const giveBack = { name: 'give_back_lanes', text: `update lanes l set owner_id = null, ${stateColumns} ${ofOwner}` }
