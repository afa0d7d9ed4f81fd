import { uuidFloor, type Uuid, type UuidNoun } from '../base/ids.ts'
import { readUuidCursor } from './read-id-cursor.ts'

/** Ids from `from` on and below `below`; null: no bound. */
export interface IdSpan<N extends UuidNoun> {
  readonly from: Uuid<N> | null
  readonly below: Uuid<N> | null
}

/** What of a span of time is behind a cursor, as ids: they sort by time. */
export function readIdSpan<N extends UuidNoun>(
  of: N,
  {
    after,
    before,
    cursor,
  }: {
    readonly after?: string | undefined
    readonly before?: string | undefined
    readonly cursor?: string | undefined
  },
): IdSpan<N> {
  return { from: floorOf(after), below: earlier(readUuidCursor(of, cursor), floorOf<N>(before)) }
}

/** Where the ids of an instant begin. Before 1970 there are none. */
function floorOf<N extends UuidNoun>(instant: string | undefined): Uuid<N> | null {
  return instant === undefined ? null : uuidFloor(new Date(Math.max(Date.parse(instant), 0)))
}

function earlier<N extends UuidNoun>(one: Uuid<N> | null, other: Uuid<N> | null): Uuid<N> | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}
