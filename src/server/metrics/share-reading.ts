import type { Clock } from '../base/clock.ts'
import { later } from '../base/timers.ts'

/**
 * One reading for all who ask within `freshMs`, however often that is. One that fails, or does not come within `waitMs`,
 * is undefined.
 */
export function shareReading<T>(
  clock: Clock,
  read: () => Promise<T>,
  { freshMs, waitMs }: { readonly freshMs: number; readonly waitMs: number },
): () => Promise<T | undefined> {
  let reading: Promise<T | undefined> | undefined
  let readAt = Number.NEGATIVE_INFINITY
  return () => {
    if (reading === undefined || clock.monotonicMs() - readAt >= freshMs) {
      readAt = clock.monotonicMs()
      reading = within(waitMs, read())
    }
    return reading
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<T | undefined>()
  const callOff = later(ms, () => resolve(undefined))
  work.then(resolve, () => resolve(undefined)).finally(callOff)
  return promise
}
