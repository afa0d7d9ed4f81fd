import { matchesFilter } from '../rules/matches-filter.ts'
import type { Rule } from './compile-rule.ts'
import { scopesOf, type EventPlace, type EventSnapshot } from './event-snapshot.ts'
import { readField } from './read-event.ts'
import type { CurrentRules, RuleSet } from './rule-memory.ts'

/** An automation that an event fires, and the place it fires through: that place fills the payload's variables. */
export interface Firing {
  readonly rule: Rule
  readonly place: EventPlace
}

export interface Matches {
  /** Rule sets the event was visible to, and their versions: what Explain needs to judge it again for ever. */
  readonly reach: readonly number[]
  readonly versions: readonly number[]
  readonly firings: readonly Firing[]
}

/**
 * Judges one event by the rules of its moment. An automation fires at most once, through the first place that its scope and
 * filter accept: source before links, then by id. Pure, and never waits: the versions it answers are those it used.
 */
export function matchAutomations(rules: Pick<CurrentRules, 'ruleSet'>, event: EventSnapshot): Matches {
  const reach = new Map<number, number>()
  const firings = new Map<number, Firing>()
  for (const place of event.places) {
    for (const ruleSet of ruleSetsOf(rules, place)) {
      reach.set(ruleSet.id, ruleSet.version)
      const read = (field: string) => readField(event, place, field)
      for (const rule of ruleSet.byEventType.get(event.type)?.candidates(read) ?? []) {
        if (firings.has(rule.automationId) || rule.filter === undefined) continue
        if (matchesFilter(rule.filter, read)) firings.set(rule.automationId, { rule, place })
      }
    }
  }
  return { reach: [...reach.keys()], versions: [...reach.values()], firings: [...firings.values()] }
}

function ruleSetsOf(rules: Pick<CurrentRules, 'ruleSet'>, place: EventPlace): readonly RuleSet[] {
  return scopesOf(place).flatMap((scope) => rules.ruleSet(scope) ?? [])
}
