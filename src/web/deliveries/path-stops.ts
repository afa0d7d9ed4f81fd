import type { Delivery } from '../../contract/delivery.ts'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { spellMs } from '../parts/spell-time.ts'
import type { Words } from '../text/words.ts'

export interface Stop {
  readonly name: string
  readonly note: string
  readonly light: 'good' | 'warn' | 'bad' | 'now' | 'idle'
  /** Where it can be looked at. */
  readonly to?: string
  /** What is still to come. */
  readonly isAhead: boolean
}

const attemptsShown = 4

/** The way of a delivery from its event to its receiver, stop by stop; of many attempts the first and the last ones. */
export function stopsOf(delivery: Delivery, text: Words): readonly Stop[] {
  const { attempt_list: attempts, automation_revision: revision } = delivery
  const passed = (name: string, note = '', to?: string): Stop => ({
    name,
    note,
    light: 'good',
    isAhead: false,
    ...(to === undefined ? {} : { to }),
  })
  const { id, event, automation } = delivery
  const tried = attempts.map((attempt): Stop => ({
    name: text.delivery.attempt(attempt.number),
    note: spellOutcome(attempt, text),
    light: attempt.outcome === 'succeeded' ? 'good' : 'bad',
    isAhead: false,
    to: `/deliveries/${id}?attempt=${attempt.number}`,
  }))
  const folded = tried.length - attemptsShown
  const shown =
    folded <= 0
      ? tried
      : [
          tried[0]!,
          { name: text.delivery.moreAttempts(folded), note: '', light: 'bad', isAhead: false } as const,
          ...tried.slice(-(attemptsShown - 1)),
        ]
  return [
    passed(text.history.event, '', event === null ? undefined : `/events/${event}`),
    passed(
      text.delivery.path.matched,
      revision === null ? '' : text.delivery.revision(revision),
      automation === null ? undefined : `/automations/${automation}`,
    ),
    passed(text.delivery.path.payload),
    ...shown,
    endOf(delivery, text),
  ]
}

function endOf({ state, finished_at: end, created_at: start }: Delivery, text: Words): Stop {
  const name = text.states[state]
  const took = end === null ? '' : spellMs(Date.parse(end) - Date.parse(start), text)
  switch (state) {
    case 'succeeded':
      return { name, note: took, light: 'good', isAhead: false }
    case 'failed':
    case 'expired':
      return { name, note: took, light: 'bad', isAhead: false }
    case 'sending':
      return { name, note: '', light: 'now', isAhead: true }
    case 'waiting':
      return { name, note: '', light: 'warn', isAhead: true }
    case 'held':
    case 'skipped':
    case 'cancelled':
      return { name, note: '', light: 'idle', isAhead: state === 'held' }
  }
}
