import { readFileSync, readdirSync } from 'node:fs'
import { codeOf, sqlstate } from './sqlstate.ts'
import type { Database, Tx } from './database.ts'

/**
 * Forward-only, numbered SQL files. Every migration says in its first line whether processes of an older version may go
 * on after it: `-- breaking: no` or `-- breaking: yes`. Any number of processes may start at once; one of them migrates.
 */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly breaking: boolean
  readonly sql: string
}

/** The database was migrated by a newer Signalbox in a way this one does not understand. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError'
  constructor(found: string, known: number) {
    super(
      `the database has the breaking migration ${found}, and this Signalbox knows migrations up to ${known} only: start the newer version, or restore the backup made before the upgrade`,
    )
  }
}

export function readMigrations(folder: URL): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{6}_[a-z0-9_]+\.sql$/.test(name))
    .toSorted()
    .map((name, index) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      const breaking = /^-- breaking: (yes|no)\n/.exec(sql)?.[1]
      const number = Number(name.slice(0, 6))
      if (breaking === undefined) throw new Error(`migration ${name} does not begin with "-- breaking: yes" or "no"`)
      if (number !== index + 1) throw new Error(`migration ${name} is out of order: number ${index + 1} is missing`)
      return { number, name, breaking: breaking === 'yes', sql }
    })
}

/** Brings the schema up to the newest of `migrations`; answers the names it ran. */
export async function migrate(db: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  return db.tx(async (tx) => {
    await lockMigrations(tx)
    await tx.query(ledger)
    const done = await tx.query<Applied>('select number, name, breaking from migrations order by number')
    refuseNewer(done, migrations)
    const missing = migrations.filter(({ number }) => !done.some((applied) => applied.number === number))
    for (const { number, name, breaking, sql } of missing) {
      await tx.query(sql)
      await tx.query('insert into migrations(number, name, breaking) values ($1, $2, $3)', [number, name, breaking])
    }
    return missing.map(({ name }) => name)
  })
}

/** Refuses a schema that is too new, or that still lacks a migration; changes nothing. */
export async function checkSchema(db: Database, migrations: readonly Migration[]): Promise<'current' | 'behind'> {
  const done = await db
    .query<Applied>('select number, name, breaking from migrations order by number')
    .catch((error: unknown) => {
      if (codeOf(error) === sqlstate.undefinedTable) return []
      throw error
    })
  refuseNewer(done, migrations)
  return migrations.every(({ number }) => done.some((applied) => applied.number === number)) ? 'current' : 'behind'
}

interface Applied {
  readonly number: number
  readonly name: string
  readonly breaking: boolean
}

function refuseNewer(done: readonly Applied[], migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.number ?? 0
  const newer = done.find(({ number, breaking }) => number > known && breaking)
  if (newer !== undefined) throw new NewerSchemaError(newer.name, known)
}

// Held until the transaction ends, so it works through a pooler too. The number is ours alone: "signal" in ASCII.
const lockMigrations = (tx: Tx) => tx.query('select pg_advisory_xact_lock(126879231730028)')

const ledger = `create table if not exists migrations(
  number int primary key, name text not null, breaking boolean not null, applied_at timestamptz(3) not null default now())`
