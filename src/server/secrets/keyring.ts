import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/**
 * Seals and opens what is kept secret: AES-256-GCM under the current master key; values sealed with an older key of the
 * ring can still be opened. `boundTo` names the place a value belongs to (`secret:7:GITHUB_TOKEN`) and is authenticated,
 * so that a sealed value copied to another row does not open there.
 */
export interface Keyring {
  /** The key that seals. */
  readonly currentId: KeyId
  readonly ids: readonly KeyId[]
  seal(bytes: Buffer, boundTo: string): SealedValue
  /** Throws UnsealError when the key is not in the ring, or when value and place do not belong together. */
  open(keyId: KeyId, sealed: Buffer, boundTo: string): Buffer
  /** 32 bytes for a purpose, the same whenever they are asked for; they tell nothing of the current key. */
  derive(purpose: string): Buffer
}

export interface SealedValue {
  readonly keyId: KeyId
  /** Nonce, ciphertext, tag. */
  readonly sealed: Buffer
}

/** Eight hex digits: names a key without telling anything of it. */
export type KeyId = string

export const masterKeyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** A value that cannot be opened: its key is not here, or it was changed or moved. Never says anything of the value. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError'
}

export function makeKeyring(current: Buffer, old: readonly Buffer[] = []): Keyring {
  const keys = new Map([current, ...old].map((key) => [idOfKey(key), key]))
  const currentId = idOfKey(current)
  return {
    currentId,
    ids: [...keys.keys()],
    seal: (bytes, boundTo) => ({ keyId: currentId, sealed: seal(current, bytes, boundTo) }),
    open(keyId, sealed, boundTo) {
      const key = keys.get(keyId)
      if (key === undefined)
        throw new UnsealError(`master key ${keyId} is not at hand, and ${boundTo} is sealed with it`)
      return open(key, sealed, boundTo)
    },
    derive: (purpose) => createHmac('sha256', current).update(`signalbox derived\0${purpose}`).digest(),
  }
}

function idOfKey(key: Buffer): KeyId {
  return createHash('sha256').update('signalbox master key\0').update(key).digest('hex').slice(0, 8)
}

function seal(key: Buffer, bytes: Buffer, boundTo: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(boundTo))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function open(key: Buffer, sealed: Buffer, boundTo: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(boundTo)).setAuthTag(sealed.subarray(-tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    throw new UnsealError(`${boundTo} does not open: what is stored was changed, or belongs to another place`)
  }
}
