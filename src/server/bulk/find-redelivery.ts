import type { MassRedelivery, RedeliveryQuery } from '../../contract/redelivery.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { entityRole, notFound, requireRole, type Role } from '../access/roles.ts'
import { parseId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import { presentRedelivery } from './present-redelivery.ts'
import { selectRedelivery, selectRedeliveryPage, type RedeliveryRow } from './redelivery-store.ts'

/** Redeliveries of a team, newest first. For everybody in the team. */
export async function listRedeliveries(
  context: Context,
  { team, limit, cursor }: RedeliveryQuery,
): Promise<{ items: MassRedelivery[]; next: string | null }> {
  const { id } = await getEntity(context, team, 'viewer', 'Listing redeliveries')
  const rows = await selectRedeliveryPage(context.db, id, readIdCursor('redelivery', cursor), limit + 1)
  const items = rows.slice(0, limit).map(presentRedelivery)
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}

/** How far it is. For everybody in the team. */
export async function getRedelivery(context: Context, ref: string): Promise<MassRedelivery> {
  return presentRedelivery(await findRedelivery(context, ref, 'viewer', 'Reading a redelivery'))
}

/** The redelivery that `ref` names, when the actor has this role in its team. */
export async function findRedelivery(context: Context, ref: string, least: Role, toDo: string): Promise<RedeliveryRow> {
  const id = parseId('redelivery', ref)
  const row = id === undefined ? undefined : await selectRedelivery(context.db, id)
  if (row === undefined) throw notFound('redelivery', ref)
  requireRole(entityRole(context.actor, ownerOf(row)), least, {
    noun: 'redelivery',
    name: ref,
    toDo,
    place: `${row.team_kind} ${row.team_name}`,
  })
  return row
}

/** Whose it is, as roles see it. */
export function ownerOf(row: RedeliveryRow) {
  return { id: row.team_id, kind: row.team_kind, organizationId: row.organization_id }
}
