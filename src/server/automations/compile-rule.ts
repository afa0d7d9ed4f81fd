import { eventTypes, type EventType } from '../../contract/event-types.ts'
import type { AutomationId, EntityId, WebhookId } from '../base/ids.ts'
import type { Filter } from '../rules/filter.ts'
import { parseFilter } from '../rules/parse-filter.ts'
import { bindSecrets, type BoundTemplate } from '../templates/bind-secrets.ts'
import { parseTemplate } from '../templates/parse-template.ts'
import type { StoredAutomation } from './automation.ts'
import type { ChangedRule } from './rule-store.ts'
import type { StoredAction } from './stored-action.ts'

/** One revision of an automation, ready to judge events and to render payloads. */
export interface Rule {
  readonly automationId: AutomationId
  readonly name: string
  readonly revision: number
  readonly enabled: boolean
  readonly pausedReason: string | null
  readonly firesPerMinuteMax: number
  readonly eventType: string
  /** Undefined when what is stored cannot be read any more: such a rule never fires. */
  readonly filter: Filter | undefined
  /** Null for a no-op. */
  readonly webhookId: WebhookId | null
  readonly webhookEntityId: EntityId | null
  readonly template: BoundTemplate | undefined
}

export function compileRule(changed: ChangedRule): Rule {
  const { automationId, name, revision, enabled, pausedReason, firesPerMinuteMax, eventType, webhookEntityId } = changed
  const fields = eventTypes[eventType as EventType]?.fields ?? {}
  const filter = parseFilter(changed.filter, fields)
  const action = changed.action as StoredAction
  return {
    automationId,
    name,
    revision,
    enabled,
    pausedReason,
    firesPerMinuteMax,
    eventType,
    filter: filter.ok ? filter.filter : undefined,
    webhookId: action.type === 'webhook' ? action.webhookId : null,
    webhookEntityId,
    template: action.type === 'webhook' ? compileTemplate(action) : undefined,
  }
}

/** The present revision of an automation, also where it is disabled. */
export function compileAutomation({
  id,
  revision,
  settings,
}: Pick<StoredAutomation, 'id' | 'revision' | 'settings'>): Rule {
  return compileRule({
    ...settings,
    automationId: id,
    revision,
    ended: false,
    filter: JSON.parse(settings.filter) as unknown,
    webhookEntityId: null,
  })
}

/** Bound to the secrets it was saved with, so that a grant taken away later fails the delivery, and leaves no blank. */
function compileTemplate(action: StoredAction & { type: 'webhook' }): BoundTemplate | undefined {
  const parsed = parseTemplate(action.template)
  if (!parsed.ok) return undefined
  const secretNames = new Set(action.secrets.filter((secret) => secret !== 'ACCESS_TOKEN'))
  return bindSecrets(parsed.template, { secretNames, hasAccessToken: action.secrets.includes('ACCESS_TOKEN') })
}
