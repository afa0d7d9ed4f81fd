import type { Clock } from '../base/clock.ts'
import type { ApiKeyId, EntityId, OrganizationId, PersonId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { Role } from './roles.ts'

/** What every verb receives first: who asks, and the means to answer. */
export interface Context {
  readonly actor: Actor
  readonly clock: Clock
  readonly db: Database
}

/** Who asks: a person or service account (by key or session), or Signalbox itself. */
export type Actor = PersonActor | { readonly kind: 'system' }

export interface PersonActor {
  readonly kind: 'person'
  readonly personId: PersonId
  /** The person's own entity: the namespace of their private projects. */
  readonly entityId: EntityId
  readonly name: string
  readonly isServiceAccount: boolean
  readonly apiKeyId?: ApiKeyId
  readonly organizations: ReadonlyMap<OrganizationId, Role>
  readonly teams: ReadonlyMap<EntityId, Role>
}

export const systemActor: Actor = { kind: 'system' }

/** The person's id for `created_by` and audit; null when Signalbox itself acts. */
export function actorIdOf(actor: Actor): PersonId | null {
  return actor.kind === 'person' ? actor.personId : null
}
