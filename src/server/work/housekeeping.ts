import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/database.ts'
import { dropPartitions, makePartitions } from '../database/partitions.ts'

export interface HousekeepingParts {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly retentionDays: number
  /** Further hourly chores, each with a name for the log. */
  readonly chores: readonly { readonly name: string; readonly run: () => Promise<void> }[]
}

/** Makes the coming weeks' partitions and drops those older than the retention. */
export async function tidyOnce({ db, clock, log, retentionDays, chores }: HousekeepingParts): Promise<void> {
  const now = clock.now()
  await makePartitions(db, now)
  const dropped = await dropPartitions(db, new Date(now.getTime() - retentionDays * 24 * 3600_000))
  if (dropped.length > 0) log.info('history.dropped', { partitions: dropped, retention_days: retentionDays })
  for (const chore of chores) await chore.run()
}

export function startHousekeeping(parts: HousekeepingParts): { stop(): void } {
  const timer = setInterval(() => {
    tidyOnce(parts).catch((error: unknown) => parts.log.warn('housekeeping.failed', { error: String(error) }))
  }, limits.housekeepingMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
