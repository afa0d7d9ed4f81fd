import type { Database } from '../database/database.ts'
import { selectKeyProofs } from './key-proof-store.ts'
import { makeKeyring, type Keyring } from './keyring.ts'
import { keyFileExists, makeKeyFile, parseMasterKey, readKeyFile } from './master-key.ts'
import { missingKey, proveKeys } from './prove-keys.ts'

export interface KeySettings {
  /** As text, from the configuration; it wins over the file. */
  readonly masterKey: string | undefined
  readonly masterKeysOld: readonly string[]
  /** Read when no key is configured, and made when the database has never seen one. */
  readonly keyFile: string
}

export interface OpenedKeyring {
  readonly keyring: Keyring
  /** Set at the one start that made the key file: tell the operator where it lies, and that backups need it. */
  readonly madeKeyFile: string | undefined
}

/** The ring that opens this database's secrets, proven. Throws MasterKeyError, which names the key that is missing. */
export async function openKeyring(
  db: Database,
  { masterKey, masterKeysOld, keyFile }: KeySettings,
): Promise<OpenedKeyring> {
  const old = masterKeysOld.map((text) => parseMasterKey(text, 'SIGNALBOX_MASTER_KEYS_OLD'))
  let current: Buffer
  let madeKeyFile: string | undefined
  if (masterKey !== undefined) current = parseMasterKey(masterKey, 'SIGNALBOX_MASTER_KEY')
  else if (keyFileExists(keyFile)) current = readKeyFile(keyFile)
  else {
    // A lost file is not replaced: a new key would open nothing, and hide what is wrong.
    const [proof] = await selectKeyProofs(db)
    if (proof !== undefined) throw missingKey(proof.id, undefined)
    current = makeKeyFile(keyFile)
    madeKeyFile = keyFile
  }
  const keyring = makeKeyring(current, old)
  await proveKeys(db, keyring)
  return { keyring, madeKeyFile }
}
