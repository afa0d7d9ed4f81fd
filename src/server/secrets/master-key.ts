import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { masterKeyBytes } from './keyring.ts'

/** The master key at hand is not the one the stored values need, or no key at all. `try` says what to do about it. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
  readonly try: string
  constructor(message: string, advice: string) {
    super(message)
    this.try = advice
  }
}

/** 32 bytes as 64 hex digits or as base64, with or without padding, in either alphabet. `from` names the source. */
export function parseMasterKey(text: string, from: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[\w+/-]{43}=?$/.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : undefined
  if (key === undefined || key.length !== masterKeyBytes)
    throw new MasterKeyError(
      `${from} is no master key: it has to be 32 bytes, as base64 or as hex`,
      'make one with: openssl rand -base64 32',
    )
  return key
}

export function keyFileExists(path: string): boolean {
  return existsSync(path)
}

export function readKeyFile(path: string): Buffer {
  return parseMasterKey(readFileSync(path, 'utf8'), path)
}

/** Writes a new key, readable by its owner only. It stands whole on the disk before this returns, or not at all. */
export function makeKeyFile(path: string): Buffer {
  const key = randomBytes(masterKeyBytes)
  const unfinished = `${path}.new`
  const file = openSync(unfinished, 'w', 0o600)
  chmodSync(unfinished, 0o600)
  writeSync(file, `${key.toString('base64')}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(unfinished, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
  return key
}
