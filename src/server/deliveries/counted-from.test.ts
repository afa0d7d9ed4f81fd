import { expect, test } from 'vitest'
import { limits } from '../base/limits.ts'
import { countedFrom } from './counted-from.ts'

const starts = [0, 1, 2].map((hour) => new Date(Date.UTC(2026, 0, 1, hour)))
const most = limits.statsDeliveriesMax

test('what is counted whole begins with the first bucket, or behind the oldest that was counted when there were too many', () => {
  expect(countedFrom(starts, [])).toBe(starts[0])
  expect(countedFrom(starts, [{ bucket: 3, count: most - 1 }])).toBe(starts[0])
  expect(
    countedFrom(starts, [
      { bucket: 3, count: 1 },
      { bucket: 2, count: 7 },
      { bucket: 2, count: most - 8 },
    ]),
  ).toBe(starts[2])
  expect(countedFrom(starts, [{ bucket: 3, count: most }])).toBeUndefined()
})
