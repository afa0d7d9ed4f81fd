import type { AutomationId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'

/** One firing of an automation, as the guard counts it. */
export interface CountedFiring {
  readonly automationId: AutomationId
  /** How often it may fire in a minute for one subject; 0: as often as it likes. */
  readonly firesPerMinuteMax: number
  readonly subject: string
}

/**
 * Notices an automation that fires so often for one subject that it probably sets itself off: a receiver that answers a
 * delivery with the very change the automation watches. Counts in this process, by the minute that slides. What it caught
 * stays caught, and its deliveries are born held, until somebody says that it was paused for good.
 */
export interface LoopGuard {
  /** Counts firings whose events were committed at this instant; answers the automations that were caught by it. */
  count(firings: readonly CountedFiring[], now: Date): readonly CountedFiring[]
  hasCaught(automationId: AutomationId): boolean
  /** It was paused, or could not be: counting begins anew. */
  forget(automationId: AutomationId): void
}

const minuteMs = 60_000

export function makeLoopGuard(): LoopGuard {
  /** By automation and subject, when it fired within the last minute; oldest subject first. */
  const fired = new Map<string, number[]>()
  const caught = new Set<AutomationId>()

  function countOne({ automationId, subject, firesPerMinuteMax }: CountedFiring, now: number): boolean {
    const key = `${automationId} ${subject}`
    const times = (fired.get(key) ?? []).filter((at) => at > now - minuteMs)
    times.push(now)
    fired.delete(key)
    fired.set(key, times)
    const [oldest] = fired.keys()
    if (fired.size > limits.loopGuardSubjectsMax) fired.delete(oldest!)
    return times.length > firesPerMinuteMax
  }

  return {
    count: (firings, now) =>
      firings.filter((firing) => {
        if (firing.firesPerMinuteMax === 0 || caught.has(firing.automationId)) return false
        if (!countOne(firing, now.getTime())) return false
        caught.add(firing.automationId)
        return true
      }),
    hasCaught: (automationId) => caught.has(automationId),
    forget(automationId) {
      caught.delete(automationId)
      for (const key of fired.keys()) if (key.startsWith(`${automationId} `)) fired.delete(key)
    },
  }
}
