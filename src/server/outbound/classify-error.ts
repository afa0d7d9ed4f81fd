import { errors } from 'undici'
import { BlockedAddressError, NameNotFoundError } from './guarded-connect.ts'
import type { Outcome } from './outbound-request.ts'

/** What an error on the way to a receiver means; by class and code, never by its text. */
export function classifyError(error: unknown): Outcome {
  const cause = causeOf(error)
  if (cause instanceof BlockedAddressError) return { kind: 'refused', reason: 'blocked-address', detail: cause.message }
  if (cause instanceof NameNotFoundError) return unreachable('dns', cause.message)
  const code = codeOf(cause)
  if (code === 'UND_ERR_INVALID_ARG')
    return { kind: 'refused', reason: 'invalid-request', detail: 'the request is none that HTTP can carry' }
  const known = byCode[code]
  if (known !== undefined) return unreachable(known.reason, known.detail)
  const untrusted = certificateFaults[code]
  if (untrusted !== undefined) return unreachable('tls', `${untrusted} (${code})`)
  if (code.startsWith('ERR_SSL')) return unreachable('handshake', `${noTls} (${code})`)
  if (/^(ERR_TLS|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code))
    return unreachable('tls', `the receiver’s certificate was not acceptable (${code})`)
  if (cause instanceof errors.HTTPParserError) return unreachable('protocol', 'the answer was not valid HTTP')
  if (/^(HPE_|UND_ERR_)/.test(code)) return unreachable('protocol', `the answer was not valid HTTP (${code})`)
  return unreachable('route', `the connection failed (${code === '' ? 'no code' : code})`)
}

type Reason = Exclude<(Outcome & { kind: 'unreachable' })['reason'], 'timeout'>

function unreachable(reason: Reason, detail: string): Outcome {
  return { kind: 'unreachable', reason, detail }
}

const noTls = 'the receiver does not speak TLS as it should'
const unknownAuthority = 'the receiver’s certificate was issued by an authority that is not trusted'

/** What is wrong with a certificate, where one can do something about it. */
const certificateFaults: Record<string, string> = {
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the receiver’s certificate is signed by itself, and not trusted',
  CERT_HAS_EXPIRED: 'the receiver’s certificate has expired',
  CERT_NOT_YET_VALID: 'the receiver’s certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the receiver’s certificate names another host',
}

const byCode: Record<string, { reason: Reason; detail: string }> = {
  ECONNREFUSED: { reason: 'connect', detail: 'the connection was refused' },
  EHOSTUNREACH: { reason: 'route', detail: 'the host cannot be reached' },
  ENETUNREACH: { reason: 'route', detail: 'the network cannot be reached' },
  ETIMEDOUT: { reason: 'route', detail: 'the connection was not answered' },
  UND_ERR_CONNECT_TIMEOUT: { reason: 'route', detail: 'the connection was not answered' },
  ECONNRESET: { reason: 'reset', detail: 'the receiver broke the connection off' },
  EPIPE: { reason: 'reset', detail: 'the receiver broke the connection off' },
  UND_ERR_SOCKET: { reason: 'reset', detail: 'the receiver broke the connection off' },
  UND_ERR_HEADERS_OVERFLOW: { reason: 'protocol', detail: 'the headers of the answer are too long' },
  HPE_HEADER_OVERFLOW: { reason: 'protocol', detail: 'the headers of the answer are too long' },
  SIGNALBOX_TOO_LONG: { reason: 'protocol', detail: 'the answer is far longer than what is read of it' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { reason: 'protocol', detail: 'the answer is not as long as it said' },
  EPROTO: { reason: 'handshake', detail: noTls },
}

/** Several addresses were tried: the first failure stands for all. */
function causeOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0])
  return error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
