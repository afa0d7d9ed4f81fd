import type { Outcome } from '../outbound/outbound-request.ts'

export interface Explanation {
  readonly what: string
  readonly try: string
}

/** What an attempt met in plain words, and what to do about it; undefined when it went well. Pure. */
export function explainFailure(outcome: Outcome): Explanation | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return undefined
    case 'rejected':
      return explainStatus(outcome.status)
    case 'unreachable':
      return {
        what: sentence(outcome.detail),
        try: outcome.reason === 'timeout' ? timeoutAdvice[outcome.phase] : unreachableAdvice[outcome.reason],
      }
    case 'refused':
      return { what: `Nothing was sent: ${outcome.detail}.`, try: refusedAdvice[outcome.reason] }
  }
}

type Unreachable = Outcome & { kind: 'unreachable' }

const unreachableAdvice: Readonly<Record<Exclude<Unreachable['reason'], 'timeout'>, string>> = {
  dns: 'Check the spelling of the host name, and that the server of Signalbox can resolve it.',
  connect: 'Check host and port, that the receiver runs, and that no firewall stands between it and Signalbox.',
  tls: 'Check that the receiver’s certificate is valid, names this host and is complete. One of your own authority is trusted when the webhook holds its certificates (`tls.ca`).',
  reset: 'The receiver, or something before it, closed the connection. Its log may say why.',
  protocol: 'What answers there does not speak HTTP as expected. Check scheme (http or https) and port.',
}

const timeoutAdvice: Readonly<Record<(Unreachable & { reason: 'timeout' })['phase'], string>> = {
  dns: 'The server of Signalbox got no answer about the name. Check the name, and its name servers.',
  connect:
    'Something drops what is sent there, mostly a firewall. Check host and port, and that Signalbox may reach them.',
  tls: 'Something answers there and does not speak TLS. Check scheme (http or https) and port.',
  firstByte: 'The receiver should answer at once and work afterwards. `timeout_ms` may be up to 30 s.',
  body: 'The receiver should end its answer at once and work afterwards. `timeout_ms` may be up to 30 s.',
}

const refusedAdvice: Readonly<Record<(Outcome & { kind: 'refused' })['reason'], string>> = {
  'blocked-address': 'Use an address outside, or have the operator add it to the setting that is named.',
  'missing-secret': 'Create the secret that is named in the team’s secrets, and grant it to the webhook.',
  'payload-too-large': 'Leave out what the receiver does not need, or name single values instead of all metadata.',
  'invalid-request': 'Correct the setting that is named.',
  'webhook-gone': 'It was deleted meanwhile. Create it again.',
  'unverified-tls':
    'Have the operator set what is named, or better, give the certificates of your own authority in `tls.ca`.',
}

const statusAdvice: Readonly<Record<number, string>> = {
  400: 'The receiver does not take this payload. Compare it with what its documentation asks for; the answer may say what is missing.',
  401: 'It does not know the access token, or got none. Check which secret is the access token, and its value.',
  403: 'It knows who asks and does not allow it. The token may lack a right, or the signature may be checked with another secret or encoding.',
  404: 'Check the path. Some services answer 404 to a token that may not see the thing.',
  405: 'It does not take POST at this address. Check the path.',
  408: 'It gave up waiting for the request; deliveries are tried again.',
  410: 'It says that it is gone for good. A delivery that meets this disables the webhook.',
  413: 'The payload is too large for it.',
  415: 'It does not take `Content-Type: application/json`.',
  422: 'It understood the payload and does not accept its content. The answer may say what.',
  429: 'It is asked too often; deliveries wait as long as it says. A rate limit on the webhook keeps below that.',
}

function explainStatus(status: number): Explanation {
  const what = `The receiver answered ${status}, and only 2xx counts as taken.`
  const known = statusAdvice[status]
  if (known !== undefined) return { what, try: known }
  if (status >= 300 && status < 400)
    return {
      what,
      try: 'Redirects are never followed, so that nobody can send a request elsewhere. Use the final address.',
    }
  if (status >= 500) return { what, try: 'The receiver failed; deliveries are tried again. Its log may say why.' }
  return { what, try: 'The answer below may say why.' }
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
