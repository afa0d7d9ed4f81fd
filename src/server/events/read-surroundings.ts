import type { EventSurroundings } from '../../contract/event.ts'
import { variables, type VariableName } from '../../contract/variables.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { readVariable } from '../automations/read-event.ts'
import { parseUuid } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { selectNeighbors, snapshotOf, type StoredEvent } from './event-store.ts'
import { presentEvent } from './read-events.ts'
import { findVisibleEvent, seeEvents } from './see-events.ts'

/** What payloads would say of an event, and what happened beside it. For whoever may read it. */
export async function readSurroundings(context: Context, ref: string): Promise<EventSurroundings> {
  const id = parseUuid('event', ref)
  const event = id === undefined ? undefined : await findVisibleEvent(context, id)
  if (event === undefined) throw notFound('event', ref)
  const projectId = event.data.places[0]?.projectId ?? null
  const beside = async (side: 'before' | 'after') => {
    if (projectId === null) return []
    const found = await seeEvents(context, await selectNeighbors(context.db, { projectId, id: event.id, side }))
    return found
      .filter((other) => sharesCollection(event, other))
      .slice(0, limits.neighborsShown)
      .map(presentEvent)
  }
  return { variables: valuesAt(event), before: await beside('before'), after: await beside('after') }
}

function valuesAt(event: StoredEvent): EventSurroundings['variables'] {
  const snapshot = snapshotOf(event)
  const [place] = snapshot.places
  const names = (Object.keys(variables) as VariableName[]).filter(
    (name) => name !== 'automation_name' && (variables[name].eventTypes as readonly string[]).includes(event.type),
  )
  return names.map((name) => ({ name, value: readVariable(snapshot, place!, '', name) ?? null }))
}

/** An event without a collection has all of its project beside it. */
function sharesCollection(event: StoredEvent, other: StoredEvent): boolean {
  const collections = collectionsOf(event)
  return collections.length === 0 || collectionsOf(other).some((id) => collections.includes(id))
}

function collectionsOf({ data }: StoredEvent): readonly number[] {
  return data.places.flatMap(({ collection }) => collection?.id ?? [])
}
