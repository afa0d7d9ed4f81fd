import type { Automation } from '../../contract/automation.ts'
import { eventTypes, type EventType } from '../../contract/event-types.ts'

export interface Scope {
  readonly kind: 'project' | 'collection' | 'team'
  /** An id, or what the API takes for one. */
  readonly ref: string
}

/** What is typed into the wizard; nothing of it is secret. */
export interface Draft {
  readonly scope: Scope
  readonly eventType: EventType
  /** On the alias or tag that the event is about; empty: any. */
  readonly regex: string
  /** The other conditions, as JSON. */
  readonly conditions: string
  readonly sends: boolean
  readonly team: string
  readonly webhook: string
  readonly template: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
}

export const emptyDraft: Draft = {
  scope: { kind: 'project', ref: '' },
  eventType: 'ADD_ARTIFACT_ALIAS',
  regex: '',
  conditions: '{}',
  sends: true,
  team: '',
  webhook: '',
  template: '',
  name: '',
  description: '',
  enabled: true,
}

/** `project:prj_1`, `collection:col_2`, `team:vision`; a bare reference is a project's or a registry's. */
export function parseScope(text: string): Scope {
  const [, kind, ref] = /^(project|collection|team):(.*)$/.exec(text) ?? [undefined, 'project', text]
  return { kind: kind as Scope['kind'], ref: ref ?? '' }
}

/** The field that the regular expression of an event type is about. */
export function regexFieldOf(eventType: EventType): 'alias' | 'tag' | undefined {
  const { family } = eventTypes[eventType]
  return family === 'alias' || family === 'tag' ? family : undefined
}

/** Throws SyntaxError where the conditions are no JSON. */
export function filterOf({ eventType, regex, conditions }: Draft): Record<string, unknown> {
  const others = JSON.parse(conditions.trim() === '' ? '{}' : conditions) as unknown
  if (typeof others !== 'object' || others === null || Array.isArray(others)) throw new SyntaxError()
  const field = regexFieldOf(eventType)
  const own = field === undefined || regex === '' ? {} : { [field]: { $regex: regex } }
  const clash = Object.keys(own).some((name) => name in others)
  return clash ? { $and: [own, others] } : { ...own, ...others }
}

export function hasFilter(draft: Draft): boolean {
  try {
    filterOf(draft)
    return true
  } catch {
    return false
  }
}

export function actionOf({ sends, webhook, template }: Draft) {
  return sends ? ({ type: 'webhook', webhook, template } as const) : ({ type: 'no_op' } as const)
}

/** As the API takes it. Throws SyntaxError where the conditions are no JSON. */
export function settingsOf(draft: Draft) {
  return {
    name: draft.name,
    description: draft.description === '' ? null : draft.description,
    enabled: draft.enabled,
    event_type: draft.eventType,
    filter: filterOf(draft),
    action: actionOf(draft),
  }
}

export function draftOf(automation: Automation, team: string): Draft {
  const eventType = automation.event_type as EventType
  const { regex, others } = splitFilter(automation.filter as Record<string, unknown>, regexFieldOf(eventType))
  const { action, scope } = automation
  return {
    scope: { kind: scope.type === 'entity' ? 'team' : scope.type, ref: scope.id },
    eventType,
    regex,
    conditions: JSON.stringify(others, null, 2),
    sends: action.type === 'webhook',
    team,
    webhook: action.type === 'webhook' ? action.webhook : '',
    template: action.type === 'webhook' ? action.template : '',
    name: automation.name,
    description: automation.description ?? '',
    enabled: automation.enabled,
  }
}

function splitFilter(filter: Record<string, unknown>, field: 'alias' | 'tag' | undefined) {
  const { [field ?? '']: condition, ...others } = filter
  const isRegex =
    typeof condition === 'object' &&
    condition !== null &&
    Object.keys(condition).join() === '$regex' &&
    '$regex' in condition
  return isRegex ? { regex: String(condition.$regex), others } : { regex: '', others: filter }
}
