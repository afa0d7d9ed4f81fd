import type { Context } from '../access/context.ts'
import { atLeast, entityRole, notFound, requireRole, type RegistryRole } from '../access/roles.ts'
import { Problem } from '../../contract/problem.ts'
import type { ProjectId } from '../base/ids.ts'
import { getCollection, getEntity, getProject, projectRole } from '../places/find-place.ts'
import { selectEntities, selectEntitiesById, selectProjects, selectProjectsById } from '../places/place-store.ts'
import type { Entity, Project } from '../places/place.ts'
import type { RuleSetPlace } from './automation.ts'
import type { Scope } from './event-snapshot.ts'

/** Where automations stand, as far as roles and names need it. */
export interface AutomationScope {
  readonly place: RuleSetPlace
  readonly owner: Entity
}

/** How a request names a scope. */
export type ScopeRef = { readonly collection: string } | { readonly project: string } | { readonly team: string }

export interface ScopeAct {
  readonly kind: 'read' | 'write'
  /** To start a refusal with: "Creating an automation". */
  readonly toDo: string
}

/**
 * Automations of a project and of its collections are read by whoever sees it and written by its members, or by its admins alone where
 * `automations_by_members` is off. Those of a team are its members'. Those of an organization see what happens in every
 * team, so they are its admins'.
 */
export async function getScope(context: Context, ref: ScopeRef, act: ScopeAct): Promise<AutomationScope> {
  if ('team' in ref) {
    const entity = await getEntity(context, ref.team, 'viewer', act.toDo)
    requireWriter(entityRole(context.actor, entity)!, leastOfEntity(entity), act, `${entity.kind} ${entity.name}`)
    return scopeOfEntity(entity)
  }
  const collection =
    'collection' in ref ? await getCollection(context, ref.collection, 'restricted_viewer', act.toDo) : undefined
  const project =
    'project' in ref ? await getProject(context, ref.project, 'restricted_viewer', act.toDo) : collection!.project
  requireWriter(projectRole(context, project)!, leastOfProject(project), act, placeOfProject(project))
  const scope: Scope =
    collection === undefined ? { type: 'project', id: project.id } : { type: 'collection', id: collection.id }
  return { place: { ...scope, projectId: project.id, entityId: project.entity.id }, owner: project.entity }
}

/** The same for an automation that was found; what stands where the actor sees nothing is not found. */
export async function requireScope(
  context: Context,
  place: RuleSetPlace,
  automationRef: string,
  act: ScopeAct,
): Promise<Entity> {
  const wanted = { noun: 'automation', name: automationRef, toDo: act.toDo }
  if (place.projectId !== null) {
    const [project] = await selectProjects(context.db, { id: place.projectId })
    if (project === undefined) throw notFound('automation', automationRef)
    const role = requireRole(projectRole(context, project), 'restricted_viewer', {
      ...wanted,
      place: placeOfProject(project),
    })
    requireWriter(role, leastOfProject(project), act, placeOfProject(project))
    return project.entity
  }
  const [entity] = await selectEntities(context.db, { id: place.entityId })
  if (entity === undefined) throw notFound('automation', automationRef)
  const where = `${entity.kind} ${entity.name}`
  requireWriter(
    requireRole(entityRole(context.actor, entity), 'viewer', { ...wanted, place: where }),
    leastOfEntity(entity),
    act,
    where,
  )
  return entity
}

/** Answers whether the actor may change the automations that stand in one of these places. */
export async function findWritable(
  context: Context,
  places: readonly RuleSetPlace[],
): Promise<(place: RuleSetPlace) => boolean> {
  const inProjects = places.flatMap(({ projectId }) => (projectId === null ? [] : [projectId as ProjectId]))
  const inEntities = places.flatMap(({ projectId, entityId }) => (projectId === null ? [entityId] : []))
  const projects = inProjects.length === 0 ? [] : await selectProjectsById(context.db, [...new Set(inProjects)])
  const entities = inEntities.length === 0 ? [] : await selectEntitiesById(context.db, [...new Set(inEntities)])
  const writableProjects = new Set<number>(
    projects
      .filter((project) => reaches(projectRole(context, project), leastOfProject(project)))
      .map((project) => project.id),
  )
  const writableEntities = new Set<number>(
    entities
      .filter((entity) => reaches(entityRole(context.actor, entity), leastOfEntity(entity)))
      .map((entity) => entity.id),
  )
  return ({ projectId, entityId }) =>
    projectId === null ? writableEntities.has(entityId) : writableProjects.has(projectId)
}

function reaches(role: RegistryRole | undefined, least: RegistryRole): boolean {
  return role !== undefined && atLeast(role, least)
}

function scopeOfEntity(entity: Entity): AutomationScope {
  return { place: { type: 'entity', id: entity.id, projectId: null, entityId: entity.id }, owner: entity }
}

function requireWriter(role: RegistryRole, least: 'member' | 'admin', { kind, toDo }: ScopeAct, place: string): void {
  if (kind === 'write' && !atLeast(role, least))
    throw new Problem('not-allowed', `${toDo} takes the role ${least} in ${place}; yours is ${role.replace('_', ' ')}.`)
}

function leastOfEntity({ kind }: Entity): 'member' | 'admin' {
  return kind === 'organization' ? 'admin' : 'member'
}

function leastOfProject({ automationsByMembers }: Project): 'member' | 'admin' {
  return automationsByMembers ? 'member' : 'admin'
}

function placeOfProject({ isRegistry, name, entity }: Project): string {
  return isRegistry ? `registry ${name}` : `${entity.kind} ${entity.name}`
}
