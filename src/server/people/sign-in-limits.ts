import { Problem } from '../../contract/problem.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'

/** Slows guessing down. In memory: forgetting it at a restart does no harm. */
export interface SignInLimits {
  /** Counts one try under a name or an address, and refuses one too many. */
  countTry(key: string, triesMax: number): void
  /** A password check costs 19 MiB and tens of milliseconds: only so many at once, and the rest is told to wait. */
  inTurn<T>(check: () => Promise<T>): Promise<T>
}

export function makeSignInLimits(clock: Clock): SignInLimits {
  const tries = new Map<string, { count: number; until: number }>()
  let running = 0

  function remember(key: string): { count: number; until: number } {
    const fresh = { count: 0, until: clock.monotonicMs() + limits.signInWindowMs }
    tries.delete(key)
    tries.set(key, fresh)
    // Insertion is the order of time, so the first is the one that ends first.
    if (tries.size > limits.signInsRememberedMax) tries.delete(tries.keys().next().value!)
    return fresh
  }

  return {
    countTry(key, triesMax) {
      const now = clock.monotonicMs()
      const known = tries.get(key)
      const current = known === undefined || known.until <= now ? remember(key) : known
      current.count += 1
      if (current.count > triesMax) throw tooMany(Math.ceil((current.until - now) / 1000))
    },
    async inTurn(check) {
      if (running >= limits.passwordChecksMax) throw tooMany(1)
      running += 1
      try {
        return await check()
      } finally {
        running -= 1
      }
    },
  }
}

/** Who tries from an address: of IPv6 the network of 64 bits, since one machine may have all of its addresses. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail] = address.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = tail === undefined ? before : [...before, ...zeros, ...after]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

function tooMany(seconds: number): Problem {
  return new Problem('rate-limited', `Too many tries to sign in; wait ${seconds} s.`, undefined, {
    retryAfterSeconds: seconds,
  })
}
