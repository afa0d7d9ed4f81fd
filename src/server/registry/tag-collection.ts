import { Problem } from '../../contract/problem.ts'
import type { Collection as CollectionShape } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { changeCollection } from './change-collection.ts'
import { deleteCollectionTag, insertCollectionTag } from './collection-store.ts'
import { presentCollection } from './present-version.ts'
import { placeOfCollection, type RegistryParts } from './record-happenings.ts'

/** Puts tags on a collection; those it has are left alone. Takes the role member. */
export async function addCollectionTags(
  parts: RegistryParts,
  context: Context,
  ref: string,
  tags: readonly string[],
): Promise<CollectionShape> {
  const { collection, stored } = await changeCollection(parts, context, {
    ref,
    least: 'member',
    toDo: 'Tagging a collection',
    action: 'collection.add_tags',
    async change(tx, collection) {
      const added: string[] = []
      for (const tag of tags) if (await insertCollectionTag(tx, collection.id, tag)) added.push(tag)
      if (added.length === 0) return undefined
      const places = [placeOfCollection(collection)] as const
      return {
        happenings: added.map((tag) => ({ type: 'ADD_COLLECTION_TAG', places, facts: { tag } })),
        details: { tags: added },
      }
    },
  })
  return presentCollection(stored!, collection.project)
}

/** Takes the role member. */
export async function removeCollectionTag(
  parts: RegistryParts,
  context: Context,
  ref: string,
  tag: string,
): Promise<CollectionShape> {
  const { collection, stored } = await changeCollection(parts, context, {
    ref,
    least: 'member',
    toDo: 'Removing a tag',
    action: 'collection.remove_tag',
    async change(tx, collection) {
      if (!(await deleteCollectionTag(tx, collection.id, tag)))
        throw new Problem('not-found', `${collection.name} has no tag “${tag}”.`)
      const places = [placeOfCollection(collection)] as const
      return { happenings: [{ type: 'REMOVE_COLLECTION_TAG', places, facts: { tag } }], details: { tag } }
    },
  })
  return presentCollection(stored!, collection.project)
}
