import type { Owner, RegistryRole } from '../access/roles.ts'
import type { CollectionId, EntityId, ProjectId } from '../base/ids.ts'

/** A namespace: a person's own, a team, or an organization. */
export interface Entity extends Owner {
  readonly name: string
  /** The organization's own entity; null for a person, and for that entity itself. */
  readonly organizationEntityId: EntityId | null
  /** Null for a person. */
  readonly organizationName: string | null
}

/** A project, or a registry: a project of the organization's entity whose name begins with `wandb-registry-`. */
export interface Project {
  readonly id: ProjectId
  readonly name: string
  readonly isRegistry: boolean
  readonly entity: Entity
  readonly visibility: 'organization' | 'restricted'
  readonly automationsByMembers: boolean
  /** Types that its collections may have; null: all. Always null for a project. */
  readonly acceptedTypes: readonly string[] | null
  /** Aliases that only its admins add, move and remove. Always none for a project. */
  readonly protectedAliases: readonly string[]
  readonly createdAt: Date
  readonly grants: ReadonlyMap<EntityId, RegistryRole>
}

/** A collection as others refer to it: where it is and what it may hold. */
export interface Collection {
  readonly id: CollectionId
  readonly name: string
  readonly type: string
  /** A sequence holds versions of its own; a portfolio, links to versions. */
  readonly kind: 'sequence' | 'portfolio'
  readonly project: Project
}

/** `entity/project/collection`. */
export function fullNameOf({ name, project }: Pick<Collection, 'name' | 'project'>): string {
  return `${project.entity.name}/${project.name}/${name}`
}
