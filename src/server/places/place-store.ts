import type { RegistryRole } from '../access/roles.ts'
import type { EntityId, OrganizationId, ProjectId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { Entity, Project } from './place.ts'

/** The places of an actor: only projects there, and registries granted to them, are looked at. */
export interface Visible {
  readonly entityIds: readonly EntityId[]
  readonly organizationIds: readonly OrganizationId[]
}

export async function selectEntities(
  db: Queryable,
  by: { id: number } | { nameKey: string } | { organizationId: OrganizationId },
): Promise<Entity[]> {
  const values =
    'id' in by ? [by.id, null, null] : 'nameKey' in by ? [null, by.nameKey, null] : [null, null, by.organizationId]
  return (await db.query<EntityRow>(selectEntity, values)).map(toEntity)
}

/** At most ten: enough to tell "none", "one" and "several". */
export async function selectProjects(
  db: Queryable,
  by: { id: number } | { name: string; entityNameKey?: string },
  visible?: Visible,
): Promise<Project[]> {
  const named = 'id' in by ? [by.id, null, null] : [null, by.name, by.entityNameKey ?? null]
  return (
    await db.query<ProjectRow>(selectProject, [...named, visible?.entityIds ?? null, visible?.organizationIds ?? null])
  ).map(toProject)
}

export async function selectProjectPage(
  db: Queryable,
  visible: Visible | undefined,
  before: number | null,
  limit: number,
): Promise<Project[]> {
  const values = [visible?.entityIds ?? null, visible?.organizationIds ?? null, before, limit]
  return (await db.query<ProjectRow>(selectPage, values)).map(toProject)
}

export async function insertProject(
  tx: Tx,
  project: { entityId: EntityId; name: string; visibility: string | null },
): Promise<{ id: ProjectId; created_at: Date }> {
  const [row] = await tx.query<{ id: ProjectId; created_at: Date }>(
    'insert into projects(entity_id, name, visibility) values ($1, $2, $3) returning id, created_at',
    [project.entityId, project.name, project.visibility],
  )
  return row!
}

/** Answers false when the role was that already; a null role takes the grant away. */
export async function setGrant(
  tx: Tx,
  projectId: ProjectId,
  granteeId: EntityId,
  role: RegistryRole | null,
): Promise<boolean> {
  const rows =
    role === null
      ? await tx.query('delete from registry_grants where project_id = $1 and grantee_entity_id = $2 returning 1', [
          projectId,
          granteeId,
        ])
      : await tx.query(
          `insert into registry_grants(project_id, grantee_entity_id, role) values ($1, $2, $3)
           on conflict (project_id, grantee_entity_id) do update set role = excluded.role where registry_grants.role <> excluded.role returning 1`,
          [projectId, granteeId, role],
        )
  return rows.length > 0
}

interface EntityRow {
  readonly entity_id: EntityId
  readonly entity_kind: Entity['kind']
  readonly entity_name: string
  readonly organization_id: OrganizationId | null
  readonly organization_entity_id: EntityId | null
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
  return {
    id: row.entity_id,
    kind: row.entity_kind,
    name: row.entity_name,
    organizationId: row.organization_id,
    organizationEntityId: row.organization_entity_id === row.entity_id ? null : row.organization_entity_id,
  }
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

const entityColumns = `e.id as entity_id, e.kind as entity_kind, e.name as entity_name, e.organization_id,
  (select o.id from entities o where o.organization_id = e.organization_id and o.kind = 'organization') as organization_entity_id`

const projectColumns = `p.id, p.name, p.is_registry, p.visibility, p.automations_by_members, p.created_at, ${entityColumns},
  (select coalesce(json_agg(json_build_array(g.grantee_entity_id, g.role)), '[]') from registry_grants g where g.project_id = p.id) as grants`

const isVisible = (entityIds: string, organizationIds: string) => `(${entityIds}::bigint[] is null
  or p.entity_id = any(${entityIds}) or e.organization_id = any(${organizationIds}::bigint[])
  or exists (select 1 from registry_grants g where g.project_id = p.id and g.grantee_entity_id = any(${entityIds})))`

const selectEntity = {
  name: 'select_entity',
  text: `select ${entityColumns} from entities e
    where (e.id = $1 or e.name_key = $2 or (e.organization_id = $3 and e.kind = 'organization')) and e.archived_at is null`,
}

const selectProject = {
  name: 'select_project',
  text: `select ${projectColumns} from projects p join entities e on e.id = p.entity_id
    where p.archived_at is null and (p.id = $1 or (p.name = $2 and ($3::text is null or e.name_key = $3))) and ${isVisible('$4', '$5')}
    order by p.id limit 10`,
}

const selectPage = {
  name: 'select_project_page',
  text: `select ${projectColumns} from projects p join entities e on e.id = p.entity_id
    where p.archived_at is null and ($3::bigint is null or p.id < $3) and ${isVisible('$1', '$2')} order by p.id desc limit $4`,
}
