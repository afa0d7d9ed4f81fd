import type { Actor } from '../access/context.ts'
import { entityRole } from '../access/roles.ts'
import type { Clock } from '../base/clock.ts'
import type { EntityId, ProjectId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { projectRole } from '../places/find-place.ts'
import type { Entity, Project } from '../places/place.ts'
import { selectEntitiesById, selectProjectsById } from '../places/place-store.ts'
import type { StreamRow } from './read-stream.ts'

/** Where something happened: in a project, or in an entity as such. */
export interface StreamPlace {
  readonly projectId: ProjectId | null
  readonly entityId: EntityId
}

/** Places by id; undefined for one that is not there any more. */
export interface KnownPlaces {
  readonly projects: ReadonlyMap<ProjectId, Project | undefined>
  readonly entities: ReadonlyMap<EntityId, Entity | undefined>
}

/** Answers the places of these rows, as they were at most `streamPlacesMs` ago. */
export type FindStreamPlaces = (rows: readonly StreamRow[]) => Promise<KnownPlaces>

/** Remembers places for all readers together, so that who may see a row is decided without asking the database. */
export function makeStreamPlaces(db: Queryable, clock: Clock): FindStreamPlaces {
  let memory = emptyMemory(clock)
  return async (rows) => {
    if (clock.monotonicMs() - memory.since > limits.streamPlacesMs) memory = emptyMemory(clock)
    // Whoever reads on in a memory that was forgotten meanwhile still has all that their rows need.
    const { projects, entities } = memory
    const places = rows.flatMap(placesOf)
    await Promise.all([
      learn(
        projects,
        places.map(({ projectId }) => projectId),
        (ids) => selectProjectsById(db, ids),
      ),
      learn(
        entities,
        places.map(({ entityId }) => entityId),
        (ids) => selectEntitiesById(db, ids),
      ),
    ])
    return { projects, entities }
  }
}

/** The places of a row: for an attempt those of its webhook, its automation and its event. */
export function placesOf(streamed: StreamRow): readonly StreamPlace[] {
  const { kind, row } = streamed
  const showing = showingPlacesOf(streamed)
  if (kind === 'event' || row.event_entity_id === null) return showing
  return [...showing, { projectId: row.event_project_id, entityId: row.event_entity_id }]
}

/** Those by which it may be seen. An attempt is not by its event, which may have set off automations in hidden places. */
export function showingPlacesOf({ kind, row }: StreamRow): readonly StreamPlace[] {
  if (kind === 'event') return row.data.places
  const team = teamOf(row)
  return [
    ...(team === undefined ? [] : [team]),
    ...(row.scope_entity_id === null ? [] : [{ projectId: row.scope_project_id, entityId: row.scope_entity_id }]),
  ]
}

/** Its members see what an attempt met. */
export function teamOf(row: Extract<StreamRow, { kind: 'attempt' }>['row']): StreamPlace | undefined {
  return row.webhook_id === null || row.team_id === null ? undefined : { projectId: null, entityId: row.team_id }
}

/** The rule of `findVisibleEvent`: whoever has any role in a place sees what happens there. */
export function seesPlace(actor: Actor, { projectId, entityId }: StreamPlace, known: KnownPlaces): boolean {
  if (projectId !== null) {
    const project = known.projects.get(projectId)
    return project !== undefined && projectRole({ actor }, project) !== undefined
  }
  const entity = known.entities.get(entityId)
  return entity !== undefined && entityRole(actor, entity) !== undefined
}

async function learn<Id extends number, Place extends { readonly id: Id }>(
  known: Map<Id, Place | undefined>,
  wanted: readonly (Id | null)[],
  select: (ids: readonly Id[]) => Promise<Place[]>,
): Promise<void> {
  const missing = [...new Set(wanted)].filter((id) => id !== null).filter((id) => !known.has(id))
  if (missing.length === 0) return
  const found = new Map((await select(missing)).map((place) => [place.id, place]))
  for (const id of missing) known.set(id, found.get(id))
}

function emptyMemory(clock: Clock) {
  return {
    since: clock.monotonicMs(),
    projects: new Map<ProjectId, Project | undefined>(),
    entities: new Map<EntityId, Entity | undefined>(),
  }
}
