import type { EventType } from '../../contract/event-types.ts'
import type { IdSpan } from '../access/read-id-span.ts'
import { uuidTime, type EntityId, type EventId, type PersonId, type ProjectId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { EventSnapshot } from '../automations/event-snapshot.ts'
import type { RuleVersions } from '../automations/rule-memory.ts'
import type { Queryable, Tx } from '../database/database.ts'
import { insertStatement, rowsPerStatement, type Given, type MultiRowTable } from '../database/multi-row.ts'
import {
  finishedRow,
  finishedTable,
  isFinished,
  queueRow,
  queueTable,
  type NewDelivery,
} from '../deliveries/queue/insert-deliveries.ts'

export interface EventRow {
  readonly id: EventId
  readonly type: string
  readonly subject: string
  /** Below 0: so many after the first number that the transaction draws. */
  readonly subjectSeq: number
  readonly entityId: EntityId
  readonly projectId: ProjectId | null
  readonly actorId: PersonId | null
  readonly versions: readonly number[]
  readonly reach: readonly number[]
  /** The snapshot as JSON text. */
  readonly data: string
}

/**
 * Events and their deliveries in one statement; in more only where there are over `rowsPerStatement` of a kind. None is
 * waited for. The transaction fails, and is run again, where the rules that judged the events are no longer these.
 */
export function insertEvents(
  tx: Tx,
  versions: RuleVersions,
  events: readonly EventRow[],
  deliveries: readonly NewDelivery[],
): void {
  const rows = {
    events: events.map(eventCells),
    queue: deliveries.filter((delivery) => !isFinished(delivery)).map(queueRow),
    finished: deliveries.filter(isFinished).map(finishedRow),
  }
  const longest = Math.max(rows.events.length, rows.queue.length, rows.finished.length)
  for (let from = 0; from < longest; from += rowsPerStatement) {
    const cut = <T>(list: readonly T[]) => list.slice(from, from + rowsPerStatement)
    const insert = insertStatement(
      [
        { of: eventsTable, rows: cut(rows.events) },
        { of: queueTable, rows: cut(rows.queue) },
        { of: finishedTable, rows: cut(rows.finished) },
      ],
      from === 0 ? judgedBy(versions) : furtherOfTheSame,
    )
    if (insert !== undefined) tx.send(insert.statement, insert.values)
  }
}

const columns = { subject_seq: 'case when v.subject_seq < 0 then given.value - v.subject_seq else v.subject_seq end' }

function judgedBy({ scopes, receivers }: RuleVersions): Given {
  return {
    name: 'judged',
    expression: 'next_subject_seq($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])',
    values: [
      scopes.map(({ type }) => type),
      scopes.map(({ id }) => id),
      scopes.map(({ version }) => version),
      receivers.map(({ entityId }) => entityId),
      receivers.map(({ version }) => version),
    ],
    columns,
  }
}

const furtherOfTheSame: Given = { name: 'further', expression: `currval('subject_seq')`, values: [], columns }

/** An idempotency key given with an event: unique in its project for all time. */
export interface EventKey {
  readonly scopeId: number
  readonly key: string
  readonly eventId: EventId
  /** Tells a repeat from another event under the same key. */
  readonly fingerprint: Buffer
}

/** Inserts the keys that are new; answers those that were there before, with the event they named. */
export async function claimEventKeys(tx: Queryable, keys: readonly EventKey[]): Promise<EventKey[]> {
  // In the order of the index, so that two transactions with the same keys wait for each other and never in a ring.
  const sorted = keys.toSorted((a, b) => a.scopeId - b.scopeId || (a.key < b.key ? -1 : 1))
  const values = [
    sorted.map((key) => key.scopeId),
    sorted.map((key) => key.key),
    sorted.map((key) => key.eventId),
    sorted.map((key) => key.fingerprint),
  ]
  const inserted = await tx.query<{ event_id: EventId }>(insertKeys, values)
  if (inserted.length === keys.length) return []
  const isNew = new Set(inserted.map((row) => row.event_id))
  const rest = sorted.filter((key) => !isNew.has(key.eventId))
  return tx.query<EventKey>(selectKeys, [rest.map((key) => key.scopeId), rest.map((key) => key.key)])
}

const eventsTable: MultiRowTable = {
  table: 'events',
  columns: [
    ['id', 'uuid'],
    ['type', 'text'],
    ['subject', 'text'],
    ['subject_seq', 'bigint'],
    ['entity_id', 'bigint'],
    ['project_id', 'bigint'],
    ['actor_id', 'bigint'],
    ['rules', 'bigint[]'],
    ['reach', 'bigint[]'],
    ['data', 'json'],
  ],
}

function eventCells(event: EventRow): unknown[] {
  const { id, type, subject, subjectSeq, entityId, projectId, actorId, versions, reach, data } = event
  return [id, type, subject, subjectSeq, entityId, projectId, actorId, versions, reach, data]
}

const insertKeys = {
  name: 'insert_event_keys',
  text: `insert into event_keys(scope_id, key, event_id, fingerprint)
    select * from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bytea[]) on conflict do nothing returning event_id`,
}

const selectKeys = {
  name: 'select_event_keys',
  text: `select k.scope_id as "scopeId", k.key, k.event_id as "eventId", k.fingerprint
    from unnest($1::bigint[], $2::text[]) as a(scope_id, key) join event_keys k using (scope_id, key)`,
}

export interface StoredEvent {
  readonly id: EventId
  readonly type: string
  readonly subject: string
  readonly entity_id: EntityId
  readonly project_id: ProjectId | null
  readonly rules: number[]
  readonly reach: number[]
  readonly data: Pick<EventSnapshot, 'author' | 'places' | 'facts'>
}

/** The event as rules and templates saw it. */
export function snapshotOf({ id, type, data }: Pick<StoredEvent, 'id' | 'type' | 'data'>): EventSnapshot {
  return { ...data, id, type: type as EventType, at: uuidTime(id) }
}

export async function selectEvent(db: Queryable, id: EventId): Promise<StoredEvent | undefined> {
  const [row] = await db.query<StoredEvent>(selectEventById, [id])
  return row
}

export interface EventFilter {
  readonly type?: string | undefined
  /** Name of who caused it. */
  readonly author?: string | undefined
  /** Whether a delivery was made of it. */
  readonly fired?: boolean | undefined
}

export interface EventPage {
  /** Newest first. */
  readonly events: readonly StoredEvent[]
  /** The oldest event that was looked at, when there may be older ones that were not; null when all were. */
  readonly lookedTo: EventId | null
}

/** Events of a project with ids in a span, those that pass the filter; looks at `scanMax` of them at most. */
export async function selectEventPage(
  db: Queryable,
  page: {
    readonly projectId: ProjectId
    readonly span: IdSpan<'event'>
    readonly filter: EventFilter
    readonly limit: number
    readonly scanMax: number
  },
): Promise<EventPage> {
  const { projectId, span, filter, limit, scanMax } = page
  const { type = null, author = null, fired = null } = filter
  const rows = await db.query<StoredEvent & { readonly last: EventId | null }>(selectEventsOfProject, [
    projectId,
    span.from ?? lowestUuid,
    span.below ?? highestUuid,
    scanMax,
    type,
    author,
    fired,
    limit,
  ])
  return {
    events: rows.flatMap(({ last: _last, ...event }) => (event.id === null ? [] : event)),
    lookedTo: rows[0]?.last ?? null,
  }
}

/** Of a project, beside an event: nearest first, so many that a collection's own are likely among them. */
export async function selectNeighbors(
  db: Queryable,
  of: { readonly projectId: ProjectId; readonly id: EventId; readonly side: 'before' | 'after' },
): Promise<StoredEvent[]> {
  return db.query<StoredEvent>(of.side === 'before' ? selectBefore : selectAfter, [of.projectId, of.id])
}

export const storedColumns = 'id, type, subject, entity_id, project_id, rules, reach, data'

const selectEventById = { name: 'select_event', text: `select ${storedColumns} from events where id = $1` }

const selectBefore = {
  name: 'select_events_before',
  text: `select ${storedColumns} from events where project_id = $1 and id < $2 order by id desc limit ${limits.neighborScanMax}`,
}

const selectAfter = {
  name: 'select_events_after',
  text: `select ${storedColumns} from events where project_id = $1 and id > $2 order by id limit ${limits.neighborScanMax}`,
}

const lowestUuid = '00000000-0000-0000-0000-000000000000'
const highestUuid = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

// A row without an event says how far it was looked where none passes.
const selectEventsOfProject = {
  name: 'select_events_of_project',
  text: `with looked as materialized (
      select id, type, case when $6::text is not null then data ->> 'author' end as author
      from events where project_id = $1 and id >= $2 and id < $3 order by id desc limit $4),
    passed as (select id from looked l
      where ($5::text is null or type = $5) and ($6::text is null or author = $6)
        and ($7::boolean is null or $7 = (exists (select from queue q where q.event_id = l.id)
          or exists (select from deliveries d where d.event_id = l.id)))
      order by id desc limit $8)
    select looked_to.last, ${storedColumns} from
      (select case when count(*) = $4 then min(id::text)::uuid end as last from looked) looked_to
      left join (select e.* from passed join events e using (id)) e on true order by id desc`,
}

/**
 * Only what every transaction still open on the server is behind of: a row that commits later comes later, and is never
 * passed over. A long transaction, in another database too, holds the stream up, and loses nothing.
 */
export async function selectEventTail(
  db: Queryable,
  tail: {
    readonly entityId: EntityId
    readonly after: { readonly tx: string; readonly id: string }
    readonly limit: number
  },
): Promise<(StoredEvent & { readonly tx: string })[]> {
  return db.query(selectTail, [tail.entityId, tail.after.tx, tail.after.id, tail.limit])
}

const selectTail = {
  name: 'select_event_tail',
  text: `select tx::text as tx, ${storedColumns} from events
    where entity_id = $1 and (tx, id) > ($2::xid8, $3::uuid) and tx < pg_snapshot_xmin(pg_current_snapshot())
    order by events.tx, id limit $4`,
}
