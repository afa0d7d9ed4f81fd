import type { Automation } from '../../contract/automation.ts'
import type { Event } from '../../contract/event.ts'
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
  /** Whether aliases that the server sets by itself count for nothing. */
  readonly leaveOut: boolean
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
  leaveOut: true,
  conditions: '{}',
  sends: true,
  team: '',
  webhook: '',
  template: '',
  name: '',
  description: '',
  enabled: true,
}

/** That it happens again: its type and place, and the alias or tag it is about, to the letter. */
export function answersOf({
  type,
  facts,
  project,
  entity_name,
}: Event): Pick<Draft, 'scope' | 'eventType' | 'regex' | 'leaveOut'> {
  const eventType = type as EventType
  const fact = facts[regexFieldOf(eventType) ?? '']
  const told = typeof fact === 'string' ? fact : undefined
  return {
    scope: project === null ? { kind: 'team', ref: entity_name ?? '' } : { kind: 'project', ref: project },
    eventType,
    leaveOut: told === undefined || !new RegExp(setByServer).test(told),
    regex: told !== undefined ? `^${told.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$` : '',
  }
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

export function isAliasEvent(eventType: EventType): boolean {
  return eventTypes[eventType].family === 'alias'
}

/** `latest` and `v14`. */
const setByServer = '^(latest|v[0-9]+)$'

/** Throws SyntaxError where the conditions are no JSON. */
export function filterOf({ eventType, regex, leaveOut, conditions }: Draft): Record<string, unknown> {
  const others = JSON.parse(conditions.trim() === '' ? '{}' : conditions) as unknown
  if (typeof others !== 'object' || others === null || Array.isArray(others)) throw new SyntaxError()
  const field = regexFieldOf(eventType)
  const test = {
    ...(regex === '' ? {} : { $regex: regex }),
    ...(leaveOut && isAliasEvent(eventType) ? { $not: { $regex: setByServer } } : {}),
  }
  const own = field === undefined || Object.keys(test).length === 0 ? {} : { [field]: test }
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
  const { regex, leaveOut, others } = splitFilter(automation.filter as Record<string, unknown>, eventType)
  const { action, scope } = automation
  return {
    scope: { kind: scope.type === 'entity' ? 'team' : scope.type, ref: scope.id },
    eventType,
    regex,
    leaveOut,
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

/** What the fields of the wizard can say of the alias or tag; the rest stands among the other conditions. */
function splitFilter(filter: Record<string, unknown>, eventType: EventType) {
  const { [regexFieldOf(eventType) ?? '']: condition, ...others } = filter
  const { $regex = '', $not, ...more } = isObject(condition) ? condition : { more: condition }
  const leaveOut = isAliasEvent(eventType) && JSON.stringify($not) === JSON.stringify({ $regex: setByServer })
  const isOwn = Object.keys(more).length === 0 && typeof $regex === 'string' && ($not === undefined || leaveOut)
  return isOwn ? { regex: $regex, leaveOut, others } : { regex: '', leaveOut: false, others: filter }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
