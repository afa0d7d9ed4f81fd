import type { Webhook } from '../../contract/webhook.ts'
import type { Context } from '../access/context.ts'
import { changeWebhook } from './change-webhook.ts'
import { presentWebhook } from './present-webhook.ts'
import type { WebhookParts } from './webhook-parts.ts'
import { updateDisabled, updatePaused } from './webhook-store.ts'

/** Nothing more is sent; deliveries are made and held. What is under way ends. Takes the role admin. */
export async function pauseWebhook(context: Context, ref: string): Promise<Webhook> {
  const webhook = await changeWebhook(context, {
    ref,
    toDo: 'Pausing a webhook',
    action: 'webhook.pause',
    async change(tx, { id, paused }, nextVersion) {
      if (paused) return undefined
      await updatePaused(tx, id, true, await nextVersion())
      return {}
    },
  })
  return presentWebhook(context.actor, webhook)
}

/** What was held is sent. Takes the role admin. */
export async function resumeWebhook(
  { wake }: Pick<WebhookParts, 'wake'>,
  context: Context,
  ref: string,
): Promise<Webhook> {
  const webhook = await changeWebhook(context, {
    ref,
    toDo: 'Resuming a webhook',
    action: 'webhook.resume',
    async change(tx, { id, paused }, nextVersion) {
      if (!paused) return undefined
      await updatePaused(tx, id, false, await nextVersion())
      tx.afterCommit(() => wake([id]))
      return {}
    },
  })
  return presentWebhook(context.actor, webhook)
}

/** Sends again to a receiver that had said it is gone for good, or had failed for days. Takes the role admin. */
export async function enableWebhook(
  { wake }: Pick<WebhookParts, 'wake'>,
  context: Context,
  ref: string,
): Promise<Webhook> {
  const webhook = await changeWebhook(context, {
    ref,
    toDo: 'Enabling a webhook',
    action: 'webhook.enable',
    async change(tx, { id, disabledAt }, nextVersion) {
      if (disabledAt === null) return undefined
      await updateDisabled(tx, id, null, await nextVersion())
      tx.afterCommit(() => wake([id]))
      return {}
    },
  })
  return presentWebhook(context.actor, webhook)
}
