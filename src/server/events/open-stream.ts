import type { StreamQuery } from '../../contract/stream.ts'
import type { Context } from '../access/context.ts'
import { getEntity, getProject } from '../places/find-place.ts'
import { readStreamCursor } from './read-stream-cursor.ts'
import { beforeTransaction } from './stream-cursor.ts'
import type { StreamHub, StreamReader } from './stream-hub.ts'
import { selectStreamEnd } from './stream-store.ts'

/**
 * Events and attempts as they come, in the order in which they can first be seen: behind the message that the reader had
 * last, else from now on. Answers a function that stops it.
 */
export async function openStream(
  hub: StreamHub,
  context: Context,
  { team, project, cursor, lastEventId }: StreamQuery & { readonly lastEventId: string | undefined },
  reader: StreamReader,
): Promise<() => void> {
  const toDo = 'Following the stream'
  const filter = {
    entityId: team === undefined ? undefined : (await getEntity(context, team, 'viewer', toDo)).id,
    projectId: project === undefined ? undefined : (await getProject(context, project, 'restricted_viewer', toDo)).id,
  }
  const end = await selectStreamEnd(context.db)
  const pointer = lastEventId === undefined ? '#/query/cursor' : '#/header/last-event-id'
  const last = lastEventId ?? cursor
  const from =
    last === undefined
      ? { generation: end.generation, ...beforeTransaction(end.horizon) }
      : readStreamCursor(last, end, pointer)
  return hub.open({ actor: context.actor, filter, from, isNow: last === undefined }, reader)
}
