import { Problem } from '../../contract/problem.ts'
import type { EntityId, OrganizationId } from '../base/ids.ts'
import type { Actor } from './context.ts'

/** In an organization or a team. */
export type Role = 'admin' | 'member' | 'viewer'
/** In a registry; a restricted viewer sees what is there, and may not fetch it. */
export type RegistryRole = Role | 'restricted_viewer'

/** An entity as roles see it: a person's own, a team of an organization, or the organization itself. */
export interface Owner {
  readonly id: EntityId
  readonly kind: 'user' | 'team' | 'organization'
  readonly organizationId: OrganizationId | null
}

/** A registry as roles see it: its owner is the organization's entity. */
export interface RegistryAccess {
  readonly owner: Owner
  readonly visibility: 'organization' | 'restricted'
  readonly grants: ReadonlyMap<EntityId, RegistryRole>
}

const rank: Record<RegistryRole, number> = { restricted_viewer: 0, viewer: 1, member: 2, admin: 3 }

export function atLeast(role: RegistryRole, least: RegistryRole): boolean {
  return rank[role] >= rank[least]
}

/** A person is admin of what is their own; an organization's admins are admins of every team in it. */
export function entityRole(actor: Actor, owner: Owner): Role | undefined {
  if (actor.kind === 'system') return 'admin'
  if (owner.kind === 'user') return owner.id === actor.entityId ? 'admin' : undefined
  const inOrganization = owner.organizationId === null ? undefined : actor.organizations.get(owner.organizationId)
  if (owner.kind === 'organization') return inOrganization
  return inOrganization === 'admin' ? 'admin' : actor.teams.get(owner.id)
}

/** The highest of what the organization, the person's teams and the registry itself give. */
export function registryRole(actor: Actor, registry: RegistryAccess): RegistryRole | undefined {
  if (actor.kind === 'system') return 'admin'
  const inOrganization = entityRole(actor, registry.owner)
  if (inOrganization === 'admin') return 'admin'
  const given: (RegistryRole | undefined)[] = [
    inOrganization !== undefined && registry.visibility === 'organization' ? 'restricted_viewer' : undefined,
    registry.grants.get(actor.entityId),
    ...[...actor.teams.keys()].map((team) => registry.grants.get(team)),
  ]
  return given.reduce(
    (best, role) => (role !== undefined && (best === undefined || rank[role] > rank[best]) ? role : best),
    undefined,
  )
}

/**
 * Answers the role when it is at least `least`. What the actor may not see at all is not found; what they see but may
 * not change is not allowed, with the role that could.
 */
export function requireRole<R extends RegistryRole>(role: R | undefined, least: NoInfer<R>, what: Wanted): R {
  if (role === undefined) throw notFound(what.noun, what.name)
  if (!atLeast(role, least))
    throw new Problem(
      'not-allowed',
      `${what.toDo} takes the role ${least} in ${what.place}; yours is ${role.replace('_', ' ')}.`,
    )
  return role
}

export interface Wanted {
  /** What was named, for "There is no <noun> “<name>”": team, project. */
  readonly noun: string
  readonly name: string
  /** The refused act, to start a sentence with: "Creating a secret". */
  readonly toDo: string
  /** Where the role counts: "team vision". */
  readonly place: string
}

export function notFound(noun: string, name: string): Problem {
  return new Problem('not-found', `There is no ${noun} “${name}” that you may see.`)
}
