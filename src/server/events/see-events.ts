import type { Context } from '../access/context.ts'
import { entityRole } from '../access/roles.ts'
import type { EventPlace, Scope } from '../automations/event-snapshot.ts'
import type { EntityId } from '../base/ids.ts'
import { visibleTo } from '../places/find-place.ts'
import { selectEntities, selectVisibleProjectIds } from '../places/place-store.ts'
import { selectEvent, type StoredEvent } from './event-store.ts'

/** Whoever may read a place of an event may read the event, and of its places those. Undefined: none of them. */
export async function findVisibleEvent(context: Context, id: string): Promise<StoredEvent | undefined> {
  const event = await selectEvent(context.db, id)
  return event === undefined ? undefined : (await seeEvents(context, [event]))[0]
}

/** The events that the actor may read, with the places they may see. */
export async function seeEvents<E extends StoredEvent>(context: Context, events: readonly E[]): Promise<E[]> {
  const places = events.flatMap((event) => event.data.places)
  const projectIds = new Set(places.flatMap(({ projectId }) => projectId ?? []))
  const projects = new Set(
    projectIds.size === 0 ? [] : await selectVisibleProjectIds(context.db, visibleTo(context), [...projectIds]),
  )
  const entities = await seeEntities(
    context,
    places.flatMap(({ projectId, entityId }) => (projectId === null ? entityId : [])),
  )
  return events.flatMap((event) => {
    const seen = event.data.places.filter(({ projectId, entityId }) =>
      projectId === null ? entities.has(entityId) : projects.has(projectId),
    )
    return seen.length === 0 ? [] : { ...event, data: { ...event.data, places: seen } }
  })
}

/** The scopes of visible places whose automations the actor may read. */
export async function seeScopes(context: Context, places: readonly EventPlace[]): Promise<(scope: Scope) => boolean> {
  const entities = await seeEntities(
    context,
    places.flatMap(({ entityId, organizationEntityId }) =>
      organizationEntityId === null ? entityId : [entityId, organizationEntityId],
    ),
  )
  return ({ type, id }) =>
    type === 'entity'
      ? entities.has(id)
      : places.some(({ collection, projectId }) => (type === 'project' ? projectId : collection?.id) === id)
}

async function seeEntities(context: Context, ids: readonly EntityId[]): Promise<ReadonlySet<EntityId>> {
  const seen = new Set<EntityId>()
  for (const id of new Set(ids)) {
    const [entity] = await selectEntities(context.db, { id })
    if (entity !== undefined && entityRole(context.actor, entity) !== undefined) seen.add(id)
  }
  return seen
}
