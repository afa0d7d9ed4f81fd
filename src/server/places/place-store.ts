import type { RegistryRole } from '../access/roles.ts'
import type { EntityId, OrganizationId, ProjectId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { Entity, Project } from './place.ts'

/** The places of an actor, by which the database finds exactly the projects in which they have a role. */
export interface Visible {
  /** The actor's own entity and their teams: what is there, and registries that grant these a role. */
  readonly entityIds: readonly EntityId[]
  /** Where the actor is a member: the registries that are open to the organization. */
  readonly organizationIds: readonly OrganizationId[]
  /** Where the actor is admin: everything. */
  readonly adminOrganizationIds: readonly OrganizationId[]
}

export async function selectEntities(
  db: Queryable,
  by: { id: number } | { nameKey: string } | { organizationId: OrganizationId },
): Promise<Entity[]> {
  const values =
    'id' in by ? [by.id, null, null] : 'nameKey' in by ? [null, by.nameKey, null] : [null, null, by.organizationId]
  return (await db.query<EntityRow>(selectEntity, values)).map(toEntity)
}

/** Of those that are visible (all, when that is left out) at most two: enough to tell "none", "one" and "several". */
export async function selectProjects(
  db: Queryable,
  by: { id: number } | { name: string; entityNameKey?: string },
  visible?: Visible,
): Promise<Project[]> {
  const named = 'id' in by ? [by.id, null, null] : [null, by.name, by.entityNameKey ?? null]
  return (await db.query<ProjectRow>(selectProject, [...visibleValues(visible), ...named])).map(toProject)
}

/** An entity and, where it belongs to an organization, all entities of that. */
export async function selectEntityIdsOf(db: Queryable, id: EntityId): Promise<EntityId[]> {
  const rows = await db.query<{ id: EntityId }>(
    `select e.id from entities e where e.id = $1
     union select o.id from entities e join entities o on o.organization_id = e.organization_id where e.id = $1`,
    [id],
  )
  return rows.map((row) => row.id)
}

/** Those of the projects that are visible. */
export async function selectVisibleProjectIds(
  db: Queryable,
  visible: Visible | undefined,
  ids: readonly ProjectId[],
): Promise<ProjectId[]> {
  const rows = await db.query<{ id: ProjectId }>(selectVisibleIds, [...visibleValues(visible), ids])
  return rows.map(({ id }) => id)
}

/** Those that are there, whoever asks; in no order. */
export async function selectProjectsById(db: Queryable, ids: readonly ProjectId[]): Promise<Project[]> {
  return (await db.query<ProjectRow>(selectProjectList, [ids])).map(toProject)
}

export async function selectEntitiesById(db: Queryable, ids: readonly EntityId[]): Promise<Entity[]> {
  return (await db.query<EntityRow>(selectEntityList, [ids])).map(toEntity)
}

export interface ProjectPage {
  readonly entityId?: EntityId | undefined
  readonly registriesOnly: boolean
  readonly before: number | null
  readonly limit: number
}

/** Newest first, ids below `before`. */
export async function selectProjectPage(
  db: Queryable,
  visible: Visible | undefined,
  { entityId, registriesOnly, before, limit }: ProjectPage,
): Promise<Project[]> {
  const values = [...visibleValues(visible), entityId ?? null, registriesOnly, before, limit]
  return (await db.query<ProjectRow>(selectPage, values)).map(toProject)
}

/** The values of `isVisible`, in its order. */
export function visibleValues(visible: Visible | undefined): readonly (readonly number[] | null)[] {
  if (visible === undefined) return [null, null, null]
  return [visible.entityIds, visible.organizationIds, visible.adminOrganizationIds]
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

/** Changes of one project's settings go one after the other. */
export async function lockProject(tx: Tx, id: ProjectId): Promise<void> {
  await tx.query('select 1 from projects where id = $1 for no key update', [id])
}

export async function archiveProject(tx: Tx, id: ProjectId): Promise<void> {
  await tx.query('update projects set archived_at = now() where id = $1', [id])
}

export async function updateProjectSettings(
  tx: Tx,
  id: ProjectId,
  settings: Pick<Project, 'visibility' | 'acceptedTypes' | 'protectedAliases' | 'automationsByMembers'>,
): Promise<void> {
  const { visibility, acceptedTypes, protectedAliases, automationsByMembers } = settings
  await tx.query(
    `update projects set visibility = case when is_registry then $2 end, accepts_all_types = $3, protected_aliases = $4, automations_by_members = $5
     where id = $1`,
    [id, visibility, acceptedTypes === null, protectedAliases, automationsByMembers],
  )
  await tx.query('update artifact_types set accepted = name = any($2::text[]) where project_id = $1', [
    id,
    acceptedTypes ?? [],
  ])
  await tx.query(
    `insert into artifact_types(project_id, name, accepted) select $1, name, true from unnest($2::text[]) as t(name)
     on conflict (project_id, name) do nothing`,
    [id, acceptedTypes ?? []],
  )
}

/** Types of the collections that live in a project. */
export async function selectTypesInUse(db: Queryable, id: ProjectId): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select distinct t.name from collections c join artifact_types t on t.id = c.type_id
     where c.project_id = $1 and c.archived_at is null order by 1`,
    [id],
  )
  return rows.map(({ name }) => name)
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

export interface GrantRow {
  readonly entity_id: EntityId
  readonly name: string
  readonly kind: 'team' | 'person' | 'service'
  readonly role: RegistryRole
}

/** Newest grantees first, entities below `before`. */
export async function selectGrantPage(
  db: Queryable,
  projectId: ProjectId,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<GrantRow[]> {
  return db.query<GrantRow>(
    `select e.id as entity_id, e.name, coalesce(p.kind, 'team') as kind, g.role
     from registry_grants g join entities e on e.id = g.grantee_entity_id left join people p on p.entity_id = e.id
     where g.project_id = $1 and ($2::bigint is null or e.id < $2) order by e.id desc limit $3`,
    [projectId, before, limit],
  )
}

/** A team, person or service account that belongs to the registry's organization or has a grant there, by id or name. */
export async function selectGrantee(
  db: Queryable,
  registry: { readonly id: ProjectId; readonly organizationId: OrganizationId },
  by: { readonly id: number } | { readonly nameKey: string },
): Promise<{ id: EntityId; name: string } | undefined> {
  const [row] = await db.query<{ id: EntityId; name: string }>(
    `select e.id, e.name from entities e left join people p on p.entity_id = e.id
     where (e.id = $2 or e.name_key = $3) and e.archived_at is null and p.disabled_at is null and (
       (e.kind = 'team' and e.organization_id = $1)
       or exists (select 1 from organization_members m where m.organization_id = $1 and m.person_id = p.id)
       or exists (select 1 from team_members m join entities t on t.id = m.team_id where t.organization_id = $1 and m.person_id = p.id)
       or exists (select 1 from registry_grants g where g.project_id = $4 and g.grantee_entity_id = e.id))`,
    [registry.organizationId, ...('id' in by ? [by.id, null] : [null, by.nameKey]), registry.id],
  )
  return row
}

interface EntityRow {
  readonly entity_id: EntityId
  readonly entity_kind: Entity['kind']
  readonly entity_name: string
  readonly organization_id: OrganizationId | null
  readonly organization_entity_id: EntityId | null
  readonly organization_name: string | null
}

interface ProjectRow extends EntityRow {
  readonly id: ProjectId
  readonly name: string
  readonly is_registry: boolean
  readonly visibility: Project['visibility'] | null
  readonly automations_by_members: boolean
  readonly accepted_types: string[] | null
  readonly protected_aliases: string[]
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
    organizationName: row.organization_name,
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
    acceptedTypes: row.accepted_types,
    protectedAliases: row.protected_aliases,
    createdAt: row.created_at,
    grants: new Map(row.grants),
  }
}

const entityColumns = `e.id as entity_id, e.kind as entity_kind, e.name as entity_name, e.organization_id,
  o.id as organization_entity_id, o.name as organization_name`

const fromEntities = `entities e left join entities o on o.organization_id = e.organization_id and o.kind = 'organization'`

const projectColumns = `p.id, p.name, p.is_registry, p.visibility, p.automations_by_members, p.protected_aliases, p.created_at, ${entityColumns},
  case when p.is_registry and not p.accepts_all_types then array(select t.name from artifact_types t where t.project_id = p.id and t.accepted order by t.name) end as accepted_types,
  (select coalesce(json_agg(json_build_array(g.grantee_entity_id, g.role)), '[]') from registry_grants g where g.project_id = p.id) as grants`

const fromProjects = `projects p join ${fromEntities} on e.id = p.entity_id`

/**
 * Whether project `p` of entity `e` is visible, by the first three values of a statement. The same as `projectRole` is
 * defined; a test compares the two over every combination.
 */
export const isVisible = `($1::bigint[] is null
  or p.entity_id = any($1)
  or e.organization_id = any($3::bigint[])
  or (e.kind = 'organization' and e.organization_id = any($2::bigint[])
      and (not p.is_registry or p.visibility is distinct from 'restricted'))
  or (p.is_registry and exists (select 1 from registry_grants g where g.project_id = p.id and g.grantee_entity_id = any($1))))`

/** The same for entity `e` as such, as `entityRole` is defined. */
export const isVisibleEntity = `($1::bigint[] is null or e.id = any($1) or e.organization_id = any($3::bigint[])
  or (e.kind = 'organization' and e.organization_id = any($2::bigint[])))`

const selectEntity = {
  name: 'select_entity',
  text: `select ${entityColumns} from ${fromEntities}
    where (e.id = $1 or e.name_key = $2 or (e.organization_id = $3 and e.kind = 'organization')) and e.archived_at is null`,
}

const selectProject = {
  name: 'select_project',
  shared: true,
  text: `select ${projectColumns} from ${fromProjects}
    where p.archived_at is null and (p.id = $4 or (p.name = $5 and ($6::text is null or e.name_key = $6))) and ${isVisible}
    order by p.id limit 2`,
}

const selectVisibleIds = {
  name: 'select_visible_project_ids',
  text: `select p.id from projects p join entities e on e.id = p.entity_id
    where p.id = any($4::bigint[]) and p.archived_at is null and ${isVisible}`,
}

const selectEntityList = {
  name: 'select_entity_list',
  text: `select ${entityColumns} from ${fromEntities} where e.id = any($1) and e.archived_at is null`,
}

const selectProjectList = {
  name: 'select_project_list',
  text: `select ${projectColumns} from ${fromProjects} where p.id = any($1) and p.archived_at is null`,
}

const selectPage = {
  name: 'select_project_page',
  text: `select ${projectColumns} from ${fromProjects}
    where p.archived_at is null and ($4::bigint is null or p.entity_id = $4) and (p.is_registry or not $5::boolean)
      and ($6::bigint is null or p.id < $6) and ${isVisible} order by p.id desc limit $7`,
}
