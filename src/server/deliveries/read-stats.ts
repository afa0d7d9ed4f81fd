import type { Stats, StatsQuery } from '../../contract/stats.ts'
import type { Context } from '../access/context.ts'
import { entityRole } from '../access/roles.ts'
import { spellId, spellUuid, uuidFloor, uuidTime, type EntityId } from '../base/ids.ts'
import { selectEntitiesById } from '../places/place-store.ts'
import { visibleTo } from '../places/find-place.ts'
import { bucketsUntil } from './buckets-until.ts'
import { countedFrom } from './counted-from.ts'
import { finishedStatus, nameOf, type FinishedStatus } from './delivery.ts'
import { countEventsOf } from './event-count-store.ts'
import {
  countFinished,
  countUnfinished,
  sampleAttempts,
  selectTroubledLanes,
  type AttemptSample,
  type BucketRow,
  type TroubledLane,
  type UnfinishedRow,
} from './stats-store.ts'
import { chooseNoun, findWhose, type DeliveryVisibility } from './whose-deliveries.ts'

/**
 * How it goes with the deliveries of a team, a webhook or an automation: what became of those made in the last minutes
 * or hours, how long attempts take, and what waits. For whoever may list them.
 */
export async function readStats(visibility: DeliveryVisibility, context: Context, query: StatsQuery): Promise<Stats> {
  const whose = chooseNoun(query, ['team', 'webhook', 'automation'])
  const filter = await findWhose(visibility, context, whose, 'Reading statistics')
  const now = context.clock.now()
  const starts = bucketsUntil(now, query)
  const borders = starts.map(uuidFloor)
  const [finished, sample, unfinished, lanes, events] = await Promise.all([
    countFinished(context.db, filter, borders),
    sampleAttempts(context.db, filter, borders[0]!, [0.5, 0.9, 0.99]),
    countUnfinished(context.db, filter),
    selectTroubledLanes(context.db, filter),
    filter.by === 'team' ? countEventsOf(context.db, filter.id, visibleTo(context), uuidFloor(starts[0]!)) : null,
  ])
  const mine = await entitiesOf(context, lanes)
  return {
    from: starts[0]!.toISOString(),
    to: now.toISOString(),
    counted_from: (countedFrom(starts, finished) ?? now).toISOString(),
    buckets: presentBuckets(starts, finished),
    attempts: presentSample(sample),
    events,
    ...presentUnfinished(unfinished),
    lanes: lanes.map((lane) => presentLane(lane, unfinished, mine.has(lane.entity_id))),
  }
}

function presentBuckets(starts: readonly Date[], rows: readonly BucketRow[]): Stats['buckets'] {
  const none: Record<FinishedStatus, number> = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, expired: 0 }
  const list = starts.map((at) => ({ at: at.toISOString(), ...none }))
  for (const { bucket, status, count } of rows) list[bucket - 1]![nameOf(finishedStatus, status)] = count
  return list
}

function presentSample({ count, succeeded, ms }: AttemptSample): Stats['attempts'] {
  const [p50, p90, p99] = (ms ?? []).map((value) => Math.round(value * 100) / 100)
  return { count, succeeded, p50_ms: p50 ?? null, p90_ms: p90 ?? null, p99_ms: p99 ?? null }
}

/** A paused lane holds what waits in it, as `presentSummary` says too. */
function presentUnfinished(
  rows: readonly UnfinishedRow[],
): Pick<Stats, 'oldest_waiting' | 'waiting' | 'held' | 'sending'> {
  const open = rows.filter((row) => !row.lane_paused)
  const paused = rows.filter((row) => row.lane_paused)
  const oldest = open.flatMap((row) => row.oldest ?? []).toSorted()[0]
  return {
    oldest_waiting:
      oldest === undefined ? null : { delivery: spellUuid('delivery', oldest), since: uuidTime(oldest).toISOString() },
    waiting: sum(open, 'waiting'),
    held: sum(rows, 'held') + sum(paused, 'waiting'),
    sending: sum(rows, 'sending'),
  }
}

function presentLane(
  lane: TroubledLane,
  unfinished: readonly UnfinishedRow[],
  isMember: boolean,
): Stats['lanes'][number] {
  const { disabled_at: disabledAt, paused_at: pausedAt, failing_since: failingSince, breaker_until: until } = lane
  const isHeld = disabledAt !== null || pausedAt !== null
  const mine = unfinished.filter((row) => row.webhook_id === lane.webhook_id)
  return {
    webhook: spellId('webhook', lane.webhook_id),
    webhook_name: isMember ? lane.name : null,
    state: disabledAt !== null ? 'disabled' : pausedAt !== null ? 'paused' : 'broken',
    since: (disabledAt ?? pausedAt ?? failingSince)?.toISOString() ?? null,
    until: isHeld ? null : (until?.toISOString() ?? null),
    waiting: sum(mine, 'waiting') + sum(mine, 'held'),
  }
}

function sum(rows: readonly UnfinishedRow[], of: 'waiting' | 'held' | 'sending'): number {
  return rows.reduce((total, row) => total + row[of], 0)
}

/** The teams of these webhooks that the actor belongs to: who may read an automation may be in none of them. */
async function entitiesOf({ db, actor }: Context, lanes: readonly TroubledLane[]): Promise<Set<EntityId>> {
  if (lanes.length === 0) return new Set()
  const entities = await selectEntitiesById(db, [...new Set(lanes.map((lane) => lane.entity_id))])
  return new Set(entities.flatMap((entity) => (entityRole(actor, entity) === undefined ? [] : [entity.id])))
}
