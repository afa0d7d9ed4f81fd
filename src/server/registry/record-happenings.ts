import type { EventType } from '../../contract/event-types.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import type { EventPlace } from '../automations/event-snapshot.ts'
import { makeUuid, type CollectionId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { recordEvents, type EventRecorder, type NewEvent } from '../events/record-events.ts'
import type { Collection } from '../places/place.ts'
import { takeEventNumbers } from './collection-store.ts'
import type { Membership } from './membership-store.ts'

/** What the verbs of this room are given by the composition root. */
export interface RegistryParts {
  readonly recorder: EventRecorder
}

/** One thing that a verb did. Its places are those it concerns, the collection it happened in first. */
export interface Happening {
  readonly type: EventType
  readonly places: readonly [Happened, ...Happened[]]
  readonly facts: Readonly<Record<string, unknown>>
}

type Happened = EventPlace & { readonly collection: NonNullable<EventPlace['collection']> }

/**
 * Records what happened as events, in this order, in the transaction of the change. The collections were locked before:
 * the events of one are numbered in the order in which its changes are committed.
 */
export async function recordHappenings(
  { recorder }: RegistryParts,
  context: Context,
  tx: Tx,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return
  const bySubject = Map.groupBy(happenings, ({ places: [first] }) => first.collection.id)
  const next = new Map<CollectionId, number>()
  for (const [id, of] of bySubject) next.set(id, await takeEventNumbers(tx, id, of.length))
  const at = context.clock.now()
  const author = context.actor.kind === 'person' ? context.actor.name : null
  const events = happenings.map(({ type, places, facts }): NewEvent => {
    const [source] = places
    const subjectSeq = next.get(source.collection.id)!
    next.set(source.collection.id, subjectSeq + 1)
    return {
      snapshot: { id: makeUuid(at), type, at, author, places, facts },
      subject: `collection:${source.collection.id}`,
      subjectSeq,
      entityId: source.entityId,
      projectId: source.projectId,
      actorId: actorIdOf(context.actor),
    }
  })
  await recordEvents(recorder, tx, events)
}

/** Where a version stands, for what happens to it there. */
export function placeOfVersion(membership: Membership): Happened {
  const { collectionId, collection, type, artifactId, index, aliases } = membership
  const { projectId, project, entityId, entity, organizationEntityId } = membership
  return {
    projectId,
    project,
    entityId,
    entity,
    organizationEntityId,
    collection: { id: collectionId, name: collection, type, version: { artifactId, index, aliases } },
  }
}

/** A collection itself, for what happens to it as a whole. */
export function placeOfCollection({ id, name, type, project }: Collection): Happened {
  return {
    projectId: project.id,
    project: project.name,
    entityId: project.entity.id,
    entity: project.entity.name,
    organizationEntityId: project.entity.organizationEntityId,
    collection: { id, name, type },
  }
}
