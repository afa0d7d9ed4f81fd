import { entityRole, notFound, registryRole, requireRole, type RegistryRole } from '../access/roles.ts'
import type { Context } from '../access/context.ts'
import { parseId } from '../base/ids.ts'
import { Problem } from '../../contract/problem.ts'
import type { Entity, Project } from './place.ts'
import { selectEntities, selectProjects } from './place-store.ts'

/**
 * Places are named in addresses by id (`prj_7`, `team_3`), by full name (`vision/mnist`, percent-encoded), or by bare
 * name when only one place that the actor may see has it. What the actor may not see is not found.
 */
export async function getEntity(context: Context, ref: string, least: 'viewer' | 'member' | 'admin', toDo: string): Promise<Entity> {
  const id = parseId('team', ref) ?? parseId('entity', ref)
  const [entity] = await selectEntities(context.db, id === undefined ? { nameKey: ref.toLowerCase() } : { id })
  if (entity === undefined) throw notFound('team', ref)
  requireRole(entityRole(context.actor, entity), least, { noun: 'team', name: ref, toDo, place: `${entity.kind} ${entity.name}` })
  return entity
}

export async function getProject(context: Context, ref: string, least: RegistryRole, toDo: string): Promise<Project> {
  const visible = (await selectProjects(context.db, projectQuery(ref))).filter((project) => projectRole(context, project) !== undefined)
  const [project, other] = visible
  if (project === undefined) throw notFound('project', ref)
  if (other !== undefined)
    throw new Problem('request-invalid', `Several projects are called “${ref}”: name the team too, as in ${project.entity.name}%2F${ref}.`)
  requireRole(projectRole(context, project), least, {
    noun: 'project',
    name: ref,
    toDo,
    place: `${project.isRegistry ? 'registry' : project.entity.kind} ${project.isRegistry ? project.name : project.entity.name}`,
  })
  return project
}

export function projectRole(context: Context, project: Project): RegistryRole | undefined {
  return project.isRegistry
    ? registryRole(context.actor, { owner: project.entity, visibility: project.visibility, grants: project.grants })
    : entityRole(context.actor, project.entity)
}

function projectQuery(ref: string): { id: number } | { name: string; entityNameKey?: string } {
  const id = parseId('project', ref)
  if (id !== undefined) return { id }
  const slash = ref.indexOf('/')
  return slash === -1 ? { name: ref } : { entityNameKey: ref.slice(0, slash).toLowerCase(), name: ref.slice(slash + 1) }
}
