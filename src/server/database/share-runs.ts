/**
 * Runs a read once for all who ask for the same while it runs: they share the next run, so that what each gets was read
 * after it had asked. A hundred requests with one API key cost two statements, and a key revoked is a key revoked.
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
    const before = running.get(key)
    if (before === undefined) return start(key, run)
    const known = next.get(key)
    if (known !== undefined) return known
    const startNext = (): Promise<Result> => {
      next.delete(key)
      return start(key, run)
    }
    const shared = before.then(startNext, startNext)
    next.set(key, shared)
    return shared
  }
}
