import { maskParts, type PayloadPiece } from '../../contract/payload.ts'
import type { EventType } from '../../contract/event-types.ts'
import { Problem, type Mistake } from '../../contract/problem.ts'
import type { DryRun, DryRunResult, NewDryRun } from '../../contract/trial.ts'
import { variables } from '../../contract/variables.ts'
import type { Context } from '../access/context.ts'
import type { AutomationSettings, RuleSetPlace, StoredAutomation } from '../automations/automation.ts'
import { getScope, type ScopeRef } from '../automations/automation-scope.ts'
import { checkPayload, grantsOfSecrets } from '../automations/check-automation.ts'
import { compileAutomation } from '../automations/compile-rule.ts'
import { findAutomation } from '../automations/get-automation.ts'
import { readVariable, spellPlace } from '../automations/read-event.ts'
import { judgeRule, placesIn } from '../automations/judge-rule.ts'
import { findBlanksOf, renderPayload } from '../automations/render-payload.ts'
import { settleAction } from '../automations/settle-action.ts'
import { parseUuid } from '../base/ids.ts'
import { snapshotOf } from '../events/event-store.ts'
import { placeOfScope } from '../events/place-of-scope.ts'
import { presentEvent, type ShownEvent } from '../events/read-events.ts'
import { findVisibleEvent } from '../events/see-events.ts'
import { parseTemplate } from '../templates/parse-template.ts'
import { previewTemplate } from '../templates/preview-template.ts'
import type { Lookup } from '../templates/render-template.ts'
import { makeSampleEvent } from './sample-event.ts'

/** What a stored automation would make of an event, as it is now. For whoever may read it. */
export async function dryRunAutomation(context: Context, ref: string, { event }: DryRun): Promise<DryRunResult> {
  const { automation } = await findAutomation(context, ref, { kind: 'read', toDo: 'Trying an automation' })
  const { settings, scope, id, revision } = automation
  return run(context, scope, event, { id, revision, settings })
}

/** The same for one that is not saved: refused like it would be on saving, but for names in its payload. Takes the scope's role. */
export async function dryRunUnsaved(context: Context, ref: ScopeRef, input: NewDryRun): Promise<DryRunResult> {
  const { place } = await getScope(context, ref, { kind: 'write', toDo: 'Trying an automation' })
  const { event_type: eventType, filter, action, event } = input
  const rule = { scopeType: place.type, eventType, filter, action, strict: false, keptSecrets: [] }
  const stored = await context.db.tx((tx) => settleAction(tx, context, rule))
  const settings: AutomationSettings = {
    name: '(not saved)',
    description: null,
    enabled: true,
    eventType,
    filter: JSON.stringify(filter),
    action: stored,
    firesPerMinuteMax: 0,
    pausedReason: null,
  }
  return run(context, place, event, { id: 0, revision: 0, settings })
}

type TriedAutomation = Pick<StoredAutomation, 'id' | 'revision' | 'settings'>

async function run(
  context: Context,
  scope: RuleSetPlace,
  eventRef: string | undefined,
  tried: TriedAutomation,
): Promise<DryRunResult> {
  const stored =
    eventRef === undefined
      ? await sampleIn(context, scope, tried.settings.eventType as EventType)
      : await readEvent(context, eventRef)
  const event = snapshotOf(stored)
  const rule = compileAutomation(tried)
  const judgement = judgeRule(event, rule, scope)
  const fired = judgement.verdict === 'fired'
  const place = fired ? judgement.place : (placesIn(event, scope)[0] ?? event.places[0]!)
  const lookup = (name: string) => readVariable(event, place, rule.name, name)
  return {
    event: presentEvent(stored),
    sample: eventRef === undefined,
    verdict: judgement.verdict,
    reason: fired ? null : judgement.reason,
    through: fired ? spellPlace(place) : null,
    payload: rule.webhookId === null ? null : maskParts(renderPayload(event, place, rule)),
    pieces: previewOf(tried.settings, lookup),
    values: Object.fromEntries(
      Object.keys(variables).flatMap((name) => {
        const value = lookup(name)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
    blanks: rule.webhookId === null ? [] : [...findBlanksOf(event, place, rule)],
    ...remarksOn(tried.settings),
  }
}

function previewOf({ action }: AutomationSettings, lookup: Lookup): PayloadPiece[] | null {
  const parsed = action.type === 'no_op' ? undefined : parseTemplate(action.template)
  return action.type === 'no_op' || parsed?.ok !== true
    ? null
    : previewTemplate(parsed.template, grantsOfSecrets(action.secrets), lookup)
}

function remarksOn({ eventType, action }: AutomationSettings): { mistakes: Mistake[]; warnings: Mistake[] } {
  if (action.type === 'no_op') return { mistakes: [], warnings: [] }
  const grants = grantsOfSecrets(action.secrets)
  const use = { template: action.template, eventType: eventType as EventType, grants, strict: true }
  const { mistakes, warnings } = checkPayload(use)
  return { mistakes: [...mistakes], warnings: [...warnings] }
}

/** Only the places that the actor may see: another one is no business of a trial. */
async function readEvent(context: Context, ref: string): Promise<ShownEvent> {
  const id = parseUuid('event', ref)
  const stored = id === undefined ? undefined : await findVisibleEvent(context, id)
  if (stored === undefined)
    throw new Problem('request-invalid', `There is no event “${ref}” that you may see.`, [
      { pointer: '#/event', detail: 'Name one that happened, or leave it out for an example.' },
    ])
  return stored
}

async function sampleIn(context: Context, scope: RuleSetPlace, eventType: EventType): Promise<ShownEvent> {
  const sample = makeSampleEvent(eventType, context.clock.now(), await placeOfScope(context.db, scope))
  return { id: sample.id, type: eventType, subject: '', data: sample }
}
