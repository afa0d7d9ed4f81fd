import type { Clock } from '../../src/server/base/clock.ts'
import type { Timers } from '../../src/server/base/timers.ts'
import type { SimulatedTime } from './simulated-time.ts'

/**
 * A process that can be frozen and killed: whatever reaches it from outside (a timer, an answer of the database or of a
 * receiver) comes through `reach`. A frozen one hears of everything when it thaws; a dead one never.
 */
export interface SimulatedProcess {
  readonly number: number
  readonly clock: Clock
  readonly timers: Timers
  isDead(): boolean
  isFrozen(): boolean
  kill(): void
  freeze(ms: number): void
  reach(happen: () => void): void
  /** Its wall clock is put forward or back; the monotonic one knows nothing of it. */
  turnClock(ms: number): void
}

export function makeSimulatedProcess(number: number, time: SimulatedTime): SimulatedProcess {
  let state: 'running' | 'frozen' | 'dead' = 'running'
  let missed: (() => void)[] = []
  let clockIsAheadMs = 0

  const reach = (happen: () => void): void => {
    if (state === 'running') happen()
    else if (state === 'frozen') missed.push(happen)
  }
  const later: Timers['later'] = (ms, fn) => {
    let calledOff = false
    const timer = time.at(ms, () => reach(() => !calledOff && fn()))
    return () => {
      calledOff = true
      timer.cancel()
    }
  }

  return {
    number,
    clock: { now: () => new Date(time.now() + clockIsAheadMs), monotonicMs: () => time.now() },
    timers: { later, pause: (ms) => new Promise((resolve) => void later(ms, resolve)) },
    isDead: () => state === 'dead',
    isFrozen: () => state === 'frozen',
    kill() {
      state = 'dead'
      missed = []
    },
    freeze(ms) {
      if (state !== 'running') return
      state = 'frozen'
      time.at(ms, () => {
        if (state !== 'frozen') return
        state = 'running'
        for (const happen of missed.splice(0)) reach(happen)
      })
    },
    reach,
    turnClock: (ms) => void (clockIsAheadMs = ms),
  }
}
