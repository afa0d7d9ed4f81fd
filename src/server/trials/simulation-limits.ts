import { makeTryLimits, type TryLimits } from '../access/limit-tries.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'

/** A simulation reads a lot of the history, so a person has so many a minute, and this process so many at a time. */
export function makeSimulationLimits(clock: Clock): TryLimits {
  return makeTryLimits({
    clock,
    windowMs: 60_000,
    rememberedMax: limits.simulatingPeopleMax,
    atOnceMax: limits.simulationsMax,
    tooMany: 'Too many simulations',
  })
}
