import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { signingKeyOf, standardSignature } from './sign-request.ts'

const toleranceMs = 5 * 60_000

/** Why a request does not prove that who sent it holds one of the secrets; undefined when it does. */
export function findForgery(
  headers: IncomingHttpHeaders,
  body: Buffer,
  { signingSecrets, now }: { readonly signingSecrets: readonly string[]; readonly now: Date },
): string | undefined {
  const messageId = headers['webhook-id']
  const timestamp = Number(headers['webhook-timestamp'])
  const signatures = headers['webhook-signature']
  if (typeof messageId !== 'string' || typeof signatures !== 'string' || !Number.isSafeInteger(timestamp))
    return 'it has no webhook-id, webhook-timestamp and webhook-signature'
  if (Math.abs(now.getTime() - timestamp * 1000) > toleranceMs) return 'its webhook-timestamp is not of now'
  const keys = signingSecrets.map(signingKeyOf)
  const expected = standardSignature({ messageId, timestamp, body }, keys).split(' ')
  const isSigned = signatures.split(' ').some((given) => expected.some((one) => isSame(given, one)))
  return isSigned ? undefined : 'its signature was made with another secret, or over another body'
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
