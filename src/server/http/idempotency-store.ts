import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'

export interface IdempotencyKey {
  readonly actorId: number
  readonly key: string
  readonly fingerprint: Buffer
}

export type IdempotencyClaim =
  | { readonly kind: 'claimed'; readonly at: Date }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'answered'; readonly status: number; readonly keyId: string; readonly answer: Buffer }

/** One statement, so that of two requests with one key one is first. A claim without an answer lapses after a while. */
export async function claimIdempotencyKey(
  db: Queryable,
  { actorId, key, fingerprint }: IdempotencyKey,
): Promise<IdempotencyClaim> {
  const [claimed] = await db.query<{ at: Date }>(claim, [
    actorId,
    key,
    fingerprint,
    limits.idempotencyClaimMsMax,
    limits.idempotencyKeyMsMax,
  ])
  if (claimed !== undefined) return { kind: 'claimed', at: claimed.at }
  const [row] = await db.query<{ fingerprint: Buffer; status: number | null; answer: Buffer; key_id: string }>(
    'select fingerprint, status, answer, key_id from idempotency_keys where actor_id = $1 and key = $2',
    [actorId, key],
  )
  if (row === undefined) return { kind: 'in-use' }
  if (!row.fingerprint.equals(fingerprint)) return { kind: 'other-request' }
  if (row.status === null) return { kind: 'in-use' }
  return { kind: 'answered', status: row.status, keyId: row.key_id, answer: row.answer }
}

/** A claim that is held: `at` tells it from a later one, which takes the key over when this one took too long. */
export interface HeldKey {
  readonly actorId: number
  readonly key: string
  readonly at: Date
}

/** Does nothing when the claim was taken over. */
export async function keepAnswer(
  db: Queryable,
  { actorId, key, at }: HeldKey,
  { status, keyId, answer }: { readonly status: number; readonly keyId: string; readonly answer: Buffer },
): Promise<void> {
  await db.query(
    `update idempotency_keys set status = $4, key_id = $5, answer = $6
     where actor_id = $1 and key = $2 and at = $3 and status is null`,
    [actorId, key, at, status, keyId, answer],
  )
}

/** Does nothing when the claim was taken over. */
export async function forgetIdempotencyKey(db: Queryable, { actorId, key, at }: HeldKey): Promise<void> {
  await db.query('delete from idempotency_keys where actor_id = $1 and key = $2 and at = $3 and status is null', [
    actorId,
    key,
    at,
  ])
}

export async function dropOldIdempotencyKeys(db: Queryable): Promise<void> {
  await db.query(`delete from idempotency_keys where at < now() - $1 * interval '1 millisecond'`, [
    limits.idempotencyKeyMsMax,
  ])
}

const claim = {
  name: 'claim_idempotency_key',
  text: `insert into idempotency_keys as k (actor_id, key, fingerprint) values ($1, $2, $3)
    on conflict (actor_id, key) do update set fingerprint = excluded.fingerprint, at = now(), status = null, answer = null, key_id = null
      where (k.status is null and k.fingerprint = excluded.fingerprint and k.at < now() - $4 * interval '1 millisecond')
        or k.at < now() - $5 * interval '1 millisecond'
    returning at`,
}
