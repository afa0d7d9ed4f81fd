import { eventTypes, type EventType } from '../../contract/event-types.ts'
import { Problem } from '../../contract/problem.ts'
import type { NewSimulation, Simulation, SimulationQuery } from '../../contract/trial.ts'
import type { Context } from '../access/context.ts'
import type { TryLimits } from '../access/limit-tries.ts'
import type { RuleSetPlace } from '../automations/automation.ts'
import { getScope, type ScopeRef } from '../automations/automation-scope.ts'
import { findAutomation } from '../automations/get-automation.ts'
import { judgeRule } from '../automations/judge-rule.ts'
import { limits } from '../base/limits.ts'
import { snapshotOf } from '../events/event-store.ts'
import { presentEvent } from '../events/read-events.ts'
import { selectScopeEvents, type EventSource } from '../events/scope-events-store.ts'
import { seeEvents } from '../events/see-events.ts'
import { selectEntities, selectEntityIdsOf } from '../places/place-store.ts'
import type { Filter } from '../rules/filter.ts'
import { parseFilter } from '../rules/parse-filter.ts'

/** Which past events an automation would have fired on as it is now, and why not on the others. For whoever may read it. */
export async function simulateAutomation(
  tries: TryLimits,
  context: Context,
  ref: string,
  query: SimulationQuery,
): Promise<Simulation> {
  const { automation } = await findAutomation(context, ref, { kind: 'read', toDo: 'Simulating an automation' })
  const { scope, settings } = automation
  const eventType = settings.eventType as EventType
  countTry(tries, context)
  const rule = { eventType, filter: JSON.parse(settings.filter) as unknown }
  return tries.inTurn(() => simulate(context, scope, rule, query))
}

/** The same for one that is not saved. For whoever may read the scope. */
export async function simulateUnsaved(
  tries: TryLimits,
  context: Context,
  ref: ScopeRef,
  input: NewSimulation,
): Promise<Simulation> {
  const { place } = await getScope(context, ref, { kind: 'read', toDo: 'Simulating an automation' })
  countTry(tries, context)
  const rule = { eventType: input.event_type, filter: input.filter }
  return tries.inTurn(() => simulate(context, place, rule, input))
}

function countTry(tries: TryLimits, { actor }: Context): void {
  if (actor.kind === 'person') tries.countTry(`simulation ${actor.personId}`, limits.simulationsPerMinuteMax)
}

async function simulate(
  context: Context,
  scope: RuleSetPlace,
  { eventType, filter: json }: { readonly eventType: EventType; readonly filter: unknown },
  { days, only, limit }: SimulationQuery,
): Promise<Simulation> {
  const filter = readFilter(json, eventType)
  const asked = new Date(context.clock.now().getTime() - days * 24 * 3600_000)
  const source = await sourceOf(context, scope, eventType)
  const { events, since } = await selectScopeEvents(context.db, { scope, source, type: eventType, after: asked })
  const judged = (await seeEvents(context, events)).map((stored) => {
    const judgement = judgeRule(snapshotOf(stored), { enabled: true, eventType, filter }, scope)
    const fired = judgement.verdict === 'fired'
    return { stored, fired, reason: fired ? null : judgement.reason }
  })
  const wanted = judged.filter(({ fired }) => only === undefined || fired === (only === 'fired'))
  return {
    items: wanted.slice(0, limit).map(({ stored, fired, reason }) => ({
      event: presentEvent(stored),
      verdict: fired ? 'fired' : 'not-matched',
      reason,
    })),
    judged: judged.length,
    fired: judged.filter(({ fired }) => fired).length,
    since: (since ?? asked).toISOString(),
  }
}

function readFilter(json: unknown, eventType: EventType): Filter {
  const parsed = parseFilter(json, eventTypes[eventType].fields, '#/filter')
  if (parsed.ok) return parsed.filter
  throw new Problem('request-invalid', 'The filter has mistakes.', parsed.mistakes)
}

/**
 * Most events stand in the project they happened in. One about a version concerns every link of it, so that those of a
 * registry may stand in any team of its organization.
 */
async function sourceOf(
  { db }: Context,
  { type, projectId, entityId }: RuleSetPlace,
  eventType: EventType,
): Promise<EventSource> {
  if (type !== 'entity' && !reachesLinks.has(eventType)) return { projectId: projectId! }
  const [entity] = await selectEntities(db, { id: entityId })
  return { entityIds: entity?.kind === 'organization' ? await selectEntityIdsOf(db, entityId) : [entityId] }
}

const reachesLinks = new Set<EventType>([
  'ADD_ARTIFACT_TAG',
  'REMOVE_ARTIFACT_TAG',
  'UPDATE_ARTIFACT_METADATA',
  'UPDATE_ARTIFACT_DESCRIPTION',
  'DELETE_ARTIFACT',
])
