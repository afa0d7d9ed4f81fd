import type { Project as ProjectShape, ProjectQuery } from '../../contract/project.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { spellId } from '../base/ids.ts'
import { getEntity, getProject, visibleTo } from './find-place.ts'
import { selectProjectPage } from './place-store.ts'
import { presentProject } from './present-project.ts'

export async function readProject(context: Context, ref: string): Promise<ProjectShape> {
  return presentProject(context, await getProject(context, ref, 'restricted_viewer', 'Reading a project'))
}

/** Projects and registries that the actor may see, newest first. */
export function listProjects(context: Context, query: ProjectQuery): Promise<ProjectPage> {
  return list(context, query, { registriesOnly: false })
}

export function listRegistries(context: Context, query: ProjectQuery): Promise<ProjectPage> {
  return list(context, query, { registriesOnly: true })
}

interface ProjectPage {
  readonly items: ProjectShape[]
  readonly next: string | null
}

async function list(
  context: Context,
  { entity: ref, limit, cursor }: ProjectQuery,
  { registriesOnly }: { readonly registriesOnly: boolean },
): Promise<ProjectPage> {
  const before = readIdCursor('project', cursor)
  const entity = ref === undefined ? undefined : await getEntity(context, ref, 'viewer', 'Reading projects')
  const found = await selectProjectPage(context.db, visibleTo(context), {
    entityId: entity?.id,
    registriesOnly,
    before,
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  return {
    items: page.map((project) => presentProject(context, project)),
    next: found.length > limit ? spellId('project', page.at(-1)!.id) : null,
  }
}
