import type { PageQuery } from '../../contract/page.ts'
import type { Person } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { getMemberPlace, type MemberPlaceRef } from './member-place.ts'
import { selectMemberPage } from './member-store.ts'
import { presentPerson } from './present-person.ts'

/** People and service accounts of an organization or a team with their roles there, for whoever belongs to it. */
export async function listMembers(
  context: Context,
  ref: MemberPlaceRef,
  { limit, cursor }: PageQuery,
): Promise<{ items: Person[]; next: string | null }> {
  const place = await getMemberPlace(context, ref, 'viewer', 'Reading members')
  const before = readIdCursor('person', cursor)
  const rows = await selectMemberPage(context.db, place.of, place.id, { before, limit: limit + 1 })
  const items = rows.slice(0, limit).map(presentPerson)
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}
