import type { EntityId, WebhookId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'

export interface SealedReceiver {
  readonly entityId: number
  /** The entity's receivers_version these values are of. */
  readonly version: number
  readonly values: readonly {
    readonly name: string
    readonly role: 'access_token' | 'secret' | 'granted'
    readonly keyId: string
    readonly sealed: Buffer
  }[]
  readonly signing: readonly { readonly keyId: string; readonly sealed: Buffer; readonly expiresAt: Date | null }[]
}

/** Everything sealed that sending for a webhook needs, of one moment: one statement. Undefined when the webhook is gone. */
export async function selectSealedReceiver(db: Queryable, webhookId: WebhookId): Promise<SealedReceiver | undefined> {
  const [row] = await db.query<Row>(statement, [webhookId])
  if (row === undefined) return undefined
  return {
    entityId: row.entity_id,
    version: row.version,
    values: (row.values ?? []).map(([name, role, keyId, sealed]) => ({
      name,
      role,
      keyId,
      sealed: Buffer.from(sealed, 'hex'),
    })),
    signing: (row.signing ?? []).map(([keyId, sealed, expiresAtMs]) => ({
      keyId,
      sealed: Buffer.from(sealed, 'hex'),
      expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs),
    })),
  }
}

/** Sealed values by name: those of the entity that are there. */
export async function selectSealedSecrets(
  db: Queryable,
  entityId: EntityId,
  names: readonly string[],
): Promise<{ readonly name: string; readonly keyId: string; readonly sealed: Buffer }[]> {
  return db.query(sealedSecrets, [entityId, names])
}

interface Row {
  readonly entity_id: number
  readonly version: number
  readonly values: [name: string, role: 'access_token' | 'secret' | 'granted', keyId: string, sealed: string][] | null
  readonly signing: [keyId: string, sealed: string, expiresAtMs: number | null][] | null
}

// Newest signing secret first: receivers that look at one signature only see the current one.
const statement = {
  name: 'select_sealed_receiver',
  text: `select w.entity_id, e.receivers_version as version,
      (select json_agg(json_build_array(s.name, u.role, s.key_id, encode(s.sealed, 'hex')))
        from secret_uses u join secrets s on s.entity_id = w.entity_id and s.name = u.name and s.archived_at is null
        where u.webhook_id = w.id) as values,
      (select json_agg(json_build_array(g.key_id, encode(g.sealed, 'hex'), (extract(epoch from g.expires_at) * 1000)::bigint) order by g.id desc)
        from signing_secrets g where g.webhook_id = w.id) as signing
    from webhooks w join entities e on e.id = w.entity_id where w.id = $1 and w.archived_at is null`,
}

const sealedSecrets = {
  name: 'select_sealed_secrets',
  text: `select name, key_id as "keyId", sealed from secrets where entity_id = $1 and name = any($2::text[]) and archived_at is null`,
}
