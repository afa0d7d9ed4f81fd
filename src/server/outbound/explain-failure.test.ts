import { expect, test } from 'vitest'
import type { Outcome } from './outbound-request.ts'
import { explainFailure } from './explain-failure.ts'

const rejected = (status: number): Outcome => ({ kind: 'rejected', status, retryAfterMs: undefined })

test.each([
  [rejected(401), /access token/],
  [rejected(302), /never followed/],
  [rejected(308), /never followed/],
  [rejected(403), /signature/],
  [rejected(404), /path/],
  [rejected(405), /POST/],
  [rejected(410), /disables/],
  [rejected(415), /application\/json/],
  [rejected(429), /rate limit/],
  [rejected(503), /tried again/],
  [rejected(418), /answer below/],
  [{ kind: 'unreachable', reason: 'dns', detail: 'the name x has no address' }, /spelling/],
  [{ kind: 'unreachable', reason: 'connect', detail: 'x' }, /firewall/],
  [{ kind: 'unreachable', reason: 'route', detail: 'x' }, /network/],
  [{ kind: 'unreachable', reason: 'tls', detail: 'x' }, /tls\.ca/],
  [{ kind: 'unreachable', reason: 'handshake', detail: 'x' }, /http or https/],
  [{ kind: 'unreachable', reason: 'timeout', phase: 'dns', detail: 'x' }, /name servers/],
  [{ kind: 'unreachable', reason: 'timeout', phase: 'connect', detail: 'x' }, /firewall/],
  [{ kind: 'unreachable', reason: 'timeout', phase: 'tls', detail: 'x' }, /http or https/],
  [{ kind: 'unreachable', reason: 'timeout', phase: 'firstByte', detail: 'x' }, /answer at once/],
  [{ kind: 'unreachable', reason: 'timeout', phase: 'body', detail: 'x' }, /end its answer/],
  [{ kind: 'unreachable', reason: 'reset', detail: 'x' }, /closed/],
  [{ kind: 'unreachable', reason: 'protocol', detail: 'x' }, /HTTP/],
  [{ kind: 'refused', reason: 'blocked-address', detail: 'x' }, /operator/],
  [{ kind: 'refused', reason: 'missing-secret', detail: 'x' }, /grant/],
  [{ kind: 'refused', reason: 'unverified-tls', detail: 'x' }, /tls\.ca/],
] as const satisfies readonly (readonly [Outcome, RegExp])[])('%j is explained with what to try', (outcome, advice) => {
  expect(explainFailure(outcome)).toMatchObject({
    what: expect.stringMatching(/^[A-Z].*\.$/),
    try: expect.stringMatching(advice),
  })
})

test('each failure has a title of its own', () => {
  const failures: Outcome[] = [
    ...[302, 401, 404, 410, 413, 429, 503].map(rejected),
    ...(['dns', 'connect', 'route', 'tls', 'handshake', 'reset', 'protocol'] as const).map((reason): Outcome => ({
      kind: 'unreachable',
      reason,
      detail: 'x',
    })),
    ...(['connect', 'firstByte'] as const).map((phase): Outcome => ({
      kind: 'unreachable',
      reason: 'timeout',
      phase,
      detail: 'x',
    })),
    { kind: 'refused', reason: 'blocked-address', detail: 'x' },
    { kind: 'refused', reason: 'missing-secret', detail: 'x' },
  ]
  const titles = failures.map((outcome) => explainFailure(outcome)?.title)
  expect(new Set(titles).size).toBe(failures.length)
})

test('what went well needs no explanation', () => {
  expect(explainFailure({ kind: 'succeeded', status: 204 })).toBeUndefined()
})
