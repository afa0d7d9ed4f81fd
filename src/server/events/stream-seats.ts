import { Problem } from '../../contract/problem.ts'
import { actorIdOf, type Actor } from '../access/context.ts'
import type { PersonId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'

/** How many streams a person, and all of them together, may have open in this process. */
export interface StreamSeats {
  take(actor: Actor): void
  giveBack(actor: Actor): void
}

export function makeStreamSeats(): StreamSeats {
  const taken = new Map<PersonId | null, number>()
  let all = 0
  const takenBy = (actor: Actor): number => taken.get(actorIdOf(actor)) ?? 0
  return {
    take(actor) {
      if (takenBy(actor) >= limits.streamsPerActorMax)
        throw new Problem(
          'rate-limited',
          `You have ${limits.streamsPerActorMax} streams open here, and may not have more: end one of them first.`,
          undefined,
          { retryAfterSeconds: limits.streamRetryMs / 1000 },
        )
      if (all >= limits.streamsMax)
        throw new Problem('unavailable', 'Too many streams are open here; come back in a moment.', undefined, {
          retryAfterSeconds: limits.streamRetryMs / 1000,
        })
      taken.set(actorIdOf(actor), takenBy(actor) + 1)
      all += 1
    },
    giveBack(actor) {
      const left = takenBy(actor) - 1
      if (left === 0) taken.delete(actorIdOf(actor))
      else taken.set(actorIdOf(actor), left)
      all -= 1
    },
  }
}
