import { silentLog } from '../src/server/base/log.ts'
import { openDatabase } from '../src/server/database/database.ts'
import { migrate, readMigrations } from '../src/server/database/migrate.ts'
import { makePartitions } from '../src/server/database/partitions.ts'

/** All tables of the product, without a server. */
export async function makeSchema(url: string): Promise<void> {
  const db = openDatabase({ url, prepare: true, connectionsMax: 1, log: silentLog })
  await migrate(db, readMigrations(new URL('../migrations/', import.meta.url)))
  await makePartitions(db, new Date())
  await db.close()
}
