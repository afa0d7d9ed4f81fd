import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { makeSigningSecret, standardSignature } from '../../src/server/outbound/sign-request.ts'
import { receiverSamples } from '../../src/web/webhooks/receiver-samples.ts'

const secret = makeSigningSecret()
const body = Buffer.from('{"text":"käse ${x} \\n"}')
const sampleIn = (language: string) => receiverSamples.find(({ name }) => name === language)!.code

/** Signed with this secret and an earlier one, so many seconds ago. */
function sign(secondsAgo: number) {
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo
  const signatures = standardSignature({ messageId: 'dlv_1', timestamp, body }, [makeSigningSecret(), secret])
  return { id: 'dlv_1', timestamp: String(timestamp), signatures }
}

const cases = [
  ['as it was sent', sign(0), body, true],
  ['another body', sign(0), Buffer.from('{}'), false],
  ['an old one sent again', sign(301), body, false],
  ['another secret', { ...sign(0), signatures: 'v1,AAAA' }, body, false],
] as const

test.each(cases)('the sample for Node tells %s', async (_, signed, sent, verified) => {
  const sample = `data:text/javascript,${encodeURIComponent(sampleIn('Node.js'))}`
  const { verify } = (await import(sample)) as { verify: (...given: unknown[]) => boolean }
  const { id, timestamp, signatures } = signed
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures }
  expect(verify(headers, sent, secret)).toBe(verified)
})

test.each(cases)('the sample for bash tells %s', (_, { id, timestamp, signatures }, sent, verified) => {
  const env = { PATH: process.env['PATH'], ID: id, TIMESTAMP: timestamp, SIGNATURES: signatures, SECRET: secret }
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', sampleIn('bash')], { env, input: sent })
  expect([status, stderr.toString()]).toEqual([verified ? 0 : 1, ''])
})
