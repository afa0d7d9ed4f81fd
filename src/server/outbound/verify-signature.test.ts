import { expect, test } from 'vitest'
import { makeSigningSecret, signingKeyOf, standardSignature } from './sign-request.ts'
import { findForgery } from './verify-signature.ts'

const now = new Date('2026-05-01T12:00:00Z')
const timestamp = now.getTime() / 1000
const body = Buffer.from('{"a": 1}')
const [secret, other] = [makeSigningSecret(), makeSigningSecret()]
const signature = standardSignature({ messageId: 'msg_1', timestamp, body }, [signingKeyOf(secret)])
const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': signature }

test.each([
  ['by its secret', headers, body, [secret], undefined],
  ['by one of two secrets', headers, body, [other, secret], undefined],
  [
    'with a second signature beside it',
    { ...headers, 'webhook-signature': `v1,x ${signature}` },
    body,
    [secret],
    undefined,
  ],
  ['by another secret', headers, body, [other], /another secret/],
  ['by no secret', headers, body, [], /another secret/],
  ['over another body', headers, Buffer.from('{"a": 2}'), [secret], /another body/],
  ['under another id', { ...headers, 'webhook-id': 'msg_2' }, body, [secret], /another secret/],
  [
    'without a signature',
    { 'webhook-id': 'msg_1', 'webhook-timestamp': String(timestamp) },
    body,
    [secret],
    /no webhook-id/,
  ],
  ['at no time', { ...headers, 'webhook-timestamp': 'now' }, body, [secret], /no webhook-id/],
  ['ten minutes ago', { ...headers, 'webhook-timestamp': String(timestamp - 600) }, body, [secret], /not of now/],
] as const)('signed %s', (_how, given, bytes, signingSecrets, why) => {
  const found = findForgery(given, bytes, { signingSecrets, now })
  if (why === undefined) expect(found).toBeUndefined()
  else expect(found).toMatch(why)
})
