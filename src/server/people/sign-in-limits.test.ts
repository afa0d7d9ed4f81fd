import { expect, test } from 'vitest'
import { Problem } from '../../contract/problem.ts'
import { makeTurnedClock } from '../../../test/support/turned-clock.ts'
import { limits } from '../base/limits.ts'
import { makeSignInLimits, networkOf } from './sign-in-limits.ts'

/** Undefined when it passed, else the seconds to wait. */
function refusal(act: () => void): number | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof Problem && error.type === 'rate-limited') return error.retryAfterSeconds
    throw error
  }
}

test('one try too many is refused until the window ends, and nobody else is', () => {
  const clock = makeTurnedClock()
  const { countTry } = makeSignInLimits(clock)
  for (let number = 1; number <= 3; number++) expect(refusal(() => countTry('name ada', 3))).toBeUndefined()
  clock.turn(20_000)
  expect(refusal(() => countTry('name ada', 3))).toBe(40)
  expect(refusal(() => countTry('name bert', 3))).toBeUndefined()
  clock.turn(40_000)
  expect(refusal(() => countTry('name ada', 3))).toBeUndefined()
})

test('however many names are tried, a bounded number is remembered, the newest', () => {
  const { countTry } = makeSignInLimits(makeTurnedClock())
  countTry('name first', 1)
  for (let number = 1; number <= limits.signInsRememberedMax; number++) countTry(`name ${number}`, 1)
  expect(refusal(() => countTry('name first', 1))).toBeUndefined()
  expect(refusal(() => countTry(`name ${limits.signInsRememberedMax}`, 1))).toBe(60)
})

test('so many passwords are checked at once and no more; one that ended, however, makes room', async () => {
  const { inTurn } = makeSignInLimits(makeTurnedClock())
  const gate = Promise.withResolvers<boolean>()
  const running = Array.from({ length: limits.passwordChecksMax }, () => inTurn(() => gate.promise))
  await expect(inTurn(async () => true)).rejects.toMatchObject({ type: 'rate-limited', retryAfterSeconds: 1 })
  gate.reject(new Error('a failure makes room too'))
  await Promise.allSettled(running)
  expect(await inTurn(async () => true)).toBe(true)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:DB8::5:6', '2001:db8:0:0'],
  ['2001:0db8:0001:0000:1::', '2001:db8:1:0'],
  ['fe80::1', 'fe80:0:0:0'],
])('%s tries as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
