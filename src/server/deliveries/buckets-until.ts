import { bucketMinutes, type StatsQuery } from '../../contract/stats.ts'

const minuteMs = 60_000

/** The starts of the last buckets, the present one included. */
export function bucketsUntil(now: Date, { minutes, bucket }: Pick<StatsQuery, 'minutes' | 'bucket'>): Date[] {
  const ms = bucketMinutes[bucket] * minuteMs
  const count = Math.ceil(minutes / bucketMinutes[bucket])
  const last = Math.floor(now.getTime() / ms) * ms
  return Array.from({ length: count }, (_, index) => new Date(last - (count - 1 - index) * ms))
}
