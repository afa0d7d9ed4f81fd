import { isDeepStrictEqual } from 'node:util'
import { Problem } from '../../contract/problem.ts'
import type { Webhook, WebhookChange } from '../../contract/webhook.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { spellId, type WebhookId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { selectSecretNames } from '../secrets/secret-store.ts'
import { changeWebhook } from './change-webhook.ts'
import { checkSettings } from './check-settings.ts'
import { refuseMistakes } from './create-webhook.ts'
import { presentWebhook } from './present-webhook.ts'
import { grantedNames, originOf, type WebhookSettings } from './webhook.ts'
import type { WebhookParts } from './webhook-parts.ts'
import { selectWebhookUsers, updateWebhookSettings } from './webhook-store.ts'

/**
 * Changes what the input names. Refused when somebody else changed it meanwhile. Taking a grant away that payloads need
 * is refused with their list, unless `force` says that it is meant. Takes the role admin.
 */
export async function updateWebhook(
  { checkUrl, wake, allowUnverifiedTls }: WebhookParts,
  context: Context,
  ref: string,
  { revision, ...input }: WebhookChange,
  { force }: { force: boolean },
): Promise<Webhook> {
  const verdict = input.url === undefined ? { mistakes: [], warnings: [] } : await checkUrl(input.url)
  const webhook = await refuseTakenName(input.name ?? '', () =>
    changeWebhook(context, {
      ref,
      toDo: 'Changing a webhook',
      action: 'webhook.update',
      async change(tx, webhook, nextVersion) {
        if (webhook.revision !== revision)
          throw new Problem(
            'revision-changed',
            `The webhook is at revision ${webhook.revision} by now. Read it again, and repeat the change on that.`,
          )
        const settings = merge(webhook.settings, input)
        const names = namesOfChanges(webhook.settings, settings)
        if (names.length === 0) return undefined
        const secretNames = new Set(await selectSecretNames(tx, webhook.entity.id))
        refuseMistakes([
          ...verdict.mistakes.map((detail) => ({ pointer: '#/url', detail })),
          ...checkSettings(settings, secretNames, allowUnverifiedTls),
        ])
        if (!force) await refuseLostGrants(tx, webhook.id, webhook.settings, settings)
        await updateWebhookSettings(tx, webhook.id, settings, await nextVersion())
        tx.afterCommit(() => wake([webhook.id]))
        return { changed: names, ...(names.includes('url') ? { url: originOf(settings.url) } : {}) }
      },
    }),
  )
  return presentWebhook(context.actor, webhook, verdict.warnings)
}

/** Granted secrets have no order; they are kept by name. */
function merge(before: WebhookSettings, input: Omit<WebhookChange, 'revision'>): WebhookSettings {
  const given = Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined),
  ) as Partial<WebhookSettings>
  const merged = { ...before, ...given }
  return given.granted_secrets !== undefined && sameNames(before.granted_secrets, given.granted_secrets)
    ? { ...merged, granted_secrets: before.granted_secrets }
    : merged
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return isDeepStrictEqual(a.toSorted(), b.toSorted())
}

function namesOfChanges(before: WebhookSettings, after: WebhookSettings): (keyof WebhookSettings)[] {
  return (Object.keys(after) as (keyof WebhookSettings)[]).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  )
}

async function refuseLostGrants(tx: Tx, id: WebhookId, before: WebhookSettings, after: WebhookSettings): Promise<void> {
  const kept = grantedNames(after)
  const lost = [...grantedNames(before)].filter((name) => !kept.has(name))
  if (lost.length === 0) return
  const users = (await selectWebhookUsers(tx, id)).flatMap(({ id: automationId, name, secrets }) => {
    const needed = secrets.filter((secret) => lost.includes(secret))
    return needed.length === 0
      ? []
      : [
          {
            detail: `The payload of the automation “${name}” (${spellId('automation', automationId)}) holds ${needed.join(', ')}.`,
          },
        ]
  })
  if (users.length > 0)
    throw new Problem(
      'in-use',
      `Payloads need what would no longer be granted: ${lost.join(', ')}. They then fail; repeat with ?force=true to do it all the same.`,
      users,
    )
}
