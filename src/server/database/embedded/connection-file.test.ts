import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { makePassword, readConnection, urlOf, writeConnection } from './connection-file.ts'

test.each(['/run/signalbox/0123456789ab', "/tmp/it's 100% é @home:1/s", '/a?b#c'])(
  'the driver finds socket, user, password and database in the address (%s)',
  (socketFolder) => {
    const password = makePassword()
    const client = new pg.Client({ connectionString: urlOf({ password, socketFolder }) })
    expect(client).toMatchObject({ host: socketFolder, user: 'signalbox', password, database: 'signalbox' })
  },
)

test('what is written is read again, and is for its owner only', () => {
  const folder = makeTemporaryFolder()
  const connection = { password: makePassword(), socketFolder: '/run/signalbox/0123456789ab' }
  writeConnection(folder, { password: 'an earlier one', socketFolder: '/tmp/x' })
  writeConnection(folder, connection)
  expect(readConnection(folder)).toMatchObject(connection)
  expect(statSync(join(folder, 'connection.json')).mode & 0o777).toBe(0o600)
})

test('a folder without the file, or with half of one, has no connection', () => {
  const folder = makeTemporaryFolder()
  expect(readConnection(folder)).toBeUndefined()
  writeFileSync(join(folder, 'connection.json'), '{"password": "ab')
  expect(readConnection(folder)).toBeUndefined()
})
