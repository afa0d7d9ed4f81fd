import { Problem } from '../../contract/problem.ts'
import { parseCursor, type StreamCursor } from './stream-cursor.ts'
import type { StreamEnd } from './stream-store.ts'

/**
 * A cursor as a client sent it back; `pointer` says where in the request it stood. None that was given out is ahead of
 * where the stream ends now: it counted transactions that a database set back to an earlier state knows nothing of.
 */
export function readStreamCursor(text: string, { generation, horizon }: StreamEnd, pointer: string): StreamCursor {
  const cursor = parseCursor(text)
  if (cursor === undefined)
    throw new Problem('request-invalid', 'The cursor is not one that came from here.', [
      { pointer, detail: 'Send the `next` of the page before, or the `id` of the last message, unchanged.' },
    ])
  if (cursor.generation !== generation || BigInt(cursor.tx) > BigInt(horizon))
    throw new Problem('stream-restored', 'The cursor is from before the database was restored.', [
      { pointer, detail: 'Leave it out to begin again; events keep their ids.' },
    ])
  return cursor
}
