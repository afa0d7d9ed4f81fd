import { limits } from '../base/limits.ts'
import type { RawAnswer } from './make-answer-reader.ts'
import type { SecretMask } from './mask-secrets.ts'
import type { Answer, HeaderList } from './outbound-request.ts'

/** What may be kept of an answer, masked before it is cut. */
export function keepAnswer({ status, headers, body, complete }: RawAnswer, mask: SecretMask): Answer {
  const succeeded = status >= 200 && status < 300
  const keep = succeeded ? limits.responseBytesKeptOfSuccess : limits.responseBytesKeptOfFailure
  const readable = mask.maySeeAnswers && (mask.longestForm === 0 || !isEncoded(headers))
  const masked = !readable ? undefined : complete ? mask.bytes(body) : mask.brokenOffBytes(body)
  return {
    status,
    headers: mask.maySeeAnswers ? mask.headers(listOf(headers)) : [],
    body: masked === undefined ? null : Buffer.from(masked.subarray(0, keep)),
    bodyBytes: body.length,
    truncated: !complete || (masked?.length ?? 0) > keep,
  }
}

/** In compressed bytes no mask finds a secret, and whoever reads them later may unpack them. */
function isEncoded(headers: RawAnswer['headers']): boolean {
  const encoding = headers['content-encoding']
  return encoding !== undefined && String(encoding).trim().toLowerCase() !== 'identity'
}

function listOf(headers: RawAnswer['headers']): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one): [string, string] => [name, one]),
  )
}
