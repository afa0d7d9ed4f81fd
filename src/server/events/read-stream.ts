import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { beforeTransaction, comparePositions, type StreamPosition } from './stream-cursor.ts'
import {
  selectStreamedAttempts,
  selectStreamedEvents,
  selectStreamEnd,
  type StreamedAttemptRow,
  type StreamedEventRow,
} from './stream-store.ts'

export type StreamRow =
  | { readonly kind: 'event'; readonly position: StreamPosition; readonly row: StreamedEventRow }
  | { readonly kind: 'attempt'; readonly position: StreamPosition; readonly row: StreamedAttemptRow }

export interface StreamPage {
  readonly rows: readonly StreamRow[]
  /** Behind the last row or, when the page is whole, behind everything there is to be seen now. */
  readonly end: StreamPosition
  /** False when there is more to be read at once. */
  readonly isWhole: boolean
}

/**
 * What stands behind a position, oldest first, at most `streamRowsMax` rows. Both tables are read up to one horizon, below
 * which no transaction is open any more, so that nothing can come to stand among what was read. Of two sorted lists, each
 * cut off at that many rows, the first that many of both together are certain; the rest is read again, from the last one
 * taken on. A page that was not cut off ends at its horizon, and the next one begins there.
 */
export async function readStream(db: Queryable, after: StreamPosition): Promise<StreamPage> {
  const { horizon } = await selectStreamEnd(db)
  // Nothing has ended since: the usual answer, for one cheap statement.
  if (BigInt(horizon) <= BigInt(after.tx)) return { rows: [], end: after, isWhole: true }
  const [events, attempts] = await Promise.all([
    selectStreamedEvents(db, after, horizon),
    selectStreamedAttempts(db, after, horizon),
  ])
  const rows = [...events.map(ofEvent), ...attempts.map(ofAttempt)]
    .toSorted((a, b) => comparePositions(a.position, b.position))
    .slice(0, limits.streamRowsMax)
  const isWhole = events.length + attempts.length < limits.streamRowsMax
  return { rows, end: isWhole ? beforeTransaction(horizon) : rows.at(-1)!.position, isWhole }
}

function ofEvent(row: StreamedEventRow): StreamRow {
  return { kind: 'event', position: { tx: row.tx, id: row.id, attempt: 0 }, row }
}

function ofAttempt(row: StreamedAttemptRow): StreamRow {
  return { kind: 'attempt', position: { tx: row.tx, id: row.delivery_id, attempt: row.number }, row }
}
