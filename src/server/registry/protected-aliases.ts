import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { projectRole } from '../places/find-place.ts'
import type { Project } from '../places/place.ts'

/** A protected alias is its registry's admins' to add, move and remove, and so is what would remove it. */
export function requireUnprotected(context: Context, project: Project, aliases: readonly string[], toDo: string): void {
  const touched = aliases.filter((alias) => project.protectedAliases.includes(alias))
  const role = projectRole(context, project)
  if (touched.length === 0 || role === 'admin') return
  throw new Problem(
    'not-allowed',
    `${toDo} takes the role admin in registry ${project.name}, because ${touched.map((alias) => `“${alias}”`).join(', ')} ${touched.length === 1 ? 'is' : 'are'} protected there; yours is ${(role ?? 'none').replace('_', ' ')}.`,
  )
}
