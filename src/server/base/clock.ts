/** Time is a value passed in: production uses `systemClock`, tests one they can turn. */
export interface Clock {
  now(): Date
  /** Milliseconds that never run backwards; the zero point means nothing. */
  monotonicMs(): number
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
}
