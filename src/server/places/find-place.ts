import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { entityRole, notFound, registryRole, requireRole, type RegistryRole, type Role } from '../access/roles.ts'
import { parseId, spellId, type OrganizationId } from '../base/ids.ts'
import { selectCollections, type CollectionQuery } from './collection-store.ts'
import type { Collection, Entity, Project } from './place.ts'
import { selectEntities, selectProjects, type Visible } from './place-store.ts'

/**
 * Places are named in addresses by id (`prj_7`, `team_3`), by full name (`vision/mnist`, percent-encoded), or by bare
 * name when only one place that the actor may see has it. What the actor may not see is not found.
 */
export async function getEntity(context: Context, ref: string, least: Role, toDo: string): Promise<Entity> {
  const id = parseId('team', ref) ?? parseId('entity', ref)
  const [entity] = await selectEntities(context.db, id === undefined ? { nameKey: ref.toLowerCase() } : { id })
  if (entity === undefined) throw notFound('team', ref)
  const place = entity.kind === 'user' ? `the account ${entity.name}` : `${entity.kind} ${entity.name}`
  requireRole(entityRole(context.actor, entity), least, { noun: 'team', name: ref, toDo, place })
  return entity
}

export async function getOrganization(
  context: Context,
  ref: string,
  least: Role,
  toDo: string,
): Promise<Entity & { organizationId: OrganizationId }> {
  const organizationId = parseId('organization', ref)
  const [entity] = await selectEntities(
    context.db,
    organizationId === undefined ? { nameKey: ref.toLowerCase() } : { organizationId },
  )
  if (entity?.kind !== 'organization' || entity.organizationId === null) throw notFound('organization', ref)
  requireRole(entityRole(context.actor, entity), least, {
    noun: 'organization',
    name: ref,
    toDo,
    place: `organization ${entity.name}`,
  })
  return { ...entity, organizationId: entity.organizationId }
}

export async function getProject(context: Context, ref: string, least: RegistryRole, toDo: string): Promise<Project> {
  const [project, other] = await selectProjects(context.db, projectQuery(ref), visibleTo(context))
  if (project === undefined) throw notFound('project', ref)
  if (other !== undefined)
    throw new Problem(
      'request-invalid',
      `You see several projects called “${ref}”: name the team too, as in ${project.entity.name}%2F${ref}.`,
      [
        {
          pointer: '#/path/project',
          detail: `Write ${project.entity.name}%2F${ref} or ${spellId('project', project.id)}.`,
        },
      ],
    )
  requireProjectRole(context, project, least, { noun: 'project', name: ref, toDo })
  return project
}

export async function getRegistry(
  context: Context,
  ref: string,
  least: RegistryRole,
  toDo: string,
): Promise<{ registry: Project; organizationId: OrganizationId }> {
  const registry = await getProject(context, ref, least, toDo)
  const { organizationId } = registry.entity
  if (!registry.isRegistry || organizationId === null)
    throw new Problem('not-found', `${registry.name} is no registry; a project's roles are those of its team.`)
  return { registry, organizationId }
}

/** By id (`col_7`) or by full name (`vision/demo/churn-model`, percent-encoded). Whoever sees its project sees it. */
export async function getCollection(
  context: Context,
  ref: string,
  least: RegistryRole,
  toDo: string,
): Promise<Collection> {
  const [found] = await selectCollections(context.db, collectionQuery(ref))
  const [project] = found === undefined ? [] : await selectProjects(context.db, { id: found.projectId })
  if (found === undefined || project === undefined) throw notFound('collection', ref)
  requireProjectRole(context, project, least, { noun: 'collection', name: ref, toDo })
  return { ...found, project }
}

/** Refuses as `requireRole` does, with the name of the place. */
export function requireProjectRole(
  context: Context,
  project: Project,
  least: RegistryRole,
  wanted: { readonly noun: string; readonly name: string; readonly toDo: string },
): RegistryRole {
  const place = project.isRegistry ? `registry ${project.name}` : `${project.entity.kind} ${project.entity.name}`
  return requireRole(projectRole(context, project), least, { ...wanted, place })
}

export function projectRole(context: Pick<Context, 'actor'>, project: Project): RegistryRole | undefined {
  return project.isRegistry
    ? registryRole(context.actor, { owner: project.entity, visibility: project.visibility, grants: project.grants })
    : entityRole(context.actor, project.entity)
}

/** What the actor's places are, so that the database looks only there; undefined: everywhere. */
export function visibleTo(context: Context): Visible | undefined {
  const { actor } = context
  if (actor.kind === 'system') return undefined
  return {
    entityIds: [actor.entityId, ...actor.teams.keys()],
    organizationIds: [...actor.organizations.keys()],
    adminOrganizationIds: [...actor.organizations].flatMap(([id, role]) => (role === 'admin' ? [id] : [])),
  }
}

function projectQuery(ref: string): { id: number } | { name: string; entityNameKey?: string } {
  const id = parseId('project', ref)
  if (id !== undefined) return { id }
  const slash = ref.indexOf('/')
  return slash === -1 ? { name: ref } : { entityNameKey: ref.slice(0, slash).toLowerCase(), name: ref.slice(slash + 1) }
}

/** A collection's name holds no slash, nor do the names of its places. */
function collectionQuery(ref: string): CollectionQuery {
  const id = parseId('collection', ref)
  if (id !== undefined) return { id }
  const [entity = '', project = '', name = '', ...more] = ref.split('/')
  return { entityNameKey: entity.toLowerCase(), projectName: project, name: more.length === 0 ? name : '' }
}
