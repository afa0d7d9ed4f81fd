import type { Event, EventPlace as EventPlaceShape, EventQuery } from '../../contract/event.ts'
import type { Context } from '../access/context.ts'
import { readIdSpan } from '../access/read-id-span.ts'
import { notFound } from '../access/roles.ts'
import type { EventPlace } from '../automations/event-snapshot.ts'
import { parseUuid, spellId, spellUuid, uuidTime } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { getProject } from '../places/find-place.ts'
import { selectEventPage, type StoredEvent } from './event-store.ts'
import { findVisibleEvent, seeEvents } from './see-events.ts'

export async function getEvent(context: Context, ref: string): Promise<Event> {
  const id = parseUuid('event', ref)
  const event = id === undefined ? undefined : await findVisibleEvent(context, id)
  if (event === undefined) throw notFound('event', ref)
  return presentEvent(event)
}

/**
 * A page of a project's events that pass the filter, newest first. It looks for them among `limits.eventScanMax` events;
 * then `next` goes on behind these, however few were found.
 */
export async function listEvents(
  context: Context,
  projectRef: string,
  query: EventQuery,
): Promise<{ items: Event[]; next: string | null }> {
  const project = await getProject(context, projectRef, 'viewer', 'Reading events')
  const { type, author, result, limit } = query
  const isFiltered = type !== undefined || author !== undefined || result !== undefined
  const { events, lookedTo } = await selectEventPage(context.db, {
    projectId: project.id,
    span: readIdSpan('event', query),
    filter: { type, author, fired: result === undefined ? undefined : result === 'fired' },
    limit: limit + 1,
    scanMax: isFiltered ? limits.eventScanMax : limit + 1,
  })
  const shown = events.slice(0, limit)
  const items = (await seeEvents(context, shown)).map(presentEvent)
  const last = events.length > limit ? shown.at(-1)!.id : lookedTo
  return { items, next: last === null ? null : spellUuid('event', last) }
}

export type ShownEvent = Pick<StoredEvent, 'id' | 'type' | 'subject' | 'data'>

/** An event whose places were narrowed down to those that the reader may see. */
export function presentEvent({ id, type, subject, data }: ShownEvent): Event {
  const places = data.places.map(presentPlace)
  const [first] = places
  return {
    id: spellUuid('event', id),
    type,
    at: uuidTime(id).toISOString(),
    project: first?.project ?? null,
    project_name: first?.project_name ?? null,
    entity_name: first?.entity_name ?? null,
    subject,
    author: data.author,
    facts: data.facts,
    places,
  }
}

function presentPlace({ projectId, project, entity, collection }: EventPlace): EventPlaceShape {
  const version = collection?.version
  return {
    entity_name: entity,
    project: projectId === null ? null : spellId('project', projectId),
    project_name: project,
    collection: collection === undefined ? null : spellId('collection', collection.id),
    collection_name: collection?.name ?? null,
    version: version === undefined ? null : `v${version.index}`,
    artifact: version === undefined ? null : spellId('artifact', version.artifactId),
    aliases: [...(version?.aliases ?? [])],
  }
}
