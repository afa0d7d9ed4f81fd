import type { Owner, RegistryRole } from '../access/roles.ts'
import type { EntityId, ProjectId } from '../base/ids.ts'

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
  readonly createdAt: Date
  readonly grants: ReadonlyMap<EntityId, RegistryRole>
}
