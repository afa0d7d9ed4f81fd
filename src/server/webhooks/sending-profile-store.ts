import type { WebhookId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import type { WebhookSettings } from './webhook.ts'

/** The settings that sending needs, as they are stored. */
export interface StoredProfile {
  readonly id: WebhookId
  /** The entity's receivers_version of the moment they were read. */
  readonly version: number
  readonly settings: Pick<
    WebhookSettings,
    | 'url'
    | 'headers'
    | 'access_token'
    | 'secret'
    | 'granted_secrets'
    | 'signature_encoding'
    | 'timeout_ms'
    | 'retry'
    | 'tls'
  >
}

/** Those of the webhooks that live: one statement, one snapshot. */
export async function selectSendingProfiles(db: Queryable, webhookIds: readonly WebhookId[]): Promise<StoredProfile[]> {
  const rows = await db.query<Row>(statement, [webhookIds])
  return rows.map(({ id, version, headers, ...settings }) => ({
    id,
    version,
    settings: { ...settings, headers: headers.map(([name, value]) => ({ name, value })) },
  }))
}

type Row = Omit<StoredProfile['settings'], 'headers'> &
  Pick<StoredProfile, 'id' | 'version'> & { readonly headers: [name: string, value: string][] }

const statement = {
  name: 'select_sending_profiles',
  text: `select w.id, e.receivers_version as version, w.url, w.headers, w.signature_encoding, w.timeout_ms, w.retry, json_build_object('ca', w.tls_ca, 'verify', w.tls_verify) as tls,
      (select u.name from secret_uses u where u.webhook_id = w.id and u.role = 'access_token') as access_token,
      (select u.name from secret_uses u where u.webhook_id = w.id and u.role = 'secret') as secret,
      array(select u.name from secret_uses u where u.webhook_id = w.id and u.role = 'granted') as granted_secrets
    from webhooks w join entities e on e.id = w.entity_id where w.id = any($1::bigint[]) and w.archived_at is null`,
}
