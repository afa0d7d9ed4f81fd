import type { Event } from '../../contract/event.ts'
import type { Context } from '../access/context.ts'
import { readUuidCursor } from '../access/read-id-cursor.ts'
import { entityRole, notFound } from '../access/roles.ts'
import { parseUuid, spellId, spellUuid, uuidTime } from '../base/ids.ts'
import { getProject, projectRole } from '../places/find-place.ts'
import { selectEntities, selectProjects } from '../places/place-store.ts'
import { selectEvent, selectEventPage, type StoredEvent } from './event-store.ts'

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
  const items = rows.slice(0, limit).map(presentEvent)
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}

/** Who may read the place of an event may read the event. */
export async function findVisibleEvent(context: Context, id: string): Promise<StoredEvent | undefined> {
  const event = await selectEvent(context.db, id)
  if (event === undefined) return undefined
  if (event.project_id !== null) {
    const [project] = await selectProjects(context.db, { id: event.project_id })
    return project !== undefined && projectRole(context, project) !== undefined ? event : undefined
  }
  const [entity] = await selectEntities(context.db, { id: event.entity_id })
  return entity !== undefined && entityRole(context.actor, entity) !== undefined ? event : undefined
}

export function presentEvent(row: StoredEvent): Event {
  const place = row.data.places[0]
  return {
    id: spellUuid('event', row.id),
    type: row.type,
    at: uuidTime(row.id).toISOString(),
    project: row.project_id === null ? null : spellId('project', row.project_id),
    project_name: place?.project ?? null,
    entity_name: place?.entity ?? null,
    subject: row.subject,
    author: row.data.author,
    facts: row.data.facts,
  }
}
