import type { Automation } from '../../contract/automation.ts'
import type { Explanation, ExplanationQuery, Judgement } from '../../contract/explanation.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { compileRule } from '../automations/compile-rule.ts'
import { findWritable } from '../automations/automation-scope.ts'
import type { EventPlace, EventSnapshot } from '../automations/event-snapshot.ts'
import { spellPlace } from '../automations/read-event.ts'
import { getAutomation } from '../automations/get-automation.ts'
import { judgeRule } from '../automations/judge-rule.ts'
import { selectRulesInForce, type RuleInForce } from '../automations/rule-store.ts'
import { parseUuid, spellId, spellUuid } from '../base/ids.ts'
import { selectFirstDeliveries, type FirstDelivery } from '../deliveries/delivery-store.ts'
import { selectEvent, snapshotOf } from './event-store.ts'
import { findVisibleEvent, seeScopes } from './see-events.ts'

/**
 * Why an event fired what it fired, and nothing else, and what came of it: judges it again by the revisions in force when
 * it was recorded, which stay for ever. An edit since then changes nothing here. Automations whose scope the reader may
 * not see are left out. One that is asked for is judged too where it was not in reach.
 */
export async function explainEvent(
  context: Context,
  ref: string,
  { automation: wanted }: ExplanationQuery = {},
): Promise<Explanation> {
  const id = parseUuid('event', ref)
  const seen = id === undefined ? undefined : await findVisibleEvent(context, id)
  const whole = id === undefined ? undefined : await selectEvent(context.db, id)
  if (seen === undefined || whole === undefined) throw notFound('event', ref)
  const maySee = await seeScopes(context, seen.data.places)
  const rules = await selectRulesInForce(context.db, whole.reach, whole.rules)
  const deliveries = await selectFirstDeliveries(context.db, whole.id)
  const byAutomation = new Map(deliveries.map((delivery) => [delivery.automationId, delivery]))
  const mayChange = await findWritable(
    context,
    rules.map(({ scope }) => scope),
  )
  const seenPlaces = new Set(seen.data.places.map(({ projectId, collection }) => `${projectId} ${collection?.id}`))
  const judgements = rules
    .filter(({ scope }) => maySee(scope))
    .map((rule) => ({
      ...judge(
        snapshotOf(whole),
        rule,
        ({ projectId, collection }) => seenPlaces.has(`${projectId} ${collection?.id}`),
        byAutomation.get(rule.changed.automationId),
      ),
      may_change: !rule.isDeleted && mayChange(rule.scope),
    }))
  const isMissing = wanted !== undefined && !judgements.some(({ automation }) => automation === wanted)
  const beyond = isMissing ? [judgeBeyond(await getAutomation(context, wanted), snapshotOf(whole).at)] : []
  return { event: spellUuid('event', whole.id), judgements: [...judgements, ...beyond] }
}

/** Why an automation had nothing to say of an event: it was not there yet, or it watches another place. */
function judgeBeyond(
  { id, name, revision, scope, created_at: createdAt, may_change }: Automation,
  at: Date,
): Judgement {
  const isLater = Date.parse(createdAt) > at.getTime()
  return {
    automation: id,
    automation_name: name,
    revision,
    verdict: isLater ? 'created-later' : 'out-of-reach',
    reason: isLater
      ? 'it was created after the event'
      : `it watches ${scope.type} ${scope.name}, where this did not happen`,
    through: null,
    delivery: null,
    may_change,
  }
}

function judge(
  event: EventSnapshot,
  { scope, changed }: RuleInForce,
  maySee: (place: EventPlace) => boolean,
  delivery: FirstDelivery | undefined,
): Omit<Judgement, 'may_change'> {
  const judgement = judgeRule(event, compileRule(changed), scope, maySee)
  return {
    automation: spellId('automation', changed.automationId),
    automation_name: changed.name,
    revision: changed.revision,
    verdict: judgement.verdict,
    reason: judgement.verdict === 'fired' ? null : judgement.reason,
    through: judgement.verdict === 'fired' && maySee(judgement.place) ? spellPlace(judgement.place) : null,
    delivery: delivery === undefined ? null : spellUuid('delivery', delivery.id),
  }
}
