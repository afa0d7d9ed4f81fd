import { Problem } from '../../contract/problem.ts'
import type { NewProject, NewRegistry, Project as ProjectShape } from '../../contract/project.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getEntity, getOrganization } from './find-place.ts'
import type { Entity, Project } from './place.ts'
import { insertProject } from './place-store.ts'
import { presentProject } from './present-project.ts'

/** In a team, by its members, or in one's own account. */
export async function createProject(context: Context, input: NewProject): Promise<ProjectShape> {
  const entity = await getEntity(context, input.team, 'member', 'Creating a project')
  if (entity.kind === 'organization')
    throw new Problem(
      'request-invalid',
      `${entity.name} is an organization: it has registries, its teams have projects.`,
      [{ pointer: '#/team', detail: 'Name a team, or yourself.' }],
    )
  return insert(context, entity, { name: input.name, visibility: null, action: 'project.create' })
}

/** A project of the organization's own entity, under the prefix that the SDK expects; by the organization's admins. */
export async function createRegistry(context: Context, input: NewRegistry): Promise<ProjectShape> {
  const organization = await getOrganization(context, input.organization, 'admin', 'Creating a registry')
  const { name, visibility } = input
  return insert(context, organization, { name: `wandb-registry-${name}`, visibility, action: 'registry.create' })
}

interface NewPlace {
  readonly name: string
  readonly visibility: Project['visibility'] | null
  readonly action: 'project.create' | 'registry.create'
}

async function insert(context: Context, entity: Entity, { name, visibility, action }: NewPlace): Promise<ProjectShape> {
  return refuseTakenName(name, () =>
    context.db.tx(async (tx) => {
      const row = await insertProject(tx, { entityId: entity.id, name, visibility })
      recordAudit(tx, context.actor, {
        action,
        subject: spellId('project', row.id),
        organizationId: entity.organizationId,
        entityId: entity.id,
        details: { name, ...(visibility === null ? {} : { visibility }) },
      })
      return presentProject(context, {
        id: row.id,
        name,
        entity,
        isRegistry: visibility !== null,
        visibility: visibility ?? 'organization',
        automationsByMembers: true,
        acceptedTypes: null,
        protectedAliases: [],
        createdAt: row.created_at,
        grants: new Map(),
      })
    }),
  )
}
