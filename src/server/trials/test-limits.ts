import { makeTryLimits, type TryLimits } from '../access/limit-tries.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'

/** A test sends at once, past all lanes, so a team has so many a minute, and this process so many at a time. */
export function makeTestLimits(clock: Clock): TryLimits {
  return makeTryLimits({
    clock,
    windowMs: 60_000,
    rememberedMax: limits.testedEntitiesMax,
    atOnceMax: limits.webhookTestsMax,
    tooMany: 'Too many tests of webhooks',
  })
}
