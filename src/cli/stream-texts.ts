import type { Event } from '../contract/event.ts'
import type { StreamedAttempt } from '../contract/stream.ts'
import type { Streamed } from '../sdk/follow-stream.ts'
import { nameOf, subjectOf } from './event-texts.ts'

/** One line for a person; ids stand where one looks for them, to be copied. */
export function lineOf(streamed: Streamed): string {
  const pieces = streamed.type === 'event' ? ofEvent(streamed.event) : ofAttempt(streamed.attempt)
  return pieces
    .filter((piece) => piece !== null && piece !== '')
    .map((piece) => String(piece).replaceAll('\n', ' '))
    .join('  ')
}

function ofEvent(event: Event): readonly (string | null)[] {
  const place = event.project_name === null ? event.entity_name : `${event.entity_name}/${event.project_name}`
  return [timeOf(event.at), event.id, event.type, nameOf(event), subjectOf(event), place, event.author]
}

function ofAttempt(attempt: StreamedAttempt): readonly (string | null)[] {
  const came = [attempt.outcome, ...(attempt.status === null ? [] : [attempt.status])].join(' ')
  return [
    timeOf(attempt.at),
    attempt.delivery,
    `attempt ${attempt.number}`,
    came,
    attempt.detail,
    // What the attempt says already is not said twice.
    attempt.state === attempt.outcome ? null : `delivery ${attempt.state}`,
    attempt.webhook,
    attempt.event,
  ]
}

function timeOf(iso: string): string {
  return new Date(iso).toTimeString().slice(0, 8)
}
