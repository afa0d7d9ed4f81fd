import { makeTryLimits, type TryLimits } from '../access/limit-tries.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'

/** Slows guessing down; and a password check costs 19 MiB and tens of milliseconds, so only a few run at once. */
export function makeSignInLimits(clock: Clock): TryLimits {
  return makeTryLimits({
    clock,
    windowMs: limits.signInWindowMs,
    rememberedMax: limits.signInsRememberedMax,
    atOnceMax: limits.passwordChecksMax,
    tooMany: 'Too many tries to sign in',
  })
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
