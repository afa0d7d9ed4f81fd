import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/database.ts'

/** What the composition root hands the doors: every part that a verb is given, built once. */
export interface House {
  readonly version: string
  readonly clock: Clock
  readonly db: Database
  readonly log: Log
  readonly trustedProxies: readonly string[]
}
