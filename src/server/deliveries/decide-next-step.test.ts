import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideNextStep, type AttemptResult } from './decide-next-step.ts'
import { retryDelayMs } from './retry-policy.ts'

const policy = { attemptsMax: 5, delayMsMin: 2_000, delayMsMax: 60_000 }

function check(result: AttemptResult, attempt: number, expected: string): void {
  const step = decideNextStep(result, { attempt, jitter: 0, policy })
  expect(step.kind === 'finish' ? step.as : `retry +${step.delayMs}ms`).toBe(expected)
}

test('a 2xx finishes the delivery', () => check({ kind: 'succeeded', status: 204 }, 1, 'succeeded'))
test('a 400 fails at once: the receiver will never accept it', () =>
  check({ kind: 'rejected', status: 400 }, 1, 'failed'))
test('a redirect fails at once: it is never followed', () => check({ kind: 'rejected', status: 302 }, 1, 'failed'))
test.each([408, 425, 429, 500, 503, 599])('a %i is tried again', (status) =>
  check({ kind: 'rejected', status }, 1, 'retry +1000ms'),
)
test('Retry-After lengthens the delay', () =>
  check({ kind: 'rejected', status: 429, retryAfterMs: 9_000 }, 1, 'retry +9000ms'))
test('Retry-After never shortens the delay', () =>
  check({ kind: 'rejected', status: 429, retryAfterMs: 1 }, 1, 'retry +1000ms'))
test('Retry-After is not obeyed beyond its limit', () =>
  check({ kind: 'rejected', status: 429, retryAfterMs: 10 ** 12 }, 1, 'retry +86400000ms'))
test('a receiver out of reach is tried again', () =>
  check({ kind: 'unreachable', reason: 'connect', detail: 'refused' }, 4, 'retry +1000ms'))
test('the last attempt ends the delivery', () =>
  check({ kind: 'unreachable', reason: 'timeout', detail: 'no answer' }, 5, 'failed'))
test('what we refuse to send fails at once', () =>
  check({ kind: 'refused', reason: 'blocked-address', detail: '10.0.0.1 is private' }, 1, 'failed'))

test('a 410 disables the webhook', () => {
  const step = decideNextStep({ kind: 'rejected', status: 410 }, { attempt: 1, jitter: 0, policy })
  expect(step).toMatchObject({ kind: 'finish', as: 'failed', disableWebhook: true })
})

test('a delay stays between half the least and the greatest, whatever the attempt and the jitter', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, jitter) => {
        const delayMs = retryDelayMs(policy, attempt, jitter)
        return delayMs >= policy.delayMsMin / 2 && delayMs <= policy.delayMsMax
      },
    ),
  )
})
