import type { Stats } from '../../contract/stats.ts'

type Bucket = Stats['buckets'][number]

/** Hours put together by the days of the reader, who may live anywhere. */
export function sumDays(hours: readonly Bucket[]): readonly Bucket[] {
  const days: Bucket[] = []
  for (const hour of hours) {
    const last = days.at(-1)
    if (last === undefined || dayOf(last) !== dayOf(hour)) days.push({ ...hour })
    else days[days.length - 1] = add(last, hour)
  }
  return days
}

function dayOf({ at }: Bucket): string {
  return new Date(at).toDateString()
}

function add(day: Bucket, hour: Bucket): Bucket {
  return {
    at: day.at,
    succeeded: day.succeeded + hour.succeeded,
    failed: day.failed + hour.failed,
    skipped: day.skipped + hour.skipped,
    cancelled: day.cancelled + hour.cancelled,
    expired: day.expired + hour.expired,
  }
}
