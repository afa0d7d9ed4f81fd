import type { Queryable } from '../database/database.ts'
import { selectKeyProofs } from './key-proof-store.ts'
import type { Keyring } from './keyring.ts'

// Digits and letters that are not taken for each other: no I, L, O and U. 32 of them, so that every byte counts alike.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The code that whoever sets this database up has to know: `ABCD-EFGH`, 40 bits. It is kept nowhere. Every process on the
 * database finds the same, at every start, since it follows from the master key and from the key's proof, which is random
 * and made once for each database.
 */
export async function deriveSetUpCode(db: Queryable, keyring: Keyring): Promise<string> {
  const proof = (await selectKeyProofs(db)).find(({ id }) => id === keyring.currentId)!.proof
  const bytes = keyring.derive(`set-up code of ${proof.toString('base64')}`)
  const code = [...bytes.subarray(0, 8)].map((byte) => alphabet[byte % alphabet.length]!).join('')
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
