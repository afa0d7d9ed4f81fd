import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { archiveScope } from '../automations/archive-scope.ts'
import { spellId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { getProject } from '../places/find-place.ts'
import { archiveProject, lockProject, selectProjects } from '../places/place-store.ts'
import { selectCollectionPage } from './collection-store.ts'

/**
 * Deletes a project or registry with its automations; its name is free. Refused while it has collections, with their list:
 * what goes with each of them is decided one by one. Takes the role admin.
 */
export async function deleteProject(context: Context, ref: string): Promise<void> {
  const { id, name, isRegistry, entity } = await getProject(context, ref, 'admin', 'Deleting a project')
  await context.db.tx(async (tx) => {
    await lockProject(tx, id)
    if ((await selectProjects(tx, { id })).length === 0) throw notFound('project', ref)
    const everything = { projectId: id, name: undefined, type: undefined, tag: undefined, before: null }
    const collections = await selectCollectionPage(tx, { ...everything, limit: limits.mistakesMax })
    if (collections.length > 0)
      throw new Problem(
        'in-use',
        `${name} has collections: delete them first.`,
        collections.map((collection) => ({
          detail: `The collection “${collection.name}” (${spellId('collection', collection.id)}) is in it.`,
        })),
      )
    await archiveScope(tx, { type: 'project', id })
    await archiveProject(tx, id)
    recordAudit(tx, context.actor, {
      action: isRegistry ? 'registry.delete' : 'project.delete',
      subject: spellId('project', id),
      organizationId: entity.organizationId,
      entityId: entity.id,
      details: { name },
    })
  })
}
