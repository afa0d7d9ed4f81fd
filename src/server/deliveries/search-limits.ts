import { makeTryLimits, type TryLimits } from '../access/limit-tries.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'

/** A search reads what was sent and answered, so a person has so many a minute, and this process so many at a time. */
export function makeSearchLimits(clock: Clock): TryLimits {
  return makeTryLimits({
    clock,
    windowMs: 60_000,
    rememberedMax: limits.searchingPeopleMax,
    atOnceMax: limits.searchesMax,
    tooMany: 'Too many searches',
  })
}
