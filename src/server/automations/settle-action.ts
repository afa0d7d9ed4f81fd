import type { AutomationAction } from '../../contract/automation.ts'
import type { EventType, ScopeType } from '../../contract/event-types.ts'
import { Problem, type Mistake } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { limits } from '../base/limits.ts'
import type { Tx } from '../database/database.ts'
import type { Grants } from '../templates/bind-secrets.ts'
import { grantsOf } from '../webhooks/webhook.ts'
import { checkAutomation, grantsOfSecrets } from './check-automation.ts'
import type { StoredAction } from './stored-action.ts'
import { findUsableWebhook } from './use-webhook.ts'

export interface RuleInput {
  readonly scopeType: ScopeType
  readonly eventType: EventType
  readonly filter: unknown
  readonly action: AutomationAction
  readonly strict: boolean
  /** Secrets of a payload that stays as it was: one no longer granted goes on failing its deliveries, and leaves no blank. */
  readonly keptSecrets: readonly string[]
}

/** Checks what an automation is about to say, and answers its action as it is kept. Refuses with all mistakes at once. */
export async function settleAction(
  tx: Tx,
  context: Context,
  { action, keptSecrets, ...rule }: RuleInput,
): Promise<StoredAction> {
  const found = action.type === 'webhook' ? await findUsableWebhook(tx, context, action.webhook) : undefined
  const webhook = found?.ok === true ? found.webhook : undefined
  const check = checkAutomation({
    ...rule,
    template: action.type === 'webhook' ? action.template : undefined,
    grants: webhook === undefined ? grantsOfSecrets(keptSecrets) : withKept(grantsOf(webhook.settings), keptSecrets),
    // Without its webhook nobody can say which names the template may use: then only its form is judged.
    strict: rule.strict && webhook !== undefined,
  })
  refuseMistakes([...(found?.ok === false ? [found.mistake] : []), ...check.mistakes])
  if (action.type === 'no_op' || webhook === undefined) return { type: 'no_op' }
  return { type: 'webhook', webhookId: webhook.id, template: action.template, secrets: check.secrets }
}

function withKept({ secretNames, hasAccessToken }: Grants, keptSecrets: readonly string[]): Grants {
  const kept = grantsOfSecrets(keptSecrets)
  return {
    secretNames: new Set([...secretNames, ...kept.secretNames]),
    hasAccessToken: hasAccessToken || kept.hasAccessToken,
  }
}

function refuseMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return
  const count = mistakes.length === 1 ? 'There is one mistake' : `There are ${mistakes.length} mistakes`
  throw new Problem('request-invalid', `${count} in the automation.`, mistakes.slice(0, limits.mistakesMax))
}
