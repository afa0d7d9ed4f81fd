import type { Event, EventPlace as EventPlaceShape } from '../../contract/event.ts'
import type { Context } from '../access/context.ts'
import { readUuidCursor } from '../access/read-id-cursor.ts'
import { notFound } from '../access/roles.ts'
import type { EventPlace } from '../automations/event-snapshot.ts'
import { parseUuid, spellId, spellUuid, uuidTime } from '../base/ids.ts'
import { getProject } from '../places/find-place.ts'
import { selectEventPage, type StoredEvent } from './event-store.ts'
import { findVisibleEvent, seeEvents } from './see-events.ts'

export async function getEvent(context: Context, ref: string): Promise<Event> {
  const id = parseUuid('event', ref)
  const event = id === undefined ? undefined : await findVisibleEvent(context, id)
  if (event === undefined) throw notFound('event', ref)
  return presentEvent(event)
}

/** A page of a project's events, newest first. */
export async function listEvents(
  context: Context,
  projectRef: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Event[]; next: string | null }> {
  const project = await getProject(context, projectRef, 'viewer', 'Reading events')
  const before = readUuidCursor('event', cursor)
  const rows = await selectEventPage(context.db, { projectId: project.id, before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const items = (await seeEvents(context, shown)).map(presentEvent)
  return { items, next: rows.length > limit ? spellUuid('event', shown.at(-1)!.id) : null }
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
