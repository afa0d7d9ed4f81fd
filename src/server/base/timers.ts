/** Waiting is a value passed in, as clock and chance are: the simulation of the queue turns it by hand. */
export interface Timers {
  readonly later: typeof later
  readonly pause: typeof pause
}

/** Calls back once; never keeps the process alive by itself. Answers a function that calls it off. */
export function later(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** When everything that has come in by now has been looked at. */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export const systemTimers: Timers = { later, pause }
