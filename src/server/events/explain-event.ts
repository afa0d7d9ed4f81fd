import type { EventType } from '../../contract/event-types.ts'
import type { Explanation, Judgement } from '../../contract/explanation.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { compileRule, type Rule } from '../automations/compile-rule.ts'
import { scopesOf, type EventSnapshot } from '../automations/event-snapshot.ts'
import { readField } from '../automations/read-event.ts'
import { selectRulesInForce } from '../automations/rule-store.ts'
import { parseUuid, spellId, spellUuid, uuidTime } from '../base/ids.ts'
import { evaluateFilter } from '../rules/evaluate-filter.ts'
import { findVisibleEvent } from './read-events.ts'

/**
 * Why an event fired what it fired, and nothing else: judges it again by the revisions in force when it was recorded,
 * which stay for ever. An edit since then changes nothing here.
 */
export async function explainEvent(context: Context, ref: string): Promise<Explanation> {
  const id = parseUuid('event', ref)
  const stored = id === undefined ? undefined : await findVisibleEvent(context, id)
  if (stored === undefined) throw notFound('event', ref)
  const event: EventSnapshot = {
    ...stored.data,
    id: stored.id,
    type: stored.type as EventType,
    at: uuidTime(stored.id),
  }
  const rules = await selectRulesInForce(context.db, stored.reach, stored.rules)
  return {
    event: spellUuid('event', stored.id),
    judgements: rules.map(({ scope, changed }) => judge(event, compileRule(changed), scope)),
  }
}

function judge(event: EventSnapshot, rule: Rule, scope: { readonly type: string; readonly id: number }): Judgement {
  const judged = {
    automation: spellId('automation', rule.automationId),
    automation_name: rule.name,
    revision: rule.revision,
  }
  if (!rule.enabled) return { ...judged, verdict: 'disabled', reason: 'it was disabled then' }
  if (rule.eventType !== event.type)
    return { ...judged, verdict: 'other-event-type', reason: `it watches ${rule.eventType}` }
  const { filter } = rule
  if (filter === undefined) return { ...judged, verdict: 'not-matched', reason: 'its filter cannot be read any more' }
  const places = event.places.filter((place) =>
    scopesOf(place).some(({ type, id }) => type === scope.type && id === scope.id),
  )
  const verdicts = places.map((place) => evaluateFilter(filter, (field) => readField(event, place, field)))
  const miss = verdicts.find((verdict) => !verdict.matches)
  if (verdicts.some((verdict) => verdict.matches)) return { ...judged, verdict: 'fired', reason: null }
  return { ...judged, verdict: 'not-matched', reason: miss?.matches === false ? miss.reason : null }
}
