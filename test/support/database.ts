import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { silentLog } from '../../src/server/base/log.ts'
import { openDatabase, type Database } from '../../src/server/database/database.ts'
import { migrate, readMigrations } from '../../src/server/database/migrate.ts'
import { makePartitions } from '../../src/server/database/partitions.ts'

export const migrationsFolder = new URL('../../migrations/', import.meta.url)

export interface TestDatabase {
  readonly url: string
  readonly db: Database
}

/** A database of the test file's own, cloned from a migrated template and dropped afterwards. */
export function useDatabase(): TestDatabase {
  let current: (TestDatabase & { drop(): Promise<void> }) | undefined
  beforeAll(async () => {
    current = await makeDatabase()
  })
  afterAll(() => current?.drop())
  const get = () => {
    if (current === undefined) throw new Error('the database is there from beforeAll on')
    return current
  }
  return {
    get url() {
      return get().url
    },
    get db() {
      return get().db
    },
  }
}

/** A connection of the test's own. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

export async function makeDatabase(): Promise<TestDatabase & { drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(async (server) => {
    await ensureTemplate(server)
    await server.query(`create database ${name} template signalbox_template`)
  })
  const url = urlOf(name)
  const db = openDatabase({ url, prepare: true, connectionsMax: 10, log: silentLog })
  return {
    url,
    db,
    async drop() {
      await db.close()
      await onServer((server) => server.query(`drop database ${name} with (force)`))
    },
  }
}

/** An empty database, before any migration. */
export async function makeEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer((server) => server.query(`create database ${name}`))
  return { url: urlOf(name), drop: () => onServer((server) => server.query(`drop database ${name} with (force)`)) }
}

export function urlOf(database: string): string {
  const url = new URL(inject('serverUrl'))
  url.pathname = `/${database}`
  return url.href
}

async function onServer<T>(fn: (server: pg.Client) => Promise<T>): Promise<void> {
  const server = new pg.Client({ connectionString: inject('serverUrl') })
  await server.connect()
  try {
    await fn(server)
  } finally {
    await server.end()
  }
}

/** Several test files may come at once: the first makes the template under a lock, the others wait for it. */
async function ensureTemplate(server: pg.Client): Promise<void> {
  const migrations = readMigrations(migrationsFolder)
  const fingerprint = createHash('sha256')
    .update(migrations.map(({ sql }) => sql).join(''))
    .update(new Date().toISOString().slice(0, 10))
    .digest('hex')
  await server.query('select pg_advisory_lock(7001)')
  try {
    const found = await server.query(
      `select shobj_description(oid, 'pg_database') as fingerprint from pg_database where datname = 'signalbox_template'`,
    )
    if (found.rows[0]?.fingerprint === fingerprint) return
    await server.query('drop database if exists signalbox_template with (force)')
    await server.query('create database signalbox_template')
    const db = openDatabase({ url: urlOf('signalbox_template'), prepare: true, connectionsMax: 1, log: silentLog })
    await migrate(db, migrations)
    await makePartitions(db, new Date())
    await db.close()
    await server.query(`comment on database signalbox_template is '${fingerprint}'`)
  } finally {
    await server.query('select pg_advisory_unlock(7001)')
  }
}
