import type { Stats } from '../../contract/stats.ts'

export interface Share {
  readonly at: string
  /** How many were tried until they arrived, or until there was nothing left to try. */
  readonly tried: number
  /** Which share of these arrived; 0 when there are none. */
  readonly arrived: number
}

/** What was skipped or cancelled was nobody's failure, and does not count. */
export function sharesOf(buckets: readonly Stats['buckets'][number][]): readonly Share[] {
  return buckets.map(({ at, succeeded, failed, expired }) => {
    const tried = succeeded + failed + expired
    return { at, tried, arrived: tried === 0 ? 0 : succeeded / tried }
  })
}

/**
 * From the middle of one bucket to that of the next in which anything was tried, so that a quiet night is no failure. In a
 * square as wide as there are buckets and one high; one alone is as wide as its bucket.
 */
export function tracePath(shares: readonly Share[]): string {
  const points = shares.flatMap(({ tried, arrived }, index) =>
    tried === 0 ? [] : [{ x: index + 0.5, y: Math.round((1 - arrived) * 1000) / 1000 }],
  )
  const [only, ...more] = points
  if (only === undefined) return ''
  if (more.length === 0) return `M${only.x - 0.5} ${only.y}H${only.x + 0.5}`
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
}
