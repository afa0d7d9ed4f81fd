import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { lockReceivers, nextReceiversVersion } from '../secrets/receivers-version-store.ts'
import { findWebhook } from './get-webhook.ts'
import type { StoredWebhook } from './webhook.ts'
import { lockWebhook, selectWebhook } from './webhook-store.ts'

export interface WebhookAct {
  readonly ref: string
  /** To start a refusal with: "Pausing a webhook". */
  readonly toDo: string
  /** For the audit trail, `webhook.pause`. */
  readonly action: string
  /**
   * Makes the change to the locked webhook, under the version it answers to. Answers what to note of it, or undefined when
   * there was nothing to change: then nothing is recorded. `nextVersion` is called before the first write, once.
   */
  readonly change: (
    tx: Tx,
    webhook: StoredWebhook,
    nextVersion: () => Promise<number>,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>
}

/** Runs one change of a webhook. Takes the role admin in its team. Locks the entity's row, then the webhook's. */
export async function changeWebhook(
  context: Context,
  { ref, toDo, action, change }: WebhookAct,
): Promise<StoredWebhook> {
  const { id, entity } = await findWebhook(context, ref, 'admin', toDo)
  return context.db.tx(async (tx) => {
    await lockReceivers(tx, entity.id)
    await lockWebhook(tx, id)
    const webhook = await selectWebhook(tx, id)
    if (webhook === undefined) throw notFound('webhook', ref)
    const details = await change(tx, webhook, () => nextReceiversVersion(tx, entity.id))
    if (details === undefined) return webhook
    recordAudit(tx, context.actor, {
      action,
      subject: spellId('webhook', id),
      organizationId: entity.organizationId,
      entityId: entity.id,
      details: { name: webhook.settings.name, ...details },
    })
    return (await selectWebhook(tx, id)) ?? webhook
  })
}
