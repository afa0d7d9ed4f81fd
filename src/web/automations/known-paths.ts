import type { Event } from '../../contract/event.ts'
import { eventTypes, type EventType } from '../../contract/event-types.ts'
import { pathsIn } from '../payload/paths-in.ts'

const pathsMax = 50
const depthMax = 3

/** What conditions can name: the fields of an event type, and the paths into those that hold JSON, as past events had them. */
export function knownPaths(eventType: EventType, events: readonly Pick<Event, 'facts'>[]): readonly string[] {
  const fields = Object.entries<{ readonly kind: string }>(eventTypes[eventType].fields)
  const paths = fields
    .filter(([, { kind }]) => kind === 'json')
    .flatMap(([field]) => events.flatMap(({ facts }) => pathsIn(facts[field], field, depthMax)))
  return [...fields.map(([field]) => field), ...[...new Set(paths)].slice(0, pathsMax)]
}
