import type { Actor, Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { parseId } from '../base/ids.ts'
import { selectPerson, selectPlacesOf, type PlacesOfPerson, type StoredPerson } from './person-store.ts'

export interface FoundPerson extends StoredPerson {
  readonly places: PlacesOfPerson
}

/** A person whom the actor may know of: themselves, and who shares an organization or a team with them. */
export async function getPerson(context: Context, ref: string): Promise<FoundPerson> {
  const found = await findPerson(context, ref)
  if (found === undefined || !mayKnow(context.actor, found)) throw notFound('person', ref)
  return found
}

/** Whoever has this id or name, whether the actor may know of them or not. */
export async function findPerson({ db }: Pick<Context, 'db'>, ref: string): Promise<FoundPerson | undefined> {
  const id = parseId('person', ref)
  const person = await selectPerson(db, id === undefined ? { name: ref } : { id })
  return person === undefined ? undefined : { ...person, places: await selectPlacesOf(db, person.id) }
}

export function mayKnow(actor: Actor, { id, places }: FoundPerson): boolean {
  if (actor.kind === 'system' || actor.personId === id) return true
  return (
    places.organizations.some((organization) => actor.organizations.has(organization.id)) ||
    places.teams.some((team) => actor.teams.has(team.id) || actor.organizations.get(team.organizationId) === 'admin')
  )
}

/**
 * Whether the actor is admin of every place that the person belongs to: then, and only then, the actor may act on their
 * keys or password without gaining a role that is not theirs already.
 */
export function governs(actor: Actor, { organizations, teams }: PlacesOfPerson): boolean {
  if (actor.kind === 'system') return true
  if (organizations.length + teams.length === 0) return false
  const isAdminOf = (organizationId: number) => actor.organizations.get(organizationId) === 'admin'
  return (
    organizations.every(({ id }) => isAdminOf(id)) &&
    teams.every(({ id, organizationId }) => actor.teams.get(id) === 'admin' || isAdminOf(organizationId))
  )
}

/** Where an act on a person's keys or password is on record: their only organization, so that its admins read of it. */
export function auditPlaceOf({ entity_id, places }: FoundPerson): {
  entityId: number
  organizationId: number | null
} {
  const [team] = places.teams
  const organizations = new Set([
    ...places.organizations.map(({ id }) => id),
    ...places.teams.map(({ organizationId }) => organizationId),
  ])
  const organizationId = organizations.size === 1 ? [...organizations][0]! : null
  // A service account has no things of its own: its team's admins are those who read of it.
  return { entityId: places.organizations.length === 0 && team !== undefined ? team.id : entity_id, organizationId }
}
