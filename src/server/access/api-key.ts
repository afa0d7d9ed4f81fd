import { hash, randomBytes } from 'node:crypto'

/** `sbx_` and 40 characters of base32, 200 random bits: word characters only and over 40 in all, as the SDK demands. */
export function makeApiKey(): string {
  const bits = randomBytes(25)
  let value = BigInt(`0x${bits.toString('hex')}`)
  let text = ''
  for (let index = 0; index < 40; index++) {
    text += 'abcdefghijkmnpqrstuvwxyz23456789'[Number(value & 31n)]!
    value >>= 5n
  }
  return `sbx_${text}`
}

/** A fast hash is enough: a key is random and long, so there is nothing to guess. */
export function hashApiKey(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}

/** What lists show, so that a person can tell their keys apart. */
export function hintOfApiKey(key: string): string {
  return key.slice(-4)
}
