import type { EntityId, OrganizationId, ProjectId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import type { RegistryRole } from '../access/roles.ts'
import type { Entity, Project } from './place.ts'

export async function selectEntities(db: Queryable, by: { id: number } | { nameKey: string }): Promise<Entity[]> {
  const rows = await db.query<EntityRow>(selectEntity, 'id' in by ? [by.id, null] : [null, by.nameKey])
  return rows.map(toEntity)
}

/** At most ten: enough to tell "none", "one" and "several". */
export async function selectProjects(
  db: Queryable,
  by: { id: number } | { name: string; entityNameKey?: string },
): Promise<Project[]> {
  const values = 'id' in by ? [by.id, null, null] : [null, by.name, by.entityNameKey ?? null]
  return (await db.query<ProjectRow>(selectProject, values)).map(toProject)
}

interface EntityRow {
  readonly entity_id: EntityId
  readonly entity_kind: Entity['kind']
  readonly entity_name: string
  readonly organization_id: OrganizationId | null
}

interface ProjectRow extends EntityRow {
  readonly id: ProjectId
  readonly name: string
  readonly is_registry: boolean
  readonly visibility: Project['visibility'] | null
  readonly automations_by_members: boolean
  readonly created_at: Date
  readonly grants: [EntityId, RegistryRole][]
}

function toEntity(row: EntityRow): Entity {
  return { id: row.entity_id, kind: row.entity_kind, name: row.entity_name, organizationId: row.organization_id }
}

function toProject(row: ProjectRow): Project {
  return {
    id: row.id,
    name: row.name,
    isRegistry: row.is_registry,
    entity: toEntity(row),
    visibility: row.visibility ?? 'organization',
    automationsByMembers: row.automations_by_members,
    createdAt: row.created_at,
    grants: new Map(row.grants),
  }
}

const selectEntity = {
  name: 'select_entity',
  text: `select e.id as entity_id, e.kind as entity_kind, e.name as entity_name, e.organization_id
    from entities e where (e.id = $1 or e.name_key = $2) and e.archived_at is null`,
}

const selectProject = {
  name: 'select_project',
  text: `select p.id, p.name, p.is_registry, p.visibility, p.automations_by_members, p.created_at,
      e.id as entity_id, e.kind as entity_kind, e.name as entity_name, e.organization_id,
      (select coalesce(json_agg(json_build_array(g.grantee_entity_id, g.role)), '[]') from registry_grants g where g.project_id = p.id) as grants
    from projects p join entities e on e.id = p.entity_id
    where p.archived_at is null and (p.id = $1 or (p.name = $2 and ($3::text is null or e.name_key = $3)))
    order by p.id limit 10`,
}
