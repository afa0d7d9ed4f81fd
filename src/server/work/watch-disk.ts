import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'

/** Looks now and then how much room the embedded database has left, and says when it becomes scarce. */
export function watchDisk(disk: { freeBytes(): Promise<number> }, log: Log): { isNearlyFull(): boolean; stop(): void } {
  let nearlyFull = false
  const look = async (): Promise<void> => {
    const free = await disk.freeBytes()
    const before = nearlyFull
    nearlyFull = free < limits.diskFreeBytesMin
    if (nearlyFull && !before)
      log.error('disk.nearly_full', { free_bytes: free, try: 'make room: nothing new is recorded until then' })
  }
  const lookAgain = () =>
    void look().catch((error: unknown) => log.debug('disk.not_looked_at', { error: String(error) }))
  lookAgain()
  const timer = setInterval(lookAgain, limits.diskLookMs)
  timer.unref()
  return { isNearlyFull: () => nearlyFull, stop: () => clearInterval(timer) }
}
