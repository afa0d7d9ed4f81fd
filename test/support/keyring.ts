import { randomBytes } from 'node:crypto'
import type { Database } from '../../src/server/database/database.ts'
import { makeKeyring, type Keyring } from '../../src/server/secrets/keyring.ts'
import { proveKeys } from '../../src/server/secrets/prove-keys.ts'

/** A ring with one new key, proven in a database that has seen none. */
export async function makeTestKeyring(db: Database): Promise<Keyring> {
  const keyring = makeKeyring(randomBytes(32))
  await proveKeys(db, keyring)
  return keyring
}
