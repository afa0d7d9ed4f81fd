import type { Clock } from '../../src/server/base/clock.ts'

/** A clock that stands still until it is turned. */
export interface TurnedClock extends Clock {
  turn(ms: number): void
}

export function makeTurnedClock(start = new Date()): TurnedClock {
  let passedMs = 0
  return {
    now: () => new Date(start.getTime() + passedMs),
    monotonicMs: () => passedMs,
    turn: (ms) => void (passedMs += ms),
  }
}
