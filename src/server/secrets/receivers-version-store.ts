import type { EntityId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'

/**
 * `entities.receivers_version` orders every change to an entity's secrets and webhooks. Whoever changes one locks the
 * entity's row first, so that a memory that has seen a version has seen every change up to it.
 */
export async function lockReceivers(tx: Tx, entityId: EntityId): Promise<void> {
  await tx.query(lockVersion, [entityId])
}

/** The version of the change under way; the row is locked from here on. */
export async function nextReceiversVersion(tx: Tx, entityId: EntityId): Promise<number> {
  const [row] = await tx.query<{ version: number }>(raiseVersion, [entityId])
  if (row === undefined) throw new Error(`entity ${entityId} is gone`)
  return row.version
}

const lockVersion = {
  name: 'lock_receivers_version',
  text: 'select 1 from entities where id = $1 for no key update',
}

const raiseVersion = {
  name: 'raise_receivers_version',
  text: 'update entities set receivers_version = receivers_version + 1 where id = $1 returning receivers_version as version',
}
