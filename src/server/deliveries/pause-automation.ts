import type { Automation } from '../../contract/automation.ts'
import type { Context } from '../access/context.ts'
import { changeAutomation } from '../automations/change-automation.ts'
import type { WebhookParts } from '../webhooks/webhook-parts.ts'
import { releaseHeld } from './queue/release-held.ts'

/** It goes on matching; its deliveries are made and held. Takes the role that its scope asks for. */
export async function pauseAutomation(context: Context, ref: string): Promise<Automation> {
  const by = context.actor.kind === 'person' ? context.actor.name : 'Signalbox'
  return changeAutomation(context, {
    ref,
    toDo: 'Pausing an automation',
    action: 'automation.pause',
    change: (_, { settings }) => ({ ...settings, pausedReason: settings.pausedReason ?? `It was paused by ${by}.` }),
  })
}

/** What was held is sent. Takes the role that its scope asks for. */
export async function resumeAutomation(
  { wake }: Pick<WebhookParts, 'wake'>,
  context: Context,
  ref: string,
): Promise<Automation> {
  return changeAutomation(context, {
    ref,
    toDo: 'Resuming an automation',
    action: 'automation.resume',
    async change(tx, { id, settings }) {
      if (settings.pausedReason === null) return settings
      const webhookIds = await releaseHeld(tx, id)
      if (webhookIds.length > 0) tx.afterCommit(() => wake(webhookIds))
      return { ...settings, pausedReason: null }
    },
  })
}
