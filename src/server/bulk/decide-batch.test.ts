import { expect, test } from 'vitest'
import { limits } from '../base/limits.ts'
import { decideBatch } from './decide-batch.ts'

const at = (ms: number, change: Partial<Parameters<typeof decideBatch>[0]> = {}) =>
  decideBatch({ now: ms, ratePerSecond: 20, pacedAt: 0, underWay: 0, ...change })

/** Looks whenever it is told to, for so long; answers how many were made. */
function run(ratePerSecond: number, ms: number): number {
  let made = 0
  let pacedAt = 0
  for (let now = 0; now <= ms;) {
    const batch = decideBatch({ now, ratePerSecond, pacedAt, underWay: 0 })
    made += batch.count
    pacedAt = batch.from + batch.count * batch.msEach
    now += batch.lookAgainInMs
  }
  return made
}

test('keeps to the rate, however it divides', () => {
  for (const rate of [0.1, 0.5, 1, 3, 20, 99, 500]) {
    const made = run(rate, 60_000)
    expect(made, `at ${rate} a second`).toBeLessThanOrEqual(rate * 60)
    expect(made, `at ${rate} a second`).toBeGreaterThanOrEqual(Math.floor(rate * 60 * 0.98) - 1)
  }
})

test('makes no burst of what was missed while it stood still', () => {
  expect(at(3_600_000).count).toBe(20)
  expect(at(3_600_000, { ratePerSecond: 0.1 }).count).toBe(1)
})

test('makes no more at once than a batch, and never has more under way than the limit', () => {
  expect(at(1_000, { ratePerSecond: 500 }).count).toBe(limits.redeliveryBatchMax)
  expect(at(1_000, { underWay: limits.redeliveryUnderWayMax - 3 }).count).toBe(3)
  expect(at(1_000, { underWay: limits.redeliveryUnderWayMax })).toMatchObject({
    count: 0,
    lookAgainInMs: limits.redeliveryRoomMs,
  })
})

test('a clock that goes back makes nothing, and says when to look again', () => {
  const batch = at(-5_000)
  expect(batch.count).toBe(0)
  expect(batch.lookAgainInMs).toBe(5_050)
})
