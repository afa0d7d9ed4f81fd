import { afterAll, beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { silentLog } from '../base/log.ts'
import { openDatabase, type Database } from './database.ts'
import { codeOf, sqlstate } from './sqlstate.ts'

const database = useDatabase()
let db: Database
beforeAll(async () => {
  // One connection, so that what one transaction leaves behind would meet the next.
  db = openDatabase({ url: database.url, prepare: true, connectionsMax: 1, log: silentLog })
  await db.query('create table notes(id int primary key)')
})
afterAll(() => db.close())

const insert = { name: 'insert_note', text: 'insert into notes values ($1)' }
const notes = async (): Promise<number[]> =>
  (await db.query<{ id: number }>('select id from notes order by id')).map(({ id }) => id)

test('a statement that is sent and not waited for is committed with the others', async () => {
  await db.tx(async (tx) => {
    tx.send(insert, [1])
    tx.send(insert, [2])
    await tx.query(insert, [3])
    tx.send(insert, [4])
  })
  expect(await notes()).toEqual([1, 2, 3, 4])
})

test('a statement that is sent and fails undoes its transaction, which fails with what the database said of it', async () => {
  const before = await notes()
  const told: string[] = []
  const failed = db.tx(async (tx) => {
    tx.afterCommit(() => told.push('committed'))
    tx.afterFailure(() => told.push('failed'))
    await tx.query(insert, [10])
    tx.send(insert, [10])
  })
  await expect(failed.catch(codeOf)).resolves.toBe(sqlstate.uniqueViolation)
  expect(told).toEqual(['failed'])
  expect(await notes()).toEqual(before)
})

test('what failed first tells why, also where a later statement is waited for', async () => {
  const before = await notes()
  const failed = db.tx(async (tx) => {
    tx.send(insert, [20])
    tx.send(insert, [20])
    await tx.query(insert, [21])
  })
  await expect(failed.catch(codeOf)).resolves.toBe(sqlstate.uniqueViolation)
  expect(await notes()).toEqual(before)
})
