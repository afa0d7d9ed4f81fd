import { systemActor } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId, type WebhookId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { lockReceivers, nextReceiversVersion } from '../secrets/receivers-version-store.ts'
import type { StoredWebhook } from './webhook.ts'
import { lockWebhook, selectWebhook, updateDisabled } from './webhook-store.ts'

/**
 * Done by Signalbox itself when a receiver says that it is gone for good, or has failed for days. Answers the webhook; undefined when it was
 * disabled or deleted before.
 */
export async function disableWebhook(tx: Tx, id: WebhookId, reason: string): Promise<StoredWebhook | undefined> {
  const found = await selectWebhook(tx, id)
  if (found === undefined) return undefined
  const { entity } = found
  await lockReceivers(tx, entity.id)
  await lockWebhook(tx, id)
  const webhook = await selectWebhook(tx, id)
  if (webhook === undefined || webhook.disabledAt !== null) return undefined
  await updateDisabled(tx, id, reason, await nextReceiversVersion(tx, entity.id))
  recordAudit(tx, systemActor, {
    action: 'webhook.disable',
    subject: spellId('webhook', id),
    organizationId: entity.organizationId,
    entityId: entity.id,
    details: { name: webhook.settings.name, reason },
  })
  return webhook
}
