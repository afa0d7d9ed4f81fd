import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeKeyring, UnsealError } from './keyring.ts'

const value = Buffer.from('a value nobody may read')

test('what was sealed opens in its own place', () => {
  const keyring = makeKeyring(randomBytes(32))
  const { keyId, sealed } = keyring.seal(value, 'secret:1:A')
  expect(keyring.open(keyId, sealed, 'secret:1:A')).toEqual(value)
  expect(sealed.includes(value)).toBe(false)
})

test('the same value is never sealed the same way twice', () => {
  const keyring = makeKeyring(randomBytes(32))
  expect(keyring.seal(value, 'a').sealed).not.toEqual(keyring.seal(value, 'a').sealed)
})

test('a sealed value copied to another place does not open there', () => {
  const keyring = makeKeyring(randomBytes(32))
  const { keyId, sealed } = keyring.seal(value, 'secret:1:A')
  expect(() => keyring.open(keyId, sealed, 'secret:2:A')).toThrow(UnsealError)
})

test('a value that was changed, or cut short, does not open', () => {
  const keyring = makeKeyring(randomBytes(32))
  const { keyId, sealed } = keyring.seal(value, 'a')
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed)
    changed[index]! ^= 1
    expect(() => keyring.open(keyId, changed, 'a')).toThrow(UnsealError)
    expect(() => keyring.open(keyId, sealed.subarray(0, index), 'a')).toThrow(UnsealError)
  }
})

test('an old key still opens what it sealed, and seals nothing more', () => {
  const [before, after] = [randomBytes(32), randomBytes(32)]
  const { keyId, sealed } = makeKeyring(before).seal(value, 'a')
  const keyring = makeKeyring(after, [before])
  expect(keyring.open(keyId, sealed, 'a')).toEqual(value)
  expect(keyring.seal(value, 'a').keyId).toBe(keyring.currentId)
  expect(keyring.currentId).not.toBe(keyId)
})

test('a missing key is named, and the value is not', () => {
  const keyring = makeKeyring(randomBytes(32))
  const { keyId, sealed } = makeKeyring(randomBytes(32)).seal(value, 'a')
  expect(() => keyring.open(keyId, sealed, 'a')).toThrow(new RegExp(keyId))
})
