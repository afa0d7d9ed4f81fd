import type { EventType } from '../../contract/event-types.ts'
import type { Scope } from '../automations/event-snapshot.ts'
import { uuidFloor, uuidTime, type EntityId, type EventId, type ProjectId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { storedColumns, type StoredEvent } from './event-store.ts'

/** Where to look for the events of a scope: a project's, or those of every team whose versions may be linked there. */
export type EventSource = { readonly projectId: ProjectId } | { readonly entityIds: readonly EntityId[] }

export interface ScopeEvents {
  /** Newest first. */
  readonly events: readonly StoredEvent[]
  /** Every event since then was looked at; null: as far back as asked. */
  readonly since: Date | null
}

/**
 * Past events of one type in a scope. Looks at the newest `limits.simulationScanMax` events, whatever their type, an equal part of
 * them in each team, so that a busy team costs no more than a quiet one and many no more than one, and reads those of the
 * type.
 */
export async function selectScopeEvents(
  db: Queryable,
  { scope, source, type, after }: { scope: Scope; source: EventSource; type: EventType; after: Date },
): Promise<ScopeEvents> {
  const [column, keys] =
    'projectId' in source ? (['project_id', [source.projectId]] as const) : (['entity_id', source.entityIds] as const)
  const [scanned] = await db.query<{ ids: EventId[]; since: EventId | null }>(scan[column], [
    keys,
    uuidFloor(after),
    type,
    Math.max(1, Math.floor(limits.simulationScanMax / keys.length)),
    limits.simulationJudgedMax,
  ])
  const { ids, since } = scanned!
  const events = ids.length === 0 ? [] : await db.query<StoredEvent>(selectIn[scope.type], [ids, scope.id])
  return { events, since: since === null ? null : uuidTime(since) }
}

const scan = { project_id: scanBy('project_id'), entity_id: scanBy('entity_id') }

function scanBy(column: 'project_id' | 'entity_id') {
  return {
    name: `scan_events_by_${column}`,
    text: `with seen as materialized (
        select k.id as key, e.id, e.type from unnest($1::bigint[]) as k(id)
        cross join lateral (select id, type from events where ${column} = k.id and id >= $2 order by id desc limit $4) e),
      wanted as (select id from seen where type = $3 order by id desc limit $5)
      select coalesce((select array_agg(id) from wanted), '{}') as ids,
        greatest(
          (select max(oldest) from (select min(id::text) as oldest from seen group by key having count(*) = $4) full_sources),
          case when (select count(*) from wanted) = $5 then (select min(id::text) from wanted) end) as since`,
  }
}

const selectIn = {
  collection: inPlace('collection', `(p -> 'collection' ->> 'id')::bigint = $2`),
  project: inPlace('project', `(p ->> 'projectId')::bigint = $2`),
  entity: inPlace('entity', `$2 in ((p ->> 'entityId')::bigint, (p ->> 'organizationEntityId')::bigint)`),
}

function inPlace(scopeType: Scope['type'], condition: string) {
  return {
    name: `select_events_in_${scopeType}`,
    text: `select ${storedColumns} from events
      where id = any($1::uuid[]) and exists (select 1 from json_array_elements(data -> 'places') as p where ${condition}) order by id desc`,
  }
}
