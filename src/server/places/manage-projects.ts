import type { NewProject, NewRegistry, Project as ProjectShape } from '../../contract/project.ts'
import { Problem } from '../../contract/problem.ts'
import type { PageQuery } from '../../contract/page.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import type { RegistryRole } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getEntity, getOrganization, getProject, projectRole, visibleTo } from './find-place.ts'
import type { Entity, Project } from './place.ts'
import { insertProject, selectProjectPage, setGrant } from './place-store.ts'

export async function createProject(context: Context, input: NewProject): Promise<ProjectShape> {
  const entity = await getEntity(context, input.team, 'member', 'Creating a project')
  return insert(context, entity, { name: input.name, visibility: null, action: 'project.create' })
}

/** A registry is a project of the organization's entity, under the prefix that the SDK expects. */
export async function createRegistry(context: Context, input: NewRegistry): Promise<ProjectShape> {
  const organization = await getOrganization(context, input.organization, 'admin', 'Creating a registry')
  return insert(context, organization, {
    name: `wandb-registry-${input.name}`,
    visibility: input.visibility,
    action: 'registry.create',
  })
}

async function insert(
  context: Context,
  entity: Entity,
  { name, visibility, action }: { name: string; visibility: 'organization' | 'restricted' | null; action: string },
): Promise<ProjectShape> {
  return refuseTakenName(name, () =>
    context.db.tx(async (tx) => {
      const row = await insertProject(tx, { entityId: entity.id, name, visibility })
      await recordAudit(tx, context.actor, {
        action,
        subject: spellId('project', row.id),
        organizationId: entity.organizationId,
        entityId: entity.id,
        details: { name, ...(visibility === null ? {} : { visibility }) },
      })
      const project: Project = {
        id: row.id,
        name,
        entity,
        isRegistry: visibility !== null,
        visibility: visibility ?? 'organization',
        automationsByMembers: true,
        createdAt: row.created_at,
        grants: new Map(),
      }
      return presentProject(context, project)
    }),
  )
}

export async function readProject(context: Context, ref: string): Promise<ProjectShape> {
  return presentProject(context, await getProject(context, ref, 'restricted_viewer', 'Reading a project'))
}

/** Projects and registries that the actor may see, newest first. */
export async function listProjects(
  context: Context,
  { limit, cursor }: PageQuery,
): Promise<{ items: ProjectShape[]; next: string | null }> {
  const before = readIdCursor('project', cursor)
  const found = await selectProjectPage(context.db, visibleTo(context), before, limit + 1)
  const page = found.slice(0, limit)
  return {
    items: page
      .filter((project) => projectRole(context, project) !== undefined)
      .map((project) => presentProject(context, project)),
    next: found.length > limit ? spellId('project', page.at(-1)!.id) : null,
  }
}

/** Gives a team or person a role in a registry, or takes it away (`role` null). */
export async function changeGrant(
  context: Context,
  registryRef: string,
  granteeRef: string,
  role: RegistryRole | null,
): Promise<void> {
  const registry = await getProject(context, registryRef, 'admin', 'Changing roles')
  if (!registry.isRegistry)
    throw new Problem('not-found', `${registry.name} is no registry; a project's roles are those of its team.`)
  const grantee = await getEntity(context, granteeRef, 'viewer', 'Naming a team')
  await context.db.tx(async (tx) => {
    if (!(await setGrant(tx, registry.id, grantee.id, role))) return
    await recordAudit(tx, context.actor, {
      action: role === null ? 'registry.remove_grant' : 'registry.set_grant',
      subject: spellId('project', registry.id),
      organizationId: registry.entity.organizationId,
      entityId: registry.entity.id,
      details: { grantee: grantee.name, role },
    })
  })
}

function presentProject(context: Context, project: Project): ProjectShape {
  return {
    id: spellId('project', project.id),
    name: project.name,
    entity: project.entity.name,
    is_registry: project.isRegistry,
    role: projectRole(context, project)!,
    created_at: project.createdAt.toISOString(),
  }
}
