import { Problem } from '../../contract/problem.ts'
import { parseId, parseUuid, type Id, type NumberNoun, type Uuid, type UuidNoun } from '../base/ids.ts'

/** The cursor of lists that go by id, newest first, is the id of the last item shown. */
export function readIdCursor<N extends NumberNoun>(of: N, cursor: string | undefined): Id<N> | null {
  return cursor === undefined ? null : (parseId(of, cursor) ?? refuseCursor())
}

/** The same for events and deliveries. */
export function readUuidCursor<N extends UuidNoun>(of: N, cursor: string | undefined): Uuid<N> | null {
  return cursor === undefined ? null : (parseUuid(of, cursor) ?? refuseCursor())
}

/** Of things in the order of their deliveries, those without one at one end: the id of the delivery, or of such a thing. */
export function readDeliveryCursor<N extends NumberNoun>(
  of: N,
  cursor: string | undefined,
): { readonly delivery: Uuid<'delivery'> | null; readonly without: Id<N> | null } {
  const delivery = cursor === undefined ? undefined : parseUuid('delivery', cursor)
  if (delivery !== undefined) return { delivery, without: null }
  return { delivery: null, without: readIdCursor(of, cursor) }
}

/** The same for what is counted within one thing, as revisions are. */
export function readCountCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  return /^[1-9]\d{0,8}$/.test(cursor) ? Number(cursor) : refuseCursor()
}

function refuseCursor(): never {
  throw new Problem('request-invalid', 'The cursor is not one that a page ended with.', [
    { pointer: '#/query/cursor', detail: 'Send the `next` of the page before, unchanged.' },
  ])
}
