import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { spellId } from '../base/ids.ts'
import { changeWebhook } from './change-webhook.ts'
import type { WebhookParts } from './webhook-parts.ts'
import { archiveWebhook, selectWebhookUsers } from './webhook-store.ts'

/**
 * Its history stays, its name is free, its signing secrets are wiped, and what waits for it fails. Refused while automations
 * use it, with their list, unless `force` says that this is meant. Takes the role admin.
 */
export async function deleteWebhook(
  { wake }: Pick<WebhookParts, 'wake'>,
  context: Context,
  ref: string,
  { force }: { force: boolean },
): Promise<void> {
  await changeWebhook(context, {
    ref,
    toDo: 'Deleting a webhook',
    action: 'webhook.delete',
    async change(tx, { id, settings }, nextVersion) {
      const users = await selectWebhookUsers(tx, id)
      if (users.length > 0 && !force)
        throw new Problem(
          'in-use',
          `The webhook “${settings.name}” is in use. Deleting it makes these automations fail; repeat with ?force=true to do it all the same.`,
          users.map((user) => ({
            detail: `The automation “${user.name}” (${spellId('automation', user.id)}) sends to it.`,
          })),
        )
      await archiveWebhook(tx, id, await nextVersion())
      tx.afterCommit(() => wake([id]))
      return { automations: users.length }
    },
  })
}
