import type { Event } from '../../contract/event.ts'
import type { PageQuery } from '../../contract/page.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { getEntity } from '../places/find-place.ts'
import { selectEventTail, selectStreamGeneration } from './event-store.ts'
import { presentEvent } from './read-events.ts'
import { seeEvents } from './see-events.ts'
import { parseCursor, printCursor, streamStart, type StreamCursor } from './stream-cursor.ts'

/**
 * The events of a team in the order in which they could first be seen, oldest first. Whoever comes back with `next` misses
 * none and gets none twice, also while many are being recorded at once; an empty page says that there is nothing new.
 */
export async function followEvents(
  context: Context,
  teamRef: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: Event[]; next: string }> {
  const entity = await getEntity(context, teamRef, 'viewer', 'Following events')
  const generation = await selectStreamGeneration(context.db)
  const from = cursor === undefined ? { generation, ...streamStart } : readCursor(cursor, generation)
  const rows = await selectEventTail(context.db, { entityId: entity.id, after: from, limit })
  const last = rows.at(-1)
  return {
    items: (await seeEvents(context, rows)).map(presentEvent),
    next: printCursor(last === undefined ? from : { generation, tx: last.tx, id: last.id }),
  }
}

function readCursor(text: string, generation: string): StreamCursor {
  const cursor = parseCursor(text)
  if (cursor === undefined)
    throw new Problem('request-invalid', 'The cursor is not one that a page ended with.', [
      { pointer: '#/query/cursor', detail: 'Send the `next` of the page before, unchanged.' },
    ])
  if (cursor.generation !== generation)
    throw new Problem('stream-restored', 'The cursor is from before the database was restored.', [
      { pointer: '#/query/cursor', detail: 'Leave it out to begin again; events keep their ids.' },
    ])
  return cursor
}
