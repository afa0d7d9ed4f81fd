import { limits } from '../base/limits.ts'

/** How a redelivery stands; instants in milliseconds of the database's clock. */
export interface Pace {
  readonly now: number
  readonly ratePerSecond: number
  /** What the rate allowed until then was used. */
  readonly pacedAt: number
  /** Made, and not known to have ended. */
  readonly underWay: number
}

export interface Batch {
  readonly count: number
  /** Each that is made uses up so much, from this instant on. */
  readonly from: number
  readonly msEach: number
  readonly lookAgainInMs: number
}

/**
 * How many may be made now, and when to look again. What the rate allowed and was not used is kept for a second, so that
 * nothing comes in a burst after a stand-still; a rate below one a second keeps one.
 */
export function decideBatch({ now, ratePerSecond, pacedAt, underWay }: Pace): Batch {
  const msEach = 1_000 / ratePerSecond
  const from = Math.max(pacedAt, now - Math.max(1_000, msEach))
  const earned = Math.floor((now - from) / msEach)
  const room = Math.max(0, limits.redeliveryUnderWayMax - underWay)
  const count = Math.max(0, Math.min(earned, room, limits.redeliveryBatchMax))
  const inMs = room === 0 ? limits.redeliveryRoomMs : Math.ceil(from + (count + 1) * msEach - now)
  return { count, from, msEach, lookAgainInMs: Math.max(limits.redeliveryStepMsMin, inMs) }
}
