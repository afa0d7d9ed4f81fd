import type { Webhook } from '../../contract/webhook.ts'
import type { Actor } from '../access/context.ts'
import { entityRole } from '../access/roles.ts'
import { spellId } from '../base/ids.ts'
import { originOf, type StoredWebhook } from './webhook.ts'

/** The address in full and the values of headers are for admins: they may be credentials. */
export function presentWebhook(actor: Actor, webhook: StoredWebhook, warnings: readonly string[] = []): Webhook {
  const { settings } = webhook
  const isAdmin = entityRole(actor, webhook.entity) === 'admin'
  return {
    id: spellId('webhook', webhook.id),
    team: webhook.entity.name,
    ...settings,
    url: isAdmin ? settings.url : originOf(settings.url),
    headers: settings.headers.map(({ name, value }) => ({ name, value: isAdmin ? value : null })),
    paused: webhook.paused,
    held: webhook.held,
    disabled:
      webhook.disabledAt === null
        ? null
        : { at: webhook.disabledAt.toISOString(), reason: webhook.disabledReason ?? '' },
    misconfigured: describeMissing(webhook.missingSecrets),
    revision: webhook.revision,
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
    warnings: [...warnings],
  }
}

function describeMissing(names: readonly string[]): string | null {
  if (names.length === 0) return null
  return `It uses ${names.length === 1 ? 'a secret that is' : 'secrets that are'} gone: ${names.join(', ')}.`
}
