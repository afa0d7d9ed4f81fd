import type { Mistake } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { atLeast, entityRole } from '../access/roles.ts'
import { parseId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { StoredWebhook } from '../webhooks/webhook.ts'
import { selectWebhook, shareWebhook } from '../webhooks/webhook-store.ts'

export type UsableWebhook =
  | { readonly ok: true; readonly webhook: StoredWebhook }
  | { readonly ok: false; readonly mistake: Mistake }

/**
 * An automation may use a webhook of an entity in which its author is a member at that moment. The webhook stays as it is
 * until the transaction ends, so that its grants still hold when the automation is committed.
 */
export async function findUsableWebhook(tx: Tx, { actor }: Context, ref: string): Promise<UsableWebhook> {
  const id = parseId('webhook', ref)
  if (id !== undefined) await shareWebhook(tx, id)
  const webhook = id === undefined ? undefined : await selectWebhook(tx, id)
  const role = webhook === undefined ? undefined : entityRole(actor, webhook.entity)
  if (webhook === undefined || role === undefined) return refuse(`There is no webhook “${ref}” that you may use.`)
  if (!atLeast(role, 'member'))
    return refuse(
      `Using this webhook takes the role member in ${webhook.entity.kind} ${webhook.entity.name}; yours is ${role}.`,
    )
  return { ok: true, webhook }
}

function refuse(detail: string): UsableWebhook {
  return { ok: false, mistake: { pointer: '#/action/webhook', detail } }
}
