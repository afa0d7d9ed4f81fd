import type { VariableName } from '../../contract/variables.ts'
import { spellUuid } from '../base/ids.ts'
import type { EventPlace, EventSnapshot } from './event-snapshot.ts'

/** What a filter's field stands for, seen from one place; undefined where the event has no such thing. */
export function readField(event: EventSnapshot, place: EventPlace, field: string): unknown {
  switch (field) {
    case 'author':
      return event.author ?? undefined
    case 'project':
      return place.project
    case 'entity':
      return place.entity
    default:
      return Object.hasOwn(event.facts, field) ? event.facts[field] : undefined
  }
}

/** What a payload's variable stands for, seen from the place that the automation fired through. */
export function readVariable(event: EventSnapshot, place: EventPlace, automationName: string, name: string): unknown {
  if (Object.hasOwn(ofEveryEvent, name))
    return ofEveryEvent[name as keyof typeof ofEveryEvent](event, place, automationName)
  const field = fieldOf[name as VariableName]
  return field === undefined ? undefined : readField(event, place, field)
}

const ofEveryEvent = {
  event_type: (event) => event.type,
  event_author: (event) => event.author ?? undefined,
  event_id: (event) => spellUuid('event', event.id),
  event_time: (event) => event.at.toISOString(),
  entity_name: (_, place) => place.entity,
  project_name: (_, place) => place.project,
  automation_name: (_event, _place, automationName) => automationName,
} as const satisfies Partial<
  Record<VariableName, (event: EventSnapshot, place: EventPlace, automationName: string) => unknown>
>

/** Variables that are a field of the event under another name. */
const fieldOf: Partial<Record<VariableName, string>> = {
  event_name: 'name',
  event_subject: 'subject',
  event_data: 'data',
}
