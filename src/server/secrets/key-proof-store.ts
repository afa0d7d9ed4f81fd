import type { Queryable, Tx } from '../database/database.ts'
import type { KeyId } from './keyring.ts'

export interface KeyProof {
  readonly id: KeyId
  /** A known text, sealed with the key. */
  readonly proof: Buffer
}

export async function selectKeyProofs(db: Queryable): Promise<KeyProof[]> {
  return db.query<KeyProof>('select id, proof from master_keys order by created_at, id')
}

export async function insertKeyProof(tx: Tx, { id, proof }: KeyProof): Promise<void> {
  await tx.query('insert into master_keys(id, proof) values ($1, $2)', [id, proof])
}

/** Held until the transaction ends: of two first starts with different keys, the second sees what the first proved. */
export async function lockKeyProofs(tx: Tx): Promise<void> {
  await tx.query('lock table master_keys in share row exclusive mode')
}
