import { expect, test } from 'vitest'
import { makeLoopGuard } from './loop-guard.ts'

const at = (seconds: number) => new Date(seconds * 1000)
const firing = (subject: string, firesPerMinuteMax = 3) => ({ automationId: 7, firesPerMinuteMax, subject })

test('one more than a minute allows is caught, once, and only for one subject', () => {
  const guard = makeLoopGuard()
  for (const subject of ['a', 'b', 'a', 'b', 'a', 'b']) expect(guard.count([firing(subject)], at(0))).toEqual([])
  expect(guard.hasCaught(7)).toBe(false)
  expect(guard.count([firing('a')], at(1))).toEqual([firing('a')])
  expect(guard.hasCaught(7)).toBe(true)
  expect(guard.count([firing('a'), firing('b')], at(1))).toEqual([])
})

test('the minute slides: what is older counts no more', () => {
  const guard = makeLoopGuard()
  for (const seconds of [0, 20, 40, 60, 80, 100]) expect(guard.count([firing('a')], at(seconds))).toEqual([])
  expect(guard.count([firing('a')], at(101))).toHaveLength(1)
})

test('0 is without a limit', () => {
  const guard = makeLoopGuard()
  for (let fired = 0; fired < 1000; fired++) expect(guard.count([firing('a', 0)], at(0))).toEqual([])
})

test('what is forgotten is counted anew', () => {
  const guard = makeLoopGuard()
  for (let fired = 0; fired < 4; fired++) guard.count([firing('a')], at(0))
  guard.forget(7)
  expect(guard.hasCaught(7)).toBe(false)
  for (let fired = 0; fired < 3; fired++) expect(guard.count([firing('a')], at(0))).toEqual([])
})
