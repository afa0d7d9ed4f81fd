import type { EventType } from '../../contract/event-types.ts'
import type { EntityId, EventId, ProjectId } from '../base/ids.ts'

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
  /** The type's own fields (`contract/event-types.ts`), as far as they are the same in every place. */
  readonly facts: Readonly<Record<string, unknown>>
}

export interface EventPlace {
  readonly projectId: ProjectId
  readonly project: string
  readonly entityId: EntityId
  readonly entity: string
  /** The organization's own entity; null for a person's project, or when it is the owner itself. */
  readonly organizationEntityId: EntityId | null
}

export interface Scope {
  readonly type: 'collection' | 'project' | 'entity'
  readonly id: number
}

/** The scopes whose automations a place concerns, nearest first. */
export function scopesOf(place: EventPlace): readonly Scope[] {
  const scopes: Scope[] = [
    { type: 'project', id: place.projectId },
    { type: 'entity', id: place.entityId },
  ]
  if (place.organizationEntityId !== null) scopes.push({ type: 'entity', id: place.organizationEntityId })
  return scopes
}
