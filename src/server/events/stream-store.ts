import type { AutomationId, DeliveryId, EntityId, EventId, ProjectId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import type { StoredEvent } from './event-store.ts'
import { attemptsBehind, eventsBehind, type StreamPosition } from './stream-cursor.ts'

/** Where the stream ends now: every transaction below `horizon` has ended, and what it left is to be seen. */
export interface StreamEnd {
  readonly generation: string
  readonly horizon: string
}

export async function selectStreamEnd(db: Queryable): Promise<StreamEnd> {
  const [row] = await db.query<StreamEnd>(selectEnd)
  return row!
}

export interface StreamedEventRow extends Omit<StoredEvent, 'rules' | 'reach'> {
  readonly tx: string
}

/** An attempt with what its delivery is now, and the places by which it may be seen. */
export interface StreamedAttemptRow {
  readonly tx: string
  readonly delivery_id: DeliveryId
  readonly number: number
  readonly at: Date
  readonly outcome: number
  readonly status: number | null
  readonly detail: string | null
  readonly event_id: EventId | null
  readonly automation_id: AutomationId | null
  readonly webhook_id: WebhookId | null
  /** Null when the delivery is gone, and with it all that follows. */
  readonly team_id: EntityId | null
  /** As in `DeliveryRow`. */
  readonly state: string | null
  readonly lane_paused: boolean | null
  readonly event_entity_id: EntityId | null
  readonly event_project_id: ProjectId | null
  /** The automation's scope, also when that was deleted. */
  readonly scope_entity_id: EntityId | null
  readonly scope_project_id: ProjectId | null
}

/** Events behind a position and below a horizon, at most `streamRowsMax`. */
export async function selectStreamedEvents(
  db: Queryable,
  after: StreamPosition,
  horizon: string,
): Promise<StreamedEventRow[]> {
  const { tx, id } = eventsBehind(after)
  return db.query<StreamedEventRow>(selectEvents, [tx, id, horizon])
}

/** The same for attempts, those too whose delivery is gone: the number of rows says whether there are more. */
export async function selectStreamedAttempts(
  db: Queryable,
  after: StreamPosition,
  horizon: string,
): Promise<StreamedAttemptRow[]> {
  const { tx, id, attempt } = attemptsBehind(after)
  return db.query<StreamedAttemptRow>(selectAttempts, [tx, id, attempt, horizon])
}

const selectEnd = {
  name: 'select_stream_end',
  text: 'select generation, pg_snapshot_xmin(pg_current_snapshot())::text as horizon from stream',
}

const selectEvents = {
  name: 'select_streamed_events',
  text: `select tx::text as tx, id, type, subject, entity_id, project_id, data from events
    where (tx, id) > ($1::xid8, $2::uuid) and tx < $3::xid8 order by events.tx, id limit ${limits.streamRowsMax}`,
}

// The limit stands in the text, so that a plan made once for all values knows how few rows there are, and looks each
// delivery up instead of reading the history.
const selectAttempts = {
  name: 'select_streamed_attempts',
  text: `select a.tx::text as tx, a.delivery_id, a.number, a.at, a.outcome, a.status, a.detail, d.event_id, d.automation_id, d.webhook_id,
      d.team_id, d.state, d.lane_paused, e.entity_id as event_entity_id, e.project_id as event_project_id,
      s.entity_id as scope_entity_id, s.project_id as scope_project_id
    from (select tx, delivery_id, number, at, outcome, status, detail from attempts
        where (tx, delivery_id, number) > ($1::xid8, $2::uuid, $3::int) and tx < $4::xid8
        order by attempts.tx, delivery_id, number limit ${limits.streamRowsMax}) a
      left join lateral (
        select q.event_id, q.automation_id, q.webhook_id, q.team_id, 'q' || q.state as state, coalesce(l.paused, false) as lane_paused
          from queue q left join lanes l on l.webhook_id = q.webhook_id where q.id = a.delivery_id
        union all
        select h.event_id, h.automation_id, h.webhook_id, h.team_id, 'd' || h.status, false from deliveries h where h.id = a.delivery_id
        limit 1) d on true
      left join lateral (select entity_id, project_id from events where id = d.event_id) e on true
      left join automations u on u.id = d.automation_id
      left join rule_sets s on s.id = u.rule_set_id
    order by a.tx, a.delivery_id, a.number`,
}
