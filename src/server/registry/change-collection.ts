import type { Context } from '../access/context.ts'
import { notFound, type RegistryRole } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId, type CollectionId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { getCollection } from '../places/find-place.ts'
import type { Collection } from '../places/place.ts'
import { lockCollections, selectStoredCollection, type StoredCollection } from './collection-store.ts'
import { readProject } from './protected-aliases.ts'
import { recordHappenings, type Happening, type RegistryParts } from './record-happenings.ts'

export interface CollectionAct {
  readonly ref: string
  readonly least: RegistryRole
  /** To start a refusal with: "Renaming a collection". */
  readonly toDo: string
  /** For the audit trail, `collection.update`. */
  readonly action: string
  /** Other collections that it changes, as far as can be told before the lock: all are locked at once, in one order. */
  readonly alsoLock?: (tx: Tx, collection: Collection) => Promise<readonly CollectionId[]>
  /** Makes the change to the locked collection. Answers what happened, or undefined when there was nothing to change. */
  readonly change: (tx: Tx, collection: Collection, stored: StoredCollection) => Promise<Changed | undefined>
}

export interface Changed {
  readonly happenings: readonly Happening[]
  /** For the audit trail. */
  readonly details: Readonly<Record<string, unknown>>
  /** What is left to do once the events are recorded: they are judged by the automations of before. */
  readonly afterwards?: () => Promise<void>
}

/** Runs one change of a collection as a whole, with its events and its audit row. Answers it as it is then. */
export async function changeCollection(
  parts: RegistryParts,
  context: Context,
  { ref, least, toDo, action, alsoLock, change }: CollectionAct,
): Promise<{ readonly collection: Collection; readonly stored: StoredCollection | undefined }> {
  const collection = await getCollection(context, ref, least, toDo)
  return context.db.tx(async (tx) => {
    const besides = (await alsoLock?.(tx, collection)) ?? []
    // What is read comes after the lock, though nobody waits in between.
    const [, stored, project] = await Promise.all([
      lockCollections(tx, [collection.id, ...besides]),
      selectStoredCollection(tx, collection.id),
      readProject(tx, collection.project),
    ])
    if (stored === undefined) throw notFound('collection', ref)
    const changed = await change(tx, { ...collection, name: stored.name, project }, stored)
    if (changed === undefined) return { collection, stored }
    await recordHappenings(parts, context, tx, changed.happenings)
    await changed.afterwards?.()
    recordAudit(tx, context.actor, {
      action,
      subject: spellId('collection', collection.id),
      organizationId: collection.project.entity.organizationId,
      entityId: collection.project.entity.id,
      details: { name: stored.name, ...changed.details },
    })
    return { collection, stored: await selectStoredCollection(tx, collection.id) }
  })
}
