import type { Automation, AutomationAction, AutomationChange } from '../../contract/automation.ts'
import type { EventType } from '../../contract/event-types.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { AutomationSettings, StoredAutomation } from './automation.ts'
import { changeAutomation } from './change-automation.ts'
import { settleAction } from './settle-action.ts'

/**
 * Changes what the input names. Refused when somebody else changed it meanwhile. Whoever changes what it fires on or what it
 * sends is its author then, and has to be a member of the webhook's team; to rename or disable it they need not be.
 */
export async function updateAutomation(context: Context, ref: string, input: AutomationChange): Promise<Automation> {
  return refuseTakenName(input.name ?? '', () =>
    changeAutomation(context, {
      ref,
      toDo: 'Changing an automation',
      action: 'automation.update',
      change(tx, automation) {
        if (automation.revision !== input.revision)
          throw new Problem(
            'revision-changed',
            `The automation is at revision ${automation.revision} by now. Read it again, and repeat the change on that.`,
          )
        return merge(tx, context, automation, input)
      },
    }),
  )
}

export function enableAutomation(context: Context, ref: string): Promise<Automation> {
  return changeAutomation(context, {
    ref,
    toDo: 'Enabling an automation',
    action: 'automation.enable',
    change: (_, { settings }) => ({ ...settings, enabled: true }),
  })
}

/** It matches nothing from here on; deliveries made go on. */
export function disableAutomation(context: Context, ref: string): Promise<Automation> {
  return changeAutomation(context, {
    ref,
    toDo: 'Disabling an automation',
    action: 'automation.disable',
    change: (_, { settings }) => ({ ...settings, enabled: false }),
  })
}

async function merge(
  tx: Tx,
  context: Context,
  { scope, settings }: StoredAutomation,
  input: AutomationChange,
): Promise<AutomationSettings> {
  const plain = {
    ...settings,
    name: input.name ?? settings.name,
    description: input.description === undefined ? settings.description : input.description,
    enabled: input.enabled ?? settings.enabled,
    firesPerMinuteMax: input.fires_per_minute_max ?? settings.firesPerMinuteMax,
  }
  const eventType = input.event_type ?? (settings.eventType as EventType)
  const filter = input.filter === undefined ? settings.filter : JSON.stringify(input.filter)
  const isSameAction = input.action === undefined || isSame(settings.action, input.action)
  if (eventType === settings.eventType && filter === settings.filter && isSameAction) return plain
  const action = await settleAction(tx, context, {
    scopeType: scope.type,
    eventType,
    filter: JSON.parse(filter) as unknown,
    action: input.action ?? actionOf(settings),
    strict: input.strict && !isSameAction,
    keptSecrets: isSameAction && settings.action.type === 'webhook' ? settings.action.secrets : [],
  })
  return { ...plain, eventType, filter, action }
}

function actionOf({ action }: AutomationSettings): AutomationAction {
  if (action.type === 'no_op') return action
  return { type: 'webhook', webhook: spellId('webhook', action.webhookId), template: action.template }
}

function isSame(stored: AutomationSettings['action'], sent: AutomationAction): boolean {
  if (stored.type === 'no_op' || sent.type === 'no_op') return stored.type === sent.type
  return spellId('webhook', stored.webhookId) === sent.webhook && stored.template === sent.template
}
