import type { Dispatcher } from 'undici'
import { limits } from '../base/limits.ts'
import type { SecretMask } from './mask-secrets.ts'
import type { Answer, HeaderList } from './outbound-request.ts'

/**
 * Reads an answer up to `responseBytesRead` and keeps what may be kept of it, masked before it is cut. A longer body is
 * not read on, and its connection not used again. Nothing is decompressed. Throws when the body breaks off.
 */
export async function readAnswer(
  response: Dispatcher.ResponseData,
  mask: SecretMask,
  signal: AbortSignal,
): Promise<{ answer: Answer; complete: boolean }> {
  const { bytes, complete } = await readBody(response.body, signal)
  const succeeded = response.statusCode >= 200 && response.statusCode < 300
  const keep = succeeded ? limits.responseBytesKeptOfSuccess : limits.responseBytesKeptOfFailure
  const readable = mask.maySeeAnswers && (mask.longestForm === 0 || !isEncoded(response.headers))
  const masked = !readable ? undefined : complete ? mask.bytes(bytes) : mask.brokenOffBytes(bytes)
  return {
    complete,
    answer: {
      status: response.statusCode,
      headers: mask.maySeeAnswers ? headersOf(response.headers, mask) : [],
      body: masked === undefined ? null : Buffer.from(masked.subarray(0, keep)),
      bodyBytes: bytes.length,
      truncated: !complete || (masked?.length ?? 0) > keep,
    },
  }
}

/** In compressed bytes no mask finds a secret, and whoever reads them later may unpack them. */
function isEncoded(headers: Dispatcher.ResponseData['headers']): boolean {
  const encoding = headers['content-encoding']
  return encoding !== undefined && String(encoding).trim().toLowerCase() !== 'identity'
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  signal: AbortSignal,
): Promise<{ bytes: Buffer; complete: boolean }> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    signal.throwIfAborted()
    chunks.push(chunk)
    length += chunk.length
    if (length > limits.responseBytesRead) {
      // Leaving the loop destroys the stream.
      return { bytes: Buffer.concat(chunks).subarray(0, limits.responseBytesRead), complete: false }
    }
  }
  return { bytes: Buffer.concat(chunks), complete: true }
}

function headersOf(headers: Dispatcher.ResponseData['headers'], mask: SecretMask): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one): [string, string] => [mask.text(name), mask.text(one)]),
  )
}
