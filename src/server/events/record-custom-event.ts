import { createHash } from 'node:crypto'
import type { NewCustomEvent, NewCustomEventBatch, RecordedEvent } from '../../contract/event.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { actorIdOf } from '../access/context.ts'
import { makeUuid, spellUuid } from '../base/ids.ts'
import { getProject } from '../places/find-place.ts'
import type { Project } from '../places/place.ts'
import { keyTakenDetail, type Accepted, type DoorEvent, type EventDoor } from './event-door.ts'

/** Records one event of the caller's own making in a project. Idempotent under its `id`. Takes the role member. */
export async function recordCustomEvent(
  door: EventDoor,
  context: Context,
  projectRef: string,
  input: NewCustomEvent,
): Promise<RecordedEvent> {
  const project = await getProject(context, projectRef, 'member', 'Recording an event')
  const accepted = await door.record(toDoorEvent(context, project, input))
  if (accepted.kind === 'key-taken')
    throw new Problem('event-id-taken', keyTakenDetail(accepted.eventId), [
      { pointer: '#/id', detail: 'Use a new id for a new event, or send the event exactly as before.' },
    ])
  return toRecorded(accepted)
}

/** Records all of them, or none. */
export async function recordCustomEvents(
  door: EventDoor,
  context: Context,
  projectRef: string,
  input: NewCustomEventBatch,
): Promise<{ events: RecordedEvent[] }> {
  const project = await getProject(context, projectRef, 'member', 'Recording events')
  const accepted = await door.recordTogether(input.events.map((event) => toDoorEvent(context, project, event)))
  return { events: accepted.map(toRecorded) }
}

function toDoorEvent(context: Context, project: Project, input: NewCustomEvent): DoorEvent {
  const at = context.clock.now()
  const id = makeUuid(at)
  const { name, subject, data } = input
  return {
    snapshot: {
      id,
      type: 'CUSTOM',
      at,
      author: context.actor.kind === 'person' ? context.actor.name : null,
      places: [
        {
          projectId: project.id,
          project: project.name,
          entityId: project.entity.id,
          entity: project.entity.name,
          organizationEntityId: project.entity.organizationEntityId,
        },
      ],
      facts: { name, subject, data },
    },
    subject: `custom:${project.id}:${subject}`,
    entityId: project.entity.id,
    projectId: project.id,
    actorId: actorIdOf(context.actor),
    ...(input.id === undefined
      ? {}
      : { key: { scopeId: project.id, key: input.id, eventId: id, fingerprint: fingerprintOf(input) } }),
  }
}

/** Of what was said, not of how it was written: members in another order are the same event. */
function fingerprintOf({ name, subject, data }: NewCustomEvent): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([name, subject, sortMembers(data)]))
    .digest()
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sortMembers(item)])
}

function toRecorded({ kind, eventId }: Accepted): RecordedEvent {
  return { id: spellUuid('event', eventId), duplicate: kind === 'repeated' }
}
