import { execFileSync } from 'node:child_process'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { makeSigningSecret, signingKeyOf, standardSignature, wandbSignature } from './sign-request.ts'

const bodies = [Buffer.from('{}'), Buffer.from('{"name":"größe ‹ü› 🚂"}\n'), Buffer.from([0, 255, 254, 10, 13])]
const key = 'a key with spaces and ü'

const openssl = (body: Buffer, form: string[]): Buffer =>
  execFileSync('openssl', ['dgst', '-sha256', '-hmac', key, ...form], { input: body })

test.each(bodies)('openssl computes the same X-Wandb-Signature in all three encodings (body %#)', (body) => {
  const hex = openssl(body, ['-r']).toString().split(' ')[0]
  expect(wandbSignature(body, key, 'base64')).toBe(openssl(body, ['-binary']).toString('base64'))
  expect(wandbSignature(body, key, 'hex')).toBe(hex)
  expect(wandbSignature(body, key, 'sha256=hex')).toBe(`sha256=${hex}`)
})

const content = { messageId: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body: Buffer.from('{"a":"ü"}') }
const headers = (signature: string, changes: Record<string, string> = {}): Record<string, string> => ({
  'webhook-id': content.messageId,
  'webhook-timestamp': String(content.timestamp),
  'webhook-signature': signature,
  ...changes,
})

test('during a change of the signing secret, receivers with the old and with the new one both verify', () => {
  const [current, former, stranger] = [makeSigningSecret(), makeSigningSecret(), makeSigningSecret()]
  const sent = headers(standardSignature(content, [current, former].map(signingKeyOf)))
  for (const secret of [current, former]) expect(new Webhook(secret).verify(content.body, sent)).toEqual({ a: 'ü' })
  expect(() => new Webhook(stranger).verify(content.body, sent)).toThrow()
})

test('a signature holds for its id, its time and its bytes only', () => {
  const secret = makeSigningSecret()
  const signature = standardSignature(content, [signingKeyOf(secret)])
  const verifier = new Webhook(secret)
  expect(() => verifier.verify(content.body, headers(signature, { 'webhook-id': 'msg_2' }))).toThrow()
  const later = { 'webhook-timestamp': String(content.timestamp + 1) }
  expect(() => verifier.verify(content.body, headers(signature, later))).toThrow()
  expect(() => verifier.verify(Buffer.from('{"a":"u"}'), headers(signature))).toThrow()
})

test('a new signing secret has 32 random bytes', () => {
  const secret = makeSigningSecret()
  expect(secret).toMatch(/^whsec_/)
  expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
  expect(makeSigningSecret()).not.toBe(secret)
})
