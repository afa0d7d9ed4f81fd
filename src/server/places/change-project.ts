import { isDeepStrictEqual } from 'node:util'
import { Problem } from '../../contract/problem.ts'
import type { Project as ProjectShape } from '../../contract/project.ts'
import type { ProjectChange, RegistryChange } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { getProject, getRegistry } from './find-place.ts'
import type { Project } from './place.ts'
import { lockProject, selectProjects, selectTypesInUse, updateProjectSettings } from './place-store.ts'
import { presentProject } from './present-project.ts'

type Settings = Pick<Project, 'visibility' | 'acceptedTypes' | 'protectedAliases' | 'automationsByMembers'>

/** Takes the role admin. */
export async function updateProject(context: Context, ref: string, input: ProjectChange): Promise<ProjectShape> {
  const project = await getProject(context, ref, 'admin', 'Changing a project')
  return change(context, project, input)
}

/** Takes the role admin. What its collections hold already it goes on accepting. */
export async function updateRegistry(context: Context, ref: string, input: RegistryChange): Promise<ProjectShape> {
  const { registry } = await getRegistry(context, ref, 'admin', 'Changing a registry')
  return change(context, registry, input)
}

async function change(
  context: Context,
  { id, name, isRegistry }: Project,
  input: RegistryChange,
): Promise<ProjectShape> {
  return context.db.tx(async (tx) => {
    await lockProject(tx, id)
    const [project] = await selectProjects(tx, { id })
    if (project === undefined) throw notFound('project', name)
    const settings = merge(project, input)
    const changed = (Object.keys(settings) as (keyof Settings)[]).filter(
      (one) => !isDeepStrictEqual(project[one], settings[one]),
    )
    if (changed.length === 0) return presentProject(context, project)
    if (changed.includes('acceptedTypes')) await refuseTypesInUse(tx, project, settings.acceptedTypes)
    await updateProjectSettings(tx, id, settings)
    recordAudit(tx, context.actor, {
      action: isRegistry ? 'registry.update' : 'project.update',
      subject: spellId('project', id),
      organizationId: project.entity.organizationId,
      entityId: project.entity.id,
      details: { name: project.name, ...Object.fromEntries(changed.map((one) => [one, settings[one]])) },
    })
    return presentProject(context, (await selectProjects(tx, { id }))[0]!)
  })
}

/** Lists have no order; they are kept by name. */
function merge(project: Project, input: RegistryChange): Settings {
  const types = input.accepted_types
  return {
    visibility: input.visibility ?? project.visibility,
    acceptedTypes: types === undefined ? project.acceptedTypes : (types?.toSorted() ?? null),
    protectedAliases: input.protected_aliases?.toSorted() ?? project.protectedAliases,
    automationsByMembers: input.automations_by_members ?? project.automationsByMembers,
  }
}

async function refuseTypesInUse(tx: Tx, project: Project, accepted: readonly string[] | null): Promise<void> {
  const lost =
    accepted === null ? [] : (await selectTypesInUse(tx, project.id)).filter((type) => !accepted.includes(type))
  if (lost.length > 0)
    throw new Problem('request-invalid', `Collections of ${project.name} have types that would not be accepted.`, [
      { pointer: '#/accepted_types', detail: `Keep ${lost.join(', ')}, or delete these collections first.` },
    ])
}
