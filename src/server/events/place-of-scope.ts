import type { RuleSetPlace } from '../automations/automation.ts'
import type { EventPlace } from '../automations/event-snapshot.ts'
import type { Queryable } from '../database/database.ts'
import { selectCollections } from '../places/collection-store.ts'
import { selectEntities, selectProjects } from '../places/place-store.ts'

/** A scope as a place of an event that happens to all of it. Undefined where the place was deleted meanwhile. */
export async function placeOfScope(
  db: Queryable,
  { type, id, projectId, entityId }: RuleSetPlace,
): Promise<EventPlace | undefined> {
  const [entity] = await selectEntities(db, { id: entityId })
  const [project] = projectId === null ? [] : await selectProjects(db, { id: projectId })
  const [collection] = type === 'collection' ? await selectCollections(db, { id }) : []
  if (entity === undefined || (projectId !== null && project === undefined)) return undefined
  return {
    projectId,
    project: project?.name ?? null,
    entityId: entity.id,
    entity: entity.name,
    organizationEntityId: entity.organizationEntityId,
    ...(collection === undefined
      ? {}
      : { collection: { id: collection.id, name: collection.name, type: collection.type } }),
  }
}
