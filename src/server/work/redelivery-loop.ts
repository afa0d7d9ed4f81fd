import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { later } from '../base/timers.ts'
import { nextRedeliveryInMs } from '../bulk/redelivery-store.ts'
import { stepRedelivery, type StepParts } from '../bulk/step-redelivery.ts'

export interface RedeliveryLoop {
  /** A redelivery may have something to do: look at once. */
  nudge(): void
  /** Ends when the step under way has. */
  stop(): Promise<void>
}

/**
 * Carries redeliveries on, one step at a time, and sleeps until the next is due. Every process does, whatever its role:
 * the one that was asked begins at once, and whoever is left takes over within `redeliverySweepMs`.
 */
export function startRedeliveryLoop(parts: StepParts & { readonly log: Log }): RedeliveryLoop {
  let stopped = false
  let nudged = false
  let wakeUp = (): void => {}

  async function run(): Promise<void> {
    while (!stopped) {
      nudged = false
      await sleep(await lookOnce())
    }
  }

  /** Answers for how long there is nothing to do. */
  async function lookOnce(): Promise<number> {
    try {
      const inMs = await nextRedeliveryInMs(parts.db)
      if (inMs === undefined || inMs > 0) return Math.min(inMs ?? Number.POSITIVE_INFINITY, limits.redeliverySweepMs)
      return (await stepRedelivery(parts)) ? 0 : limits.redeliveryStepMsMin
    } catch (error) {
      parts.log.warn('redelivery.interrupted', { error: error instanceof Error ? error.message : String(error) })
      return limits.redeliverySettleMs
    }
  }

  function sleep(ms: number): Promise<void> {
    if (ms <= 0 || nudged || stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const callOff = later(ms, resolve)
      wakeUp = () => {
        callOff()
        resolve()
      }
    })
  }

  const ended = run()
  return {
    nudge() {
      nudged = true
      wakeUp()
    },
    async stop() {
      stopped = true
      wakeUp()
      await ended
    },
  }
}
