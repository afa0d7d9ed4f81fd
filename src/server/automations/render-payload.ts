import type { PayloadPart } from '../../contract/payload.ts'
import { findBlanks, renderTemplate } from '../templates/render-template.ts'
import type { Rule } from './compile-rule.ts'
import type { EventPlace, EventSnapshot } from './event-snapshot.ts'
import { readVariable } from './read-event.ts'

/** The payload of one firing: rendered once, when the delivery is made. Secrets stay slots. */
export function renderPayload(event: EventSnapshot, place: EventPlace, rule: Rule): readonly PayloadPart[] {
  if (rule.template === undefined) return ['{}']
  return renderTemplate(rule.template, (name) => readVariable(event, place, rule.name, name))
}

/** What of its template an event leaves blank. */
export function findBlanksOf(event: EventSnapshot, place: EventPlace, rule: Rule): readonly string[] {
  return rule.template === undefined
    ? []
    : findBlanks(rule.template, (name) => readVariable(event, place, rule.name, name))
}
