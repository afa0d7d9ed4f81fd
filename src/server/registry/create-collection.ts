import { Problem } from '../../contract/problem.ts'
import type { Collection as CollectionShape, NewCollection } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findSimilar } from '../base/find-similar.ts'
import { spellId } from '../base/ids.ts'
import { getProject } from '../places/find-place.ts'
import type { Project } from '../places/place.ts'
import { insertCollection, selectStoredCollection } from './collection-store.ts'
import { presentCollection } from './present-version.ts'
import { placeOfCollection, recordHappenings, type RegistryParts } from './record-happenings.ts'

/** In a project it holds versions of its own; in a registry, links to versions. Takes the role member. */
export async function createCollection(
  parts: RegistryParts,
  context: Context,
  projectRef: string,
  { name, type, description }: NewCollection,
): Promise<CollectionShape> {
  const project = await getProject(context, projectRef, 'member', 'Creating a collection')
  requireAcceptedType(project, type, '#/type')
  const kind = project.isRegistry ? 'portfolio' : 'sequence'
  return refuseTakenName(name, () =>
    context.db.tx(async (tx) => {
      const id = await insertCollection(tx, { projectId: project.id, name, kind, type, description })
      const places = [placeOfCollection({ id, name, type, kind, project })] as const
      await recordHappenings(parts, context, tx, [{ type: 'CREATE_COLLECTION', places, facts: {} }])
      recordAudit(tx, context.actor, {
        action: 'collection.create',
        subject: spellId('collection', id),
        organizationId: project.entity.organizationId,
        entityId: project.entity.id,
        details: { name, type },
      })
      return presentCollection((await selectStoredCollection(tx, id))!, project)
    }),
  )
}

/** A registry may accept some types only. */
export function requireAcceptedType({ acceptedTypes, name }: Project, type: string, pointer: string): void {
  if (acceptedTypes === null || acceptedTypes.includes(type)) return
  const similar = findSimilar(type, acceptedTypes)
  const advice = similar === undefined ? '' : ` Did you mean “${similar}”?`
  throw new Problem('request-invalid', `The registry ${name} does not accept the type “${type}”.`, [
    { pointer, detail: `It accepts ${acceptedTypes.join(', ') || 'none'}.${advice}` },
  ])
}
