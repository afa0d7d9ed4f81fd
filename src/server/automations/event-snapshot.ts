import type { EventType } from '../../contract/event-types.ts'
import type { ArtifactId, CollectionId, EntityId, EventId, ProjectId } from '../base/ids.ts'

/**
 * An event as rules and templates see it, kept with the event, so that a later look at it finds the names and values of
 * that moment. What differs from place to place stands in `places`, source first, then by id.
 */
export interface EventSnapshot {
  readonly id: EventId
  readonly type: EventType
  readonly at: Date
  /** Name of the person or service account who caused it; null for Signalbox itself. */
  readonly author: string | null
  readonly places: readonly EventPlace[]
  /** What the type tells, as far as it is the same in every place: the added alias, the metadata of the version. */
  readonly facts: Readonly<Record<string, unknown>>
}

export interface EventPlace {
  /** Null for what concerns an entity as a whole, such as a webhook of it. */
  readonly projectId: ProjectId | null
  readonly project: string | null
  readonly entityId: EntityId
  readonly entity: string
  /** The organization's own entity; null for a person's project, or when it is the owner itself. */
  readonly organizationEntityId: EntityId | null
  /** Where it happened in a collection. */
  readonly collection?: PlaceCollection
}

export interface PlaceCollection {
  readonly id: CollectionId
  readonly name: string
  readonly type: string
  /** The version that it happened to, as it stands in this collection. */
  readonly version?: PlaceVersion
}

export interface PlaceVersion {
  readonly artifactId: ArtifactId
  /** Its number here: the same artifact has another one in another collection. */
  readonly index: number
  /** Its aliases here, sorted. */
  readonly aliases: readonly string[]
}

export interface Scope {
  readonly type: 'collection' | 'project' | 'entity'
  readonly id: number
}

/** The scopes whose automations a place concerns, nearest first. */
export function scopesOf({ collection, projectId, entityId, organizationEntityId }: EventPlace): readonly Scope[] {
  const scopes: Scope[] = []
  if (collection !== undefined) scopes.push({ type: 'collection', id: collection.id })
  if (projectId !== null) scopes.push({ type: 'project', id: projectId })
  scopes.push({ type: 'entity', id: entityId })
  if (organizationEntityId !== null) scopes.push({ type: 'entity', id: organizationEntityId })
  return scopes
}
