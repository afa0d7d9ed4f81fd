import type { Queryable } from '../../src/server/database/database.ts'
import { waitFor } from './wait-for.ts'

/** Waits until a statement of this database stands before a lock. */
export async function waitForLock(db: Queryable): Promise<void> {
  await waitFor('a statement to stand before a lock', async () => {
    const standing = await db.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return standing.length > 0
  })
}
