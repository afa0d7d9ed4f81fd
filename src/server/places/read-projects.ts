import type { ListedProject, Project as ProjectShape, ProjectQuery } from '../../contract/project.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { spellId, spellUuid, uuidTime } from '../base/ids.ts'
import { getEntity, getProject, visibleTo } from './find-place.ts'
import { selectPlaceCounts, type PlaceCounts } from './place-counts-store.ts'
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
  readonly items: ListedProject[]
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
  const ids = page.map(({ id }) => id)
  const counts = new Map((await selectPlaceCounts(context.db, ids)).map((one) => [one.id, one]))
  return {
    items: page.map((project) => ({ ...presentProject(context, project), ...presentCounts(counts.get(project.id)!) })),
    next: found.length > limit ? spellId('project', page.at(-1)!.id) : null,
  }
}

function presentCounts({
  collections,
  versions,
  automations,
  lastEvent,
  lastEventType,
}: PlaceCounts): Pick<ListedProject, 'collections' | 'versions' | 'automations' | 'last_event'> {
  return {
    collections,
    versions,
    automations,
    last_event:
      lastEvent === null
        ? null
        : { id: spellUuid('event', lastEvent), type: lastEventType!, at: uuidTime(lastEvent).toISOString() },
  }
}
