import type { WebhookId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { SealedValue } from '../secrets/keyring.ts'

export interface SigningSecretRow {
  readonly created_at: Date
  /** Null for the current one. */
  readonly expires_at: Date | null
}

export async function insertSigningSecret(tx: Tx, webhookId: WebhookId, { keyId, sealed }: SealedValue): Promise<void> {
  await tx.query('insert into signing_secrets(webhook_id, key_id, sealed) values ($1, $2, $3)', [
    webhookId,
    keyId,
    sealed,
  ])
}

/** Those valid at `now`, newest first. */
export async function selectSigningSecrets(
  db: Queryable,
  webhookId: WebhookId,
  now: Date,
): Promise<SigningSecretRow[]> {
  return db.query(
    'select created_at, expires_at from signing_secrets where webhook_id = $1 and (expires_at is null or expires_at > $2) order by id desc',
    [webhookId, now],
  )
}

/** None lives longer than this from here on; what has expired by `now` is wiped. */
export async function expireSigningSecrets(
  tx: Tx,
  webhookId: WebhookId,
  { at, now }: { at: Date; now: Date },
): Promise<void> {
  await tx.query('update signing_secrets set expires_at = least(expires_at, $2) where webhook_id = $1', [webhookId, at])
  await tx.query('delete from signing_secrets where webhook_id = $1 and expires_at <= $2', [webhookId, now])
}
