import { expect, test } from 'vitest'
import { sumDays } from '../../src/web/parts/sum-days.ts'

const none = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, expired: 0 }
const hour = (day: number, hours: number, counts: Partial<typeof none> = {}) => ({
  ...none,
  ...counts,
  at: new Date(2026, 4, day, hours).toISOString(),
})

test('hours are put together by the days of who looks, from the first hour there is', () => {
  expect(sumDays([])).toEqual([])
  expect(
    sumDays([
      hour(1, 22, { succeeded: 3 }),
      hour(1, 23, { succeeded: 4, failed: 1, expired: 1 }),
      hour(2, 0, { skipped: 2, cancelled: 5 }),
      hour(2, 1),
      hour(3, 0, { failed: 9 }),
    ]),
  ).toEqual([
    hour(1, 22, { succeeded: 7, failed: 1, expired: 1 }),
    hour(2, 0, { skipped: 2, cancelled: 5 }),
    hour(3, 0, { failed: 9 }),
  ])
})
