import { uuidFloor } from '../base/ids.ts'
import type { Database } from './database.ts'

/**
 * `events`, `deliveries` and `attempts` are cut into weeks by their UUIDv7 keys. A week is made four weeks ahead, and
 * dropped as a whole when all of it is older than the retention. Rows outside every week fall into `…_stray`.
 */
const partitioned = ['events', 'deliveries', 'attempts'] as const
const weeksAhead = 4
const weekMs = 7 * 24 * 3600_000

export async function makePartitions(db: Database, now: Date): Promise<void> {
  const known = await listPartitions(db)
  const missing = weeksFrom(now).flatMap((week) =>
    partitioned
      .map((table) => ({ name: partitionName(table, week), table, week }))
      .filter(({ name }) => !known.has(name)),
  )
  if (missing.length === 0) return
  await db.tx(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(126879231730029)')
    for (const { name, table, week } of missing)
      await tx.query(
        `create table if not exists ${name} partition of ${table} for values from ('${uuidFloor(week)}') to ('${uuidFloor(new Date(week.getTime() + weekMs))}')`,
      )
  })
}

/** Drops the weeks that ended before `keepFrom`; answers their names. Waiting work is in `queue` and never dropped. */
export async function dropPartitions(db: Database, keepFrom: Date): Promise<readonly string[]> {
  const known = await listPartitions(db)
  const border = partitioned.map((table) => partitionName(table, startOfWeek(keepFrom)))
  const expired = [...known].filter((name) =>
    border.some((b) => sameTable(name, b) && name < b && !name.endsWith('stray')),
  )
  for (const name of expired) await db.query(`drop table if exists ${name}`)
  return expired
}

async function listPartitions(db: Database): Promise<Set<string>> {
  const rows = await db.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where p.relnamespace = current_schema()::regnamespace and p.relname = any($1)`,
    [partitioned],
  )
  return new Set(rows.map(({ name }) => name))
}

/** Weeks begin on Monday, UTC; named by that day, so that names sort by time. */
function startOfWeek(at: Date): Date {
  const day = Math.floor(at.getTime() / (24 * 3600_000))
  const sinceMonday = (day + 3) % 7 // 1970-01-01 was a Thursday
  return new Date((day - sinceMonday) * 24 * 3600_000)
}

/** Last week too: a clock a little behind the one that made an id must not fill the stray partition. */
function weeksFrom(now: Date): Date[] {
  const first = startOfWeek(now).getTime()
  return Array.from({ length: weeksAhead + 2 }, (_, index) => new Date(first + (index - 1) * weekMs))
}

function partitionName(table: string, week: Date): string {
  return `${table}_${week.toISOString().slice(0, 10).replaceAll('-', '')}`
}

function sameTable(a: string, b: string): boolean {
  return a.slice(0, a.lastIndexOf('_')) === b.slice(0, b.lastIndexOf('_'))
}
