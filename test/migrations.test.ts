import { expect, test } from 'vitest'
import { silentLog } from '../src/server/base/log.ts'
import { openDatabase } from '../src/server/database/database.ts'
import { checkSchema, migrate, NewerSchemaError, readMigrations } from '../src/server/database/migrate.ts'
import { dropPartitions, makePartitions } from '../src/server/database/partitions.ts'
import { makeEmptyDatabase, migrationsFolder } from './support/database.ts'

const migrations = readMigrations(migrationsFolder)

async function withEmpty<T>(work: (open: () => ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const { url, drop } = await makeEmptyDatabase()
  const opened: ReturnType<typeof openDatabase>[] = []
  try {
    return await work(() => {
      const db = openDatabase({ url, prepare: true, connectionsMax: 2, log: silentLog })
      opened.push(db)
      return db
    })
  } finally {
    await Promise.all(opened.map((db) => db.close()))
    await drop()
  }
}

test('ten processes that start at once migrate once', () =>
  withEmpty(async (open) => {
    const ran = await Promise.all(Array.from({ length: 10 }, () => migrate(open(), migrations)))
    expect(ran.filter((names) => names.length > 0)).toEqual([migrations.map(({ name }) => name)])
    expect(await checkSchema(open(), migrations)).toBe('current')
  }))

test('an old process refuses a schema with a newer breaking migration, and names it', () =>
  withEmpty(async (open) => {
    const db = open()
    const newer = { number: migrations.length + 1, name: '999999_newer.sql', breaking: true, sql: 'select 1' }
    await migrate(db, [...migrations, newer])
    await expect(migrate(db, migrations)).rejects.toThrow(NewerSchemaError)
    await expect(checkSchema(db, migrations)).rejects.toThrow('999999_newer.sql')
  }))

test('an old process goes on with a schema that is newer and not breaking', () =>
  withEmpty(async (open) => {
    const db = open()
    await migrate(db, [
      ...migrations,
      { number: migrations.length + 1, name: '999999_newer.sql', breaking: false, sql: 'select 1' },
    ])
    expect(await migrate(db, migrations)).toEqual([])
  }))

test('a migration that fails leaves nothing behind', () =>
  withEmpty(async (open) => {
    const db = open()
    await expect(
      migrate(db, [{ number: 1, name: 'bad', breaking: true, sql: 'create table half(id int); select 1/0' }]),
    ).rejects.toThrow()
    expect(await db.query(`select 1 from pg_class where relname in ('half', 'migrations')`)).toEqual([])
  }))

test('weeks are made four ahead and dropped whole when the retention is over; what waits is never dropped', () =>
  withEmpty(async (open) => {
    const db = open()
    await migrate(db, migrations)
    const now = new Date('2026-11-24T12:00:00Z')
    await makePartitions(db, now)
    await makePartitions(db, now)
    const weeks = () =>
      db.query<{ name: string }>(
        `select relname as name from pg_class where relname ~ '^(events|deliveries|attempts)_2' and relkind = 'r' order by 1`,
      )
    expect(await weeks()).toHaveLength(3 * 6)
    const later = new Date('2026-12-09T00:00:00Z')
    expect(await dropPartitions(db, later)).toHaveLength(3 * 3)
    expect((await weeks()).map(({ name }) => name)).not.toContain('events_20261123')
    expect((await weeks()).map(({ name }) => name)).toContain('events_20261207')
    expect(await db.query(`select 1 from pg_class where relname = 'events_stray'`)).toHaveLength(1)
  }))
