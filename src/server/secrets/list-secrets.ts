import type { PageQuery } from '../../contract/page.ts'
import type { Secret } from '../../contract/secret.ts'
import type { Context } from '../access/context.ts'
import { getEntity } from '../places/find-place.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { presentSecret } from './present-secret.ts'
import { selectSecretPage } from './secret-store.ts'

/** A team's secrets by name, newest first; never a value. For everybody in the team. */
export async function listSecrets(
  context: Context,
  teamRef: string,
  query: PageQuery,
): Promise<{ items: Secret[]; next: string | null }> {
  const entity = await getEntity(context, teamRef, 'viewer', 'Listing secrets')
  const rows = await selectSecretPage(context.db, entity.id, readIdCursor('secret', query.cursor), query.limit + 1)
  const items = rows.slice(0, query.limit).map(presentSecret)
  return { items, next: rows.length > query.limit ? items.at(-1)!.id : null }
}
