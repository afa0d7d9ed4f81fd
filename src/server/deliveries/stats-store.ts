import type { DeliveryId, EntityId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable, Statement } from '../database/database.ts'
import { finishedStatus, laneOf, queueState } from './delivery.ts'
import { metOutcome } from './met-outcome.ts'
import type { NumberFilter } from './whose-deliveries.ts'

export interface BucketRow {
  /** From 1, as the borders are counted. */
  readonly bucket: number
  readonly status: number
  readonly count: number
}

/**
 * What has become of the newest `statsDeliveriesMax` deliveries made since the first border, by the bucket they were made
 * in: `borders` are the smallest ids of the buckets. Reads one stretch of the index for each status, and no row.
 */
export async function countFinished(
  db: Queryable,
  { by, id }: NumberFilter,
  borders: readonly DeliveryId[],
): Promise<BucketRow[]> {
  return db.query<BucketRow>(statements[by].finished, [id, borders])
}

export interface AttemptSample {
  readonly count: number
  readonly succeeded: number
  /** Three percentiles; null when no attempt got as far as to be timed. */
  readonly ms: readonly number[] | null
}

/** Of the newest `statsAttemptsMax` attempts of deliveries made since the border, ended or waiting to be tried again. */
export async function sampleAttempts(
  db: Queryable,
  { by, id }: NumberFilter,
  since: DeliveryId,
  percentiles: readonly number[],
): Promise<AttemptSample> {
  const [row] = await db.query<AttemptSample>(statements[by].attempts, [id, since, percentiles])
  return row!
}

/** The unfinished deliveries to one webhook. */
export interface UnfinishedRow {
  readonly webhook_id: WebhookId
  readonly waiting: number
  readonly sending: number
  readonly held: number
  /** Of those that wait. */
  readonly oldest: DeliveryId | null
  readonly lane_paused: boolean
}

/** At most `statsUnfinishedMax` rows of the queue are looked at, the oldest of each webhook first. */
export async function countUnfinished(db: Queryable, { by, id }: NumberFilter): Promise<UnfinishedRow[]> {
  return db.query<UnfinishedRow>(statements[by].unfinished, [id])
}

/** A webhook that is paused, disabled, or whose breaker is open. */
export interface TroubledLane {
  readonly webhook_id: WebhookId
  readonly name: string
  readonly entity_id: EntityId
  readonly paused_at: Date | null
  readonly disabled_at: Date | null
  readonly breaker_until: Date | null
  readonly failing_since: Date | null
}

export async function selectTroubledLanes(db: Queryable, { by, id }: NumberFilter): Promise<TroubledLane[]> {
  return db.query<TroubledLane>(statements[by].lanes, [id])
}

/** The webhooks that deliveries may be for: an automation had others in earlier revisions. */
const webhooksOf = {
  team: 'select w.id from webhooks w where w.entity_id = $1',
  webhook: 'select $1::bigint as id',
  automation: `select distinct (r.action ->> 'webhookId')::bigint as id from automation_revisions r
    where r.automation_id = $1 and r.action ->> 'webhookId' is not null`,
} as const

const columnOf = { team: 'team_id', webhook: 'webhook_id', automation: 'automation_id' } as const

const statements = {
  team: statementsBy('team'),
  webhook: statementsBy('webhook'),
  automation: statementsBy('automation'),
}

function statementsBy(by: NumberFilter['by']): Record<'finished' | 'attempts' | 'unfinished' | 'lanes', Statement> {
  const column = columnOf[by]
  const isMine = by === 'automation' ? 'automation_id = $1' : 'true'
  // A sort by id within each status is what the indexes give.
  const newest = (columns: string, since: string, most: number) =>
    Object.values(finishedStatus)
      .map(
        (
          status,
        ) => `(select ${columns} from deliveries d where d.${column} = $1 and d.status = ${status} and d.id >= ${since}
      order by d.id desc limit ${most})`,
      )
      .join(' union all ')
  return {
    finished: {
      name: `count_finished_by_${by}`,
      text: `select width_bucket(id, $2::uuid[]) as bucket, status, count(*)::int as count
        from (${newest('d.id, d.status', '($2::uuid[])[1]', limits.statsDeliveriesMax)}
          order by id desc limit ${limits.statsDeliveriesMax}) made
        group by 1, 2`,
    },
    attempts: {
      name: `sample_attempts_by_${by}`,
      text: `with made as (
          ${newest('d.id', '$2', limits.statsAttemptsMax)}
          union all (select q.id from (${webhooksOf[by]}) w cross join lateral (
            select id, automation_id from queue
            where webhook_id = w.id and state = ${queueState.waiting} and lane = ${laneOf.retry} and id >= $2
            limit ${limits.statsUnfinishedMax}) q where ${isMine} limit ${limits.statsUnfinishedMax})
          order by id desc limit ${limits.statsAttemptsMax}),
        sample as (
          select a.outcome, (select sum(ms) from unnest(a.phases_ms) as p(ms))::float8 as took_ms
          from made m cross join lateral (select number, outcome, phases_ms from attempts where delivery_id = m.id) a
          order by m.id desc, a.number desc limit ${limits.statsAttemptsMax})
        select count(*)::int as count, count(*) filter (where outcome = ${metOutcome.succeeded})::int as succeeded,
          percentile_cont($3::float8[]) within group (order by took_ms) as ms from sample`,
    },
    unfinished: {
      name: `count_unfinished_by_${by}`,
      text: `with seen as (
          select q.* from (${webhooksOf[by]}) w cross join lateral (
            select webhook_id, automation_id, state, id from queue where webhook_id = w.id
            order by id limit ${limits.statsUnfinishedMax}) q
          limit ${limits.statsUnfinishedMax})
        select s.webhook_id, coalesce(l.paused, false) as lane_paused,
          count(*) filter (where state = ${queueState.waiting})::int as waiting,
          count(*) filter (where state = ${queueState.sending})::int as sending,
          count(*) filter (where state = ${queueState.held})::int as held,
          min(s.id::text collate "C") filter (where state = ${queueState.waiting}) as oldest
        from seen s left join lanes l on l.webhook_id = s.webhook_id where ${isMine} group by s.webhook_id, l.paused`,
    },
    lanes: {
      name: `select_troubled_lanes_by_${by}`,
      text: `select w.id as webhook_id, w.name, w.entity_id, w.paused_at, w.disabled_at, l.breaker_until, l.failing_since
        from webhooks w join lanes l on l.webhook_id = w.id where w.id in (${webhooksOf[by]}) and w.archived_at is null
          and (w.paused_at is not null or w.disabled_at is not null or l.breaker_until is not null)
        order by w.id limit ${limits.statsLanesMax}`,
    },
  }
}
