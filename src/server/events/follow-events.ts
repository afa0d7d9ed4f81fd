import type { Event } from '../../contract/event.ts'
import type { PageQuery } from '../../contract/page.ts'
import type { Context } from '../access/context.ts'
import { getEntity } from '../places/find-place.ts'
import { selectEventTail } from './event-store.ts'
import { presentEvent } from './read-events.ts'
import { seeEvents } from './see-events.ts'
import { readStreamCursor } from './read-stream-cursor.ts'
import { eventsBehind, printCursor, streamStart } from './stream-cursor.ts'
import { selectStreamEnd } from './stream-store.ts'

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
  const end = await selectStreamEnd(context.db)
  const { generation } = end
  const from = cursor === undefined ? { generation, ...streamStart } : readStreamCursor(cursor, end, '#/query/cursor')
  const rows = await selectEventTail(context.db, { entityId: entity.id, after: eventsBehind(from), limit })
  const last = rows.at(-1)
  return {
    items: (await seeEvents(context, rows)).map(presentEvent),
    next: printCursor(last === undefined ? from : { generation, tx: last.tx, id: last.id, attempt: 0 }),
  }
}
