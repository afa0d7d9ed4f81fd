import { endOfTurn } from '../base/timers.ts'

/**
 * Runs a read once for all who ask for the same in one turn of the event loop, or while it runs: the latter share the
 * next run, so that what each gets was read after it had asked. A hundred requests with one API key that come together
 * cost one statement, and a key revoked is a key revoked.
 */
export function shareRuns<Result>(): (key: string, run: () => Promise<Result>) => Promise<Result> {
  const running = new Map<string, Promise<Result>>()
  const next = new Map<string, Promise<Result>>()

  async function start(key: string, run: () => Promise<Result>): Promise<Result> {
    const started = run()
    running.set(key, started)
    try {
      return await started
    } finally {
      if (running.get(key) === started) running.delete(key)
    }
  }

  return (key, run) => {
    const known = next.get(key)
    if (known !== undefined) return known
    const startNext = (): Promise<Result> => {
      next.delete(key)
      return start(key, run)
    }
    const shared = (running.get(key) ?? endOfTurn()).then(startNext, startNext)
    next.set(key, shared)
    return shared
  }
}
