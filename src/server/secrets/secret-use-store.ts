import type { WebhookId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'

export interface SecretUse {
  readonly webhookId: WebhookId
  /** The secret's name, or `ACCESS_TOKEN` for the webhook's access token. */
  readonly name: string
}

/** Writes down that these were used just now; a secret that several processes use is written once a minute. */
export async function touchSecrets(db: Queryable, uses: readonly SecretUse[]): Promise<void> {
  await db.query(touch, [uses.map(({ webhookId }) => webhookId), uses.map(({ name }) => name)])
}

const touch = {
  name: 'touch_secrets',
  text: `update secrets s set last_used_at = now()
    from unnest($1::bigint[], $2::text[]) as u(webhook_id, name)
      join webhooks w on w.id = u.webhook_id
      left join secret_uses a on u.name = 'ACCESS_TOKEN' and a.webhook_id = w.id and a.role = 'access_token'
    where s.entity_id = w.entity_id and s.name = coalesce(a.name, u.name) and s.archived_at is null
      and (s.last_used_at is null or s.last_used_at < now() - interval '1 minute')`,
}
