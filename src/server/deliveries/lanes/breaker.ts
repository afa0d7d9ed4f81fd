import { limits } from '../../base/limits.ts'

/**
 * Spares a receiver that fails all the time, and our slots with it. Closed until `failuresMax` attempts in a row were
 * met by an unreachable receiver or a 5xx; then open for a pause that doubles while probes fail; when the pause is over
 * one probe is let through (half-open): its success closes the breaker. Immutable; instants are milliseconds.
 */
export interface Breaker {
  readonly failures: number
  readonly openUntil: number | undefined
  /** When it opened first and has not closed since; a silence without attempts begins anew. */
  readonly openSince: number | undefined
  readonly pauseMs: number
  readonly probing: boolean
}

const failuresMax = 10
const pauseMsMin = 5_000
const pauseMsMax = 120_000

export const closedBreaker: Breaker = {
  failures: 0,
  openUntil: undefined,
  openSince: undefined,
  pauseMs: pauseMsMin,
  probing: false,
}

/**
 * As the last owner of the lane wrote it down, so that a change of owner is no fresh start. Its clock may have been ahead:
 * no pause is longer than the longest.
 */
export function reopenBreaker(openUntil: number, openSince: number, now: number): Breaker {
  const until = Math.min(openUntil, now + pauseMsMax)
  return { failures: failuresMax, openUntil: until, openSince, pauseMs: pauseMsMin, probing: false }
}

/** How many attempts may start now: any number, one probe, or none. */
export function admits(breaker: Breaker, now: number): number {
  if (breaker.openUntil === undefined) return Number.POSITIVE_INFINITY
  return now >= breaker.openUntil && !breaker.probing ? 1 : 0
}

export function onSuccess(): Breaker {
  return closedBreaker
}

/** An attempt that was never made after all (its transaction failed) gives the probe back. */
export function onUnused(breaker: Breaker): Breaker {
  return { ...breaker, probing: false }
}

export function onFailure(breaker: Breaker, now: number): Breaker {
  const failures = breaker.failures + 1
  if (breaker.openUntil !== undefined) {
    // Requests that were under way when it opened say nothing new; only the probe's failure lengthens the pause.
    if (!breaker.probing) return { ...breaker, failures }
    const pauseMs = Math.min(breaker.pauseMs * 2, pauseMsMax)
    const wasSilent = now - breaker.openUntil > limits.failingSilenceMsMax
    const openSince = wasSilent ? now : breaker.openSince
    return { failures, openUntil: now + pauseMs, openSince, pauseMs, probing: false }
  }
  if (failures < failuresMax) return { ...breaker, failures }
  return { failures, openUntil: now + breaker.pauseMs, openSince: now, pauseMs: breaker.pauseMs, probing: false }
}

/** It has failed for so long, probe after probe, that nobody expects it back. */
export function hasFailedTooLong({ openSince }: Breaker, now: number): boolean {
  return openSince !== undefined && now - openSince >= limits.failingMsMax
}
