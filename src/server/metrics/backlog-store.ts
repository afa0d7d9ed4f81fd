import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { laneOf, queueState } from '../deliveries/delivery.ts'

/** What waits, for all processes together. */
export interface Backlog {
  readonly oldestDueSeconds: number
  readonly due: number
  readonly retrying: number
  readonly sending: number
  readonly held: number
  readonly workers: number
}

/**
 * The oldest due row is found by hopping from webhook to webhook in `queue_due`; of the rest at most `statsUnfinishedMax`
 * rows are counted, so that a long queue costs a scrape no more than that.
 */
export async function readBacklog(db: Queryable): Promise<Backlog> {
  const [row] = await db.query<Backlog>(statement)
  return row!
}

const earliest = (lane: number): string =>
  `(select min(q.due_at) from queue q where q.webhook_id = w.webhook_id and q.state = ${queueState.waiting} and q.lane = ${lane})`

const statement = {
  name: 'read_backlog',
  text: `with recursive w as (
      (select webhook_id from queue where state = ${queueState.waiting} order by webhook_id limit 1)
      union all
      select (select q.webhook_id from queue q where q.state = ${queueState.waiting} and q.webhook_id > w.webhook_id order by q.webhook_id limit 1)
      from w where w.webhook_id is not null),
    oldest as (
      select min(least(${earliest(laneOf.first)}, ${earliest(laneOf.retry)})) as due_at
      from w join lanes l on l.webhook_id = w.webhook_id where not l.paused),
    seen as (select state, lane, due_at from queue limit ${limits.statsUnfinishedMax})
    select greatest(0, coalesce(extract(epoch from now() - (select due_at from oldest)), 0))::float8 as "oldestDueSeconds",
      count(*) filter (where state = ${queueState.waiting} and (lane = ${laneOf.first} or due_at <= now()))::int as due,
      count(*) filter (where state = ${queueState.waiting} and lane = ${laneOf.retry} and due_at > now())::int as retrying,
      count(*) filter (where state = ${queueState.sending})::int as sending,
      count(*) filter (where state = ${queueState.held})::int as held,
      (select count(*) from workers where alive_until > now())::int as workers
    from seen`,
}
