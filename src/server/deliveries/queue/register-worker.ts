import { limits } from '../../base/limits.ts'
import type { Queryable } from '../../database/database.ts'
import type { WorkerId } from '../delivery.ts'

/** A worker is alive while its heartbeat lasts; one whose lease ran out is dead for good and comes back under a new id. */
export async function registerWorker(db: Queryable, version: string): Promise<WorkerId> {
  const [row] = await db.query<{ id: WorkerId }>(register, [version, limits.leaseMs])
  return row!.id
}

/** Says that the worker is gone: what it owns is free at once, what it was sending is taken back. */
export async function endWorker(db: Queryable, workerId: WorkerId): Promise<void> {
  await db.query('delete from workers where id = $1', [workerId])
}

/** Only where it is proven that no other worker lives: what dead ones held is free at once, not when their lease ends. */
export async function endAllWorkers(db: Queryable): Promise<void> {
  await db.query('delete from workers')
}

const register = {
  name: 'register_worker',
  text: `with buried as (delete from workers where alive_until < now() - interval '1 day')
    insert into workers(alive_until, role, version) values (now() + $2 * interval '1 millisecond', 'worker', $1) returning id`,
}
