import { eventTypes, type EventType } from '../../contract/event-types.ts'
import { evaluateFilter } from '../rules/evaluate-filter.ts'
import type { Rule } from './compile-rule.ts'
import { scopesOf, type EventPlace, type EventSnapshot, type Scope } from './event-snapshot.ts'
import { readField } from './read-event.ts'

/** What a rule made of an event, or would make of it. */
export type RuleVerdict =
  | { readonly verdict: 'fired'; readonly place: EventPlace }
  | { readonly verdict: 'not-matched' | 'disabled' | 'other-event-type'; readonly reason: string }

/**
 * Judges an event by one rule, and says why it does not fire. The same as `matchAutomations` decides, place by place;
 * `maySee` keeps reasons to places that the reader may know of. Pure.
 */
export function judgeRule(
  event: EventSnapshot,
  rule: Pick<Rule, 'enabled' | 'eventType' | 'filter'>,
  scope: Scope,
  maySee: (place: EventPlace) => boolean = () => true,
): RuleVerdict {
  if (!rule.enabled) return { verdict: 'disabled', reason: 'it was disabled then' }
  if (rule.eventType !== event.type)
    return { verdict: 'other-event-type', reason: `it watches “${titleOf(rule.eventType)}”` }
  const { filter } = rule
  if (filter === undefined) return { verdict: 'not-matched', reason: 'its filter cannot be read any more' }
  const reasons: string[] = []
  for (const place of placesIn(event, scope)) {
    const verdict = evaluateFilter(filter, (field) => readField(event, place, field))
    if (verdict.matches) return { verdict: 'fired', place }
    if (maySee(place)) reasons.push(verdict.reason)
  }
  return { verdict: 'not-matched', reason: reasons[0] ?? 'it happened outside its scope' }
}

/** Where the event happened within a scope, in its order. */
export function placesIn(event: EventSnapshot, scope: Scope): readonly EventPlace[] {
  return event.places.filter((place) => scopesOf(place).some(({ type, id }) => type === scope.type && id === scope.id))
}

const titleOf = (type: string): string => eventTypes[type as EventType]?.title ?? type
