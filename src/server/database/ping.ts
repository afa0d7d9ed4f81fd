import type { Queryable } from './database.ts'

/** Whether the database answers. */
export async function ping(db: Queryable): Promise<boolean> {
  try {
    await db.query('select 1')
    return true
  } catch {
    return false
  }
}
