import type { Collection as CollectionShape, CollectionChange } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { changeCollection } from './change-collection.ts'
import { updateCollectionTexts } from './collection-store.ts'
import { presentCollection } from './present-version.ts'
import { placeOfCollection, type RegistryParts } from './record-happenings.ts'

/** Another name or description; automations on it go on. Takes the role member. */
export async function updateCollection(
  parts: RegistryParts,
  context: Context,
  ref: string,
  input: CollectionChange,
): Promise<CollectionShape> {
  const { collection, stored } = await refuseTakenName(input.name ?? '', () =>
    changeCollection(parts, context, {
      ref,
      least: 'member',
      toDo: 'Changing a collection',
      action: 'collection.update',
      async change(tx, collection, before) {
        const name = input.name ?? before.name
        const description = input.description === undefined ? before.description : input.description
        if (name === before.name && description === before.description) return undefined
        await updateCollectionTexts(tx, collection.id, { name, description })
        if (name === before.name) return { happenings: [], details: { changed: ['description'] } }
        const places = [placeOfCollection({ ...collection, name })] as const
        return {
          happenings: [{ type: 'RENAME_COLLECTION', places, facts: { previous_collection: before.name } }],
          details: { name, previous_name: before.name },
        }
      },
    }),
  )
  return presentCollection(stored!, collection.project)
}
