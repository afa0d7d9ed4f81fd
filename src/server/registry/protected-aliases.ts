import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import type { Tx } from '../database/database.ts'
import { projectRole } from '../places/find-place.ts'
import type { Project } from '../places/place.ts'
import { selectProjects } from '../places/place-store.ts'
import type { Membership } from './membership-store.ts'

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

/** What one cannot see one cannot take away, and what is protected somewhere only the admins there can. */
export async function requireRemovable(
  tx: Tx,
  context: Context,
  memberships: readonly Membership[],
  { toDo, hidden }: { readonly toDo: string; readonly hidden: string },
): Promise<void> {
  for (const [id, of] of Map.groupBy(memberships, ({ projectId }) => projectId)) {
    const [project] = await selectProjects(tx, { id })
    if (project === undefined || projectRole(context, project) === undefined) throw new Problem('not-allowed', hidden)
    const aliases = of.flatMap((membership) => membership.aliases)
    requireUnprotected(context, project, [...new Set(aliases)], toDo)
  }
}

/** As it is now, with what is protected there: whoever waited for a lock may know an older one. */
export async function readProject(tx: Tx, { id, name }: Project): Promise<Project> {
  const [project] = await selectProjects(tx, { id })
  if (project === undefined) throw notFound('project', name)
  return project
}
