import type { Automation } from '../../contract/automation.ts'
import type { EventType } from '../../contract/event-types.ts'
import { spellId } from '../base/ids.ts'
import type { StoredAutomation } from './automation.ts'
import { checkPayload, grantsOfSecrets } from './check-automation.ts'
import type { StoredAction } from './stored-action.ts'

/**
 * Warnings and what is misconfigured are worked out anew: what they depend on changes without the automation. `mayChange`:
 * whether the reader may.
 */
export function presentAutomation(automation: StoredAutomation, mayChange: boolean): Automation {
  const { scope, settings } = automation
  const { action } = settings
  const secrets = action.type === 'webhook' ? action.secrets : []
  const { warnings } = checkPayload({
    template: action.type === 'webhook' ? action.template : undefined,
    eventType: settings.eventType as EventType,
    grants: grantsOfSecrets(secrets),
    strict: false,
  })
  return {
    id: spellId('automation', automation.id),
    scope: { type: scope.type, id: spellScope(automation), name: automation.scopeName },
    name: settings.name,
    description: settings.description,
    enabled: settings.enabled,
    paused_reason: settings.pausedReason,
    fires_per_minute_max: settings.firesPerMinuteMax,
    event_type: settings.eventType,
    filter: JSON.parse(settings.filter) as unknown,
    action: presentAction(action),
    secrets: [...secrets],
    misconfigured: findMisconfiguration(automation) ?? null,
    warnings: [...warnings],
    revision: automation.revision,
    may_change: mayChange,
    created_at: automation.createdAt.toISOString(),
    updated_at: automation.updatedAt.toISOString(),
  }
}

export function presentAction(action: StoredAction): Automation['action'] {
  return action.type === 'webhook'
    ? { type: 'webhook', webhook: spellId('webhook', action.webhookId), template: action.template }
    : { type: 'no_op' }
}

function spellScope({ scope }: StoredAutomation): string {
  return spellId(scope.type, scope.id)
}

/** Why every delivery of it fails at once, as things are. */
function findMisconfiguration({ settings: { action }, webhook }: StoredAutomation): string | undefined {
  if (action.type === 'no_op') return undefined
  if (webhook === undefined || webhook.archived) return 'Its webhook was deleted.'
  if (webhook.disabledReason !== null) return `Its webhook is disabled: ${webhook.disabledReason}`
  if (webhook.missing.length > 0)
    return `Its webhook uses secrets that are gone: ${[...new Set(webhook.missing)].join(', ')}.`
  const lost = action.secrets.filter((name) => !webhook.granted.includes(name))
  return lost.length === 0
    ? undefined
    : `Its payload holds secrets that are not granted to the webhook: ${lost.join(', ')}.`
}
