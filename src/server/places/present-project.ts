import type { Project as ProjectShape } from '../../contract/project.ts'
import type { Context } from '../access/context.ts'
import { spellId } from '../base/ids.ts'
import { projectRole } from './find-place.ts'
import type { Project } from './place.ts'

export function presentProject(context: Context, project: Project): ProjectShape {
  return {
    id: spellId('project', project.id),
    name: project.name,
    entity: project.entity.name,
    is_registry: project.isRegistry,
    visibility: project.isRegistry ? project.visibility : null,
    accepted_types: project.acceptedTypes === null ? null : [...project.acceptedTypes],
    protected_aliases: [...project.protectedAliases],
    automations_by_members: project.automationsByMembers,
    role: projectRole(context, project)!,
    created_at: project.createdAt.toISOString(),
  }
}
