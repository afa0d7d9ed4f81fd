import type { Database, Queryable } from '../database/database.ts'
import { insertKeyProof, lockKeyProofs, selectKeyProofs, type KeyProof } from './key-proof-store.ts'
import type { KeyId, Keyring } from './keyring.ts'
import { MasterKeyError } from './master-key.ts'

/**
 * Refuses to start with a ring that lacks a key the database's values may be sealed with, and names it. The first use of
 * a key leaves a proof of it. Any number of processes may start at once; of different first keys only one gets in.
 */
export async function proveKeys(db: Database, keyring: Keyring): Promise<void> {
  await db.tx(async (tx) => {
    await lockKeyProofs(tx)
    const proofs = await selectKeyProofs(tx)
    const missing = proofs.find((proof) => !isProven(proof, keyring))
    if (missing !== undefined) throw missingKey(missing.id, keyring)
    if (proofs.some(({ id }) => id === keyring.currentId)) return
    const { keyId, sealed } = keyring.seal(Buffer.from(knownText), boundTo(keyring.currentId))
    await insertKeyProof(tx, { id: keyId, proof: sealed })
  })
}

/** Keys that values in the database may be sealed with and that are not in the ring; while there are some, `/readyz` is red. */
export async function findMissingKeys(db: Queryable, keyring: Keyring): Promise<readonly KeyId[]> {
  return (await selectKeyProofs(db)).filter((proof) => !isProven(proof, keyring)).map(({ id }) => id)
}

export function missingKey(id: KeyId, keyring: Keyring | undefined): MasterKeyError {
  const atHand = keyring === undefined ? 'there is no key at hand' : `this start has ${keyring.ids.join(', ')}`
  return new MasterKeyError(
    `the secrets in this database are sealed with master key ${id}, and ${atHand}`,
    'put the key back that this database was used with: SIGNALBOX_MASTER_KEY, SIGNALBOX_MASTER_KEYS_OLD for earlier ones, or the file master.key in the data folder from its backup',
  )
}

const knownText = 'signalbox'

function boundTo(id: KeyId): string {
  return `proof:${id}`
}

function isProven({ id, proof }: KeyProof, keyring: Keyring): boolean {
  try {
    return keyring.open(id, proof, boundTo(id)).toString() === knownText
  } catch {
    return false
  }
}
