import { limits } from '../base/limits.ts'
import type { BucketRow } from './stats-store.ts'

/**
 * Since when every delivery is counted: where there were more than are counted, the oldest that are stand in a bucket that
 * is not whole. Undefined when that is the last one.
 */
export function countedFrom(starts: readonly Date[], rows: readonly Omit<BucketRow, 'status'>[]): Date | undefined {
  const counted = rows.reduce((sum, { count }) => sum + count, 0)
  return counted < limits.statsDeliveriesMax ? starts[0] : starts[Math.min(...rows.map(({ bucket }) => bucket))]
}
