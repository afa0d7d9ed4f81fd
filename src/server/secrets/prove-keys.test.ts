import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { makeKeyring } from './keyring.ts'
import { MasterKeyError, parseMasterKey } from './master-key.ts'
import { openKeyring } from './open-keyring.ts'
import { findMissingKeys, proveKeys } from './prove-keys.ts'

const database = useDatabase()
let folder: string
let keyFile: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-key-'))
  keyFile = join(folder, 'master.key')
  await database.db.query('delete from master_keys')
})
afterEach(() => rmSync(folder, { recursive: true }))

const fromFile = () => openKeyring(database.db, { masterKey: undefined, masterKeysOld: [], keyFile })

test('the first start makes a key file for its owner alone, says so once, and later starts read it', async () => {
  const first = await fromFile()
  expect(first.madeKeyFile).toBe(keyFile)
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  const second = await fromFile()
  expect(second.madeKeyFile).toBeUndefined()
  expect(second.keyring.currentId).toBe(first.keyring.currentId)
})

test('a lost key file is not replaced by a new one: the start is refused and names the key', async () => {
  const { keyring } = await fromFile()
  rmSync(keyFile)
  const refused = await fromFile().catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(MasterKeyError)
  expect((refused as MasterKeyError).message).toContain(keyring.currentId)
  expect((refused as MasterKeyError).try).toContain('master.key')
  expect(() => statSync(keyFile)).toThrow()
})

test('a start with another key is refused, names the one that is missing, and leaves nothing behind', async () => {
  const right = makeKeyring(randomBytes(32))
  await proveKeys(database.db, right)
  const wrong = makeKeyring(randomBytes(32))
  await expect(proveKeys(database.db, wrong)).rejects.toThrow(
    `master key ${right.currentId}, and this start has ${wrong.currentId}`,
  )
  expect(await database.db.query('select id from master_keys')).toEqual([{ id: right.currentId }])
})

test('a new key gets in beside the old one, and from then on both are needed', async () => {
  const [before, after] = [randomBytes(32), randomBytes(32)]
  await proveKeys(database.db, makeKeyring(before))
  await proveKeys(database.db, makeKeyring(after, [before]))
  const onlyBefore = makeKeyring(before)
  const onlyAfter = makeKeyring(after)
  await expect(proveKeys(database.db, onlyAfter)).rejects.toThrow(onlyBefore.currentId)
  expect(await findMissingKeys(database.db, onlyBefore)).toEqual([onlyAfter.currentId])
  expect(await findMissingKeys(database.db, makeKeyring(after, [before]))).toEqual([])
})

test('of ten first starts with different keys exactly one gets in, and with one key all of them do', async () => {
  const starts = await Promise.allSettled(
    Array.from({ length: 10 }, () => proveKeys(database.db, makeKeyring(randomBytes(32)))),
  )
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await database.db.query('delete from master_keys')
  const key = randomBytes(32)
  await Promise.all(Array.from({ length: 10 }, () => proveKeys(database.db, makeKeyring(key))))
})

test('a configured key wins over the file, and a damaged file is refused by its name', async () => {
  const key = randomBytes(32)
  const { keyring, madeKeyFile } = await openKeyring(database.db, {
    masterKey: key.toString('hex'),
    masterKeysOld: [],
    keyFile,
  })
  expect(madeKeyFile).toBeUndefined()
  expect(keyring.currentId).toBe(makeKeyring(key).currentId)
  writeFileSync(keyFile, 'half a k')
  await expect(fromFile()).rejects.toThrow(keyFile)
  expect(readFileSync(keyFile, 'utf8')).toBe('half a k')
})

test('a key is 32 bytes as hex or base64; a mistake never repeats the text', () => {
  const key = randomBytes(32)
  for (const text of [
    key.toString('hex'),
    key.toString('hex').toUpperCase(),
    key.toString('base64'),
    key.toString('base64url'),
    ` ${key.toString('base64')}\n`,
  ])
    expect(parseMasterKey(text, 'X')).toEqual(key)
  for (const text of [
    '',
    'short',
    randomBytes(31).toString('base64'),
    randomBytes(33).toString('hex'),
    randomBytes(16).toString('hex'),
    `${key.toString('base64')}!`,
  ])
    expect(() => parseMasterKey(text, 'X')).toThrow(/^X is no master key: it has to be 32 bytes, as base64 or as hex$/)
})
