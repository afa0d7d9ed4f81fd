import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { expect, test } from 'vitest'
import { verifyWebhook, type VerifyWith } from './verify-webhook.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const other = `whsec_${randomBytes(24).toString('base64')}`
const body = '{"text": "grün", "accuracy": 0.9412}'
const sentAt = new Date('2026-11-24T14:03:22Z')
const timestamp = String(sentAt.getTime() / 1000)

const standard = (secrets: readonly string[], id = 'msg_1', at = sentAt): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(at.getTime() / 1000),
  'webhook-signature': secrets.map((key) => new StandardWebhook(key).sign(id, at, body)).join(' '),
})
const wandb = (encoding: 'base64' | 'hex', key = 'sesame'): string =>
  createHmac('sha256', key).update(body).digest(encoding)

const check = (headers: Record<string, string>, given: VerifyWith, text = body) =>
  verifyWebhook(headers, text, { now: sentAt, ...given })

test.each([
  ['standardwebhooks', new StandardWebhook(secret)],
  ['svix', new SvixWebhook(secret)],
])('what the package %s has signed is verified', async (_name, signer) => {
  const headers = { ...standard([]), 'webhook-signature': signer.sign('msg_1', sentAt, body) }
  expect(await check(headers, { signingSecrets: [secret] })).toEqual({ verified: true, by: ['webhook-signature'] })
})

test("the vector of the Standard Webhooks' own test is verified", async () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const verified = await verifyWebhook(headers, '{"test": 2432232314}', {
    signingSecrets: [secret],
    now: new Date(1_614_265_330_000),
  })
  expect(verified).toEqual({ verified: true, by: ['webhook-signature'] })
})

test('while a secret is replaced, one of several signatures and one of several secrets suffice', async () => {
  const byBoth = standard([other, secret])
  const verified = { verified: true, by: ['webhook-signature'] }
  expect(await check(byBoth, { signingSecrets: [secret] })).toEqual(verified)
  expect(await check(byBoth, { signingSecrets: [other] })).toEqual(verified)
  expect(await check(standard([secret]), { signingSecrets: [other, secret] })).toEqual(verified)
  const withForeign = { ...byBoth, 'webhook-signature': `v1a,AAAA v2,???? ${byBoth['webhook-signature']}` }
  expect(await check(withForeign, { signingSecrets: [secret] })).toEqual(verified)
})

test.each([
  ['base64', wandb('base64')],
  ['hex', wandb('hex')],
  ['sha256=hex', `sha256=${wandb('hex')}`],
])('X-Wandb-Signature is verified as %s', async (_encoding, signature) => {
  const verified = await check({ 'X-Wandb-Signature': signature }, { wandbSecret: 'sesame' })
  expect(verified).toEqual({ verified: true, by: ['x-wandb-signature'] })
})

test('every kind of secret that is given has to prove the request', async () => {
  const given = { signingSecrets: [secret], wandbSecret: 'sesame' }
  const both = { ...standard([secret]), 'x-wandb-signature': wandb('base64') }
  expect(await check(both, given)).toEqual({ verified: true, by: ['webhook-signature', 'x-wandb-signature'] })
  // Else an old request could be sent again without the dated signature.
  expect(await check({ 'x-wandb-signature': wandb('base64') }, given)).toMatchObject({ because: 'header-missing' })
  expect(await check(standard([secret]), given)).toMatchObject({ because: 'header-missing' })
})

test('headers come in any case, as lists, or as the Headers of fetch; bodies as text or bytes', async () => {
  const headers = standard([secret])
  const given = { signingSecrets: [secret], now: sentAt }
  const verified = { verified: true, by: ['webhook-signature'] }
  const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]))
  expect(await verifyWebhook(shouted, body, given)).toEqual(verified)
  expect(await verifyWebhook(new Headers(headers), Buffer.from(body), given)).toEqual(verified)
  expect(await verifyWebhook(headers, new TextEncoder().encode(body).buffer, given)).toEqual(verified)
})

test.each<[string, Record<string, string>, VerifyWith, string]>([
  ['no secret', standard([secret]), {}, 'no-secret'],
  ['a secret that is none', standard([secret]), { signingSecrets: ['whsec_???'] }, 'secret-malformed'],
  ['an empty signing secret', standard([secret]), { signingSecrets: ['whsec_'] }, 'secret-malformed'],
  ['an empty compatible secret', { 'x-wandb-signature': wandb('hex') }, { wandbSecret: '' }, 'secret-malformed'],
  ['another secret', standard([other]), { signingSecrets: [secret] }, 'signature-wrong'],
  [
    'no signature',
    { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp },
    { signingSecrets: [secret] },
    'header-missing',
  ],
  ['another id', { ...standard([secret]), 'webhook-id': 'msg_2' }, { signingSecrets: [secret] }, 'signature-wrong'],
  [
    'another time',
    { ...standard([secret]), 'webhook-timestamp': String(Number(timestamp) + 1) },
    { signingSecrets: [secret] },
    'signature-wrong',
  ],
  [
    'a time that is none',
    { ...standard([secret]), 'webhook-timestamp': 'NaN' },
    { signingSecrets: [secret] },
    'header-missing',
  ],
  [
    'an old time',
    standard([secret], 'msg_1', new Date(sentAt.getTime() - 301_000)),
    { signingSecrets: [secret] },
    'timestamp-too-old',
  ],
  [
    'a time ahead',
    standard([secret], 'msg_1', new Date(sentAt.getTime() + 301_000)),
    { signingSecrets: [secret] },
    'timestamp-too-new',
  ],
  ['another key for W&B', { 'x-wandb-signature': wandb('hex', 'other') }, { wandbSecret: 'sesame' }, 'signature-wrong'],
  ['W&B and no base64', { 'x-wandb-signature': '???' }, { wandbSecret: 'sesame' }, 'signature-wrong'],
])('%s is not verified, with the reason', async (_what, headers, given, because) => {
  expect(await check(headers, given)).toMatchObject({ verified: false, because })
})

test('up to the tolerance a request may be late, and the tolerance can be chosen', async () => {
  const late = standard([secret], 'msg_1', new Date(sentAt.getTime() - 300_000))
  expect(await check(late, { signingSecrets: [secret] })).toMatchObject({ verified: true })
  expect(await check(late, { signingSecrets: [secret], toleranceMs: 1_000 })).toMatchObject({ verified: false })
})

test('a changed body is not verified, whatever the change', async () => {
  const headers = { ...standard([secret]), 'x-wandb-signature': wandb('base64') }
  for (const given of [{ signingSecrets: [secret] }, { wandbSecret: 'sesame' }])
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        fc.pre(text !== body)
        expect(await check(headers, given, text)).toMatchObject({ because: 'signature-wrong' })
      }),
      { numRuns: 20 },
    )
})

test('no header makes it throw', async () => {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-wandb-signature']
  const anyHeaders = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(fc.string(), fc.constant(timestamp), fc.base64String()),
  )
  await fc.assert(
    fc.asyncProperty(anyHeaders, fc.boolean(), async (headers, byStandard) => {
      const given = byStandard ? { signingSecrets: [secret] } : { wandbSecret: 'sesame' }
      expect(await check(headers, given)).toMatchObject({ verified: false })
    }),
  )
})
