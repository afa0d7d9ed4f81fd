import { expect, test } from 'vitest'
import { spellShare } from '../../src/web/parts/spell-share.ts'
import { sharesOf, tracePath } from '../../src/web/parts/trace-success.ts'

const none = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, expired: 0 }
const buckets = (...counts: Partial<typeof none>[]) =>
  counts.map((count, index) => ({ ...none, ...count, at: new Date(index * 3600_000).toISOString() }))

test('what failed or expired did not arrive; what was skipped or cancelled does not count', () => {
  const shares = sharesOf(
    buckets({ succeeded: 3, failed: 1 }, { succeeded: 1, expired: 1, skipped: 8, cancelled: 8 }, {}),
  )
  expect(shares.map(({ tried, arrived }) => [tried, arrived])).toEqual([
    [4, 0.75],
    [2, 0.5],
    [0, 0],
  ])
})

test('the curve goes from bucket to bucket, and over those in which nothing was sent', () => {
  expect(tracePath(sharesOf(buckets({ succeeded: 1 }, {}, { succeeded: 1, failed: 1 })))).toBe('M0.5 0L2.5 0.5')
  expect(tracePath(sharesOf(buckets({}, { failed: 1 }, {})))).toBe('M1 1H2')
  expect(tracePath(sharesOf(buckets({}, {})))).toBe('')
})

test.each([
  [1, '100%'],
  [0.9999, '99.9%'],
  [0.986, '99%'],
  [0.5, '50%'],
  [0.0001, '0.1%'],
  [0, '0%'],
])('of %d one says %s', (share, said) => {
  expect(spellShare(share)).toBe(said)
})
