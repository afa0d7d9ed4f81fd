export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The smallest value that so many percent are not above. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('there is no percentile of nothing')
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))]!
}
