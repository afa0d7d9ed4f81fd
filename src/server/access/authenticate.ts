import type { Queryable } from '../database/database.ts'
import type { PersonId } from '../base/ids.ts'
import { selectActorByKey, selectActorByPerson, type ActorRow } from './actor-store.ts'
import { hashApiKey } from './api-key.ts'
import type { PersonActor } from './context.ts'

/**
 * Undefined for a key that is unknown or revoked, or whose person was disabled or belongs to no organization and no team
 * any more: who was taken out of the last place has nothing left to do here. One statement.
 */
export async function authenticateApiKey(db: Queryable, key: string): Promise<PersonActor | undefined> {
  return actorOf(await selectActorByKey(db, hashApiKey(key)))
}

/** The same of a person, in whose name Signalbox goes on with what they began. */
export async function findActor(db: Queryable, id: PersonId): Promise<PersonActor | undefined> {
  return actorOf(await selectActorByPerson(db, id))
}

function actorOf(row: ActorRow | undefined): PersonActor | undefined {
  if (row === undefined || (row.organizations.length === 0 && row.teams.length === 0)) return undefined
  return {
    kind: 'person',
    personId: row.person_id,
    entityId: row.entity_id,
    name: row.name,
    isServiceAccount: row.kind === 'service',
    ...(row.api_key_id === null ? {} : { apiKeyId: row.api_key_id }),
    organizations: new Map(row.organizations),
    teams: new Map(row.teams),
  }
}
