import { limits } from '../base/limits.ts'

const others = 'for other reasons'

/** Counts by reason; reasons beyond the limit are counted together. */
export function noteSkipped(skipped: Record<string, number>, reason: string, count = 1): void {
  const isNew = !Object.hasOwn(skipped, reason)
  const key = isNew && Object.keys(skipped).length >= limits.redeliveryReasonsMax ? others : reason
  skipped[key] = (skipped[key] ?? 0) + count
}
