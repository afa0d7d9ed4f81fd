/** Time is a value passed in: production uses `systemClock`, tests one they can turn. */
export interface Clock {
  now(): Date
  /** Milliseconds that never run backwards; the zero point means nothing. */
  monotonicMs(): number
}

/**
 * The wall clock as it was at the start, and from then on at the pace of the monotonic one: for what is compared within
 * this process only, where an hour that is put forward or back must neither hurry nor hold up anything.
 */
export function makeSteadyClock(clock: Clock): Clock {
  const offsetMs = clock.now().getTime() - clock.monotonicMs()
  return { ...clock, now: () => new Date(clock.monotonicMs() + offsetMs) }
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
}
