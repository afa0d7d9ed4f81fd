import { expect, test } from 'vitest'
import type { Outcome } from '../outbound/outbound-request.ts'
import { kindOf, metOutcome, nameMet, outcomeOf } from './met-outcome.ts'

const kept = (outcome: number, detail: string | null = null, status: number | null = null) =>
  outcomeOf({ outcome, detail, status, number: 1, at: new Date(0), ...unused })
const unused = { phases_ms: null, request_headers: null, response_headers: null, response: null, response_bytes: null }

test.each([
  { kind: 'unreachable', reason: 'dns', detail: 'the name x has no address' },
  { kind: 'unreachable', reason: 'handshake', detail: 'no TLS' },
  { kind: 'unreachable', reason: 'timeout', phase: 'firstByte', detail: 'no answer came within 2 s' },
  { kind: 'refused', reason: 'blocked-address', detail: '10.0.0.7 is a private address' },
] as const satisfies readonly Outcome[])('why nothing was answered is read as it was met: $reason', (outcome) => {
  const code = metOutcome[nameMet(outcome)]
  expect(kept(code, outcome.detail)).toEqual(outcome)
  expect(kindOf(code)).toBe(outcome.kind)
})

test('no two outcomes share a code', () => {
  const codes = Object.values(metOutcome)
  expect(new Set(codes).size).toBe(codes.length)
})

test('an answer that was no success is known by its status; what was interrupted by nothing', () => {
  expect(kept(metOutcome.rejected, null, 503)).toMatchObject({ kind: 'rejected', status: 503 })
  expect(kept(metOutcome.interrupted, 'the process ended')).toBeUndefined()
  expect(kindOf(metOutcome.interrupted)).toBe('interrupted')
})
