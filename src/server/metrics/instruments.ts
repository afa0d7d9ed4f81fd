/** Counts by the values of a label, all of them there from the beginning, so that rates are known from the first reading on. */
export interface Tally<V extends string> {
  add(value: V, count?: number): void
  read(): ReadonlyMap<string, number>
}

export function makeTally<V extends string>(values: readonly V[]): Tally<V> {
  const counts = new Map<V, number>(values.map((value) => [value, 0]))
  return {
    add: (value, count = 1) => void counts.set(value, (counts.get(value) ?? 0) + count),
    read: () => counts,
  }
}

export interface HistogramReading {
  /** Observations up to each of `secondsUpTo`, and all of them. */
  readonly upTo: readonly number[]
  readonly sum: number
  readonly count: number
}

export interface Histograms<V extends string> {
  observe(value: V, seconds: number): void
  read(): ReadonlyMap<string, HistogramReading>
}

/** From what a receiver next door takes to the longest deadline. */
export const secondsUpTo = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function makeHistograms<V extends string>(values: readonly V[]): Histograms<V> {
  const kept = new Map(values.map((value) => [value, { counts: secondsUpTo.map(() => 0), sum: 0, count: 0 }]))
  return {
    observe(value, seconds) {
      const histogram = kept.get(value)!
      histogram.sum += seconds
      histogram.count += 1
      const index = secondsUpTo.findIndex((bound) => seconds <= bound)
      if (index !== -1) histogram.counts[index]! += 1
    },
    read: () =>
      new Map(
        [...kept].map(([value, { counts, sum, count }]) => {
          let below = 0
          return [value, { upTo: counts.map((one) => (below += one)), sum, count }]
        }),
      ),
  }
}
