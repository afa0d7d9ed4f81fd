import { Problem } from '../../contract/problem.ts'
import type { Clock } from '../base/clock.ts'

/** Slows down what costs much or is guessed at. In memory: forgetting it at a restart does no harm. */
export interface TryLimits {
  /** Counts one try under a key, and refuses one too many in the window. */
  countTry(key: string, triesMax: number): void
  /** Only so many at once; the rest is told to wait. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

export interface TryLimitsParts {
  readonly clock: Clock
  readonly windowMs: number
  /** The window that ends first is forgotten when there are more. */
  readonly rememberedMax: number
  readonly atOnceMax: number
  /** For the refusal: "Too many tries to sign in". */
  readonly tooMany: string
}

export function makeTryLimits({ clock, windowMs, rememberedMax, atOnceMax, tooMany }: TryLimitsParts): TryLimits {
  const tries = new Map<string, { count: number; until: number }>()
  let running = 0

  function remember(key: string): { count: number; until: number } {
    const fresh = { count: 0, until: clock.monotonicMs() + windowMs }
    tries.delete(key)
    tries.set(key, fresh)
    // Insertion is the order of time, so the first is the one that ends first.
    if (tries.size > rememberedMax) tries.delete(tries.keys().next().value!)
    return fresh
  }

  function refuse(seconds: number): Problem {
    return new Problem('rate-limited', `${tooMany}; wait ${seconds} s.`, undefined, { retryAfterSeconds: seconds })
  }

  return {
    countTry(key, triesMax) {
      const now = clock.monotonicMs()
      const known = tries.get(key)
      const current = known === undefined || known.until <= now ? remember(key) : known
      current.count += 1
      if (current.count > triesMax) throw refuse(Math.ceil((current.until - now) / 1000))
    },
    async inTurn(work) {
      if (running >= atOnceMax) throw refuse(1)
      running += 1
      try {
        return await work()
      } finally {
        running -= 1
      }
    },
  }
}
