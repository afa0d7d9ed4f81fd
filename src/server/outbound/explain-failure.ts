import type { Outcome } from './outbound-request.ts'

export interface Explanation {
  /** In a few words, for lists: `401 rejected`, `Name not found`. */
  readonly title: string
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
      return outcome.reason === 'timeout'
        ? {
            title: timeoutTitles[outcome.phase],
            what: sentence(outcome.detail),
            try: timeoutAdvice[outcome.phase],
          }
        : {
            title: unreachableTitles[outcome.reason],
            what: sentence(outcome.detail),
            try: unreachableAdvice[outcome.reason],
          }
    case 'refused':
      return {
        title: refusedTitles[outcome.reason],
        what: `Nothing was sent: ${outcome.detail}.`,
        try: refusedAdvice[outcome.reason],
      }
  }
}

type Unreachable = Outcome & { kind: 'unreachable' }
type Broken = Exclude<Unreachable['reason'], 'timeout'>
type Late = (Unreachable & { reason: 'timeout' })['phase']
type Refused = (Outcome & { kind: 'refused' })['reason']

const unreachableTitles: Readonly<Record<Broken, string>> = {
  dns: 'Name not found',
  connect: 'Connection refused',
  route: 'No connection',
  tls: 'Certificate not trusted',
  handshake: 'TLS failed',
  reset: 'Connection lost',
  protocol: 'Answer not understood',
}

const unreachableAdvice: Readonly<Record<Broken, string>> = {
  dns: 'Check the spelling of the host name, and that the server of Signalbox can resolve it.',
  connect: 'Check host and port, that the receiver runs, and that no firewall stands between it and Signalbox.',
  route: 'Check the address, and that the network of Signalbox has a way to it.',
  tls: 'Check that the receiver’s certificate is valid, names this host and is complete. One of your own authority is trusted when the webhook holds its certificates (`tls.ca`).',
  handshake: 'The receiver has to speak TLS 1.2 or newer there. Check scheme (http or https) and port.',
  reset: 'The receiver, or something before it, closed the connection. Its log may say why.',
  protocol: 'What answers there does not speak HTTP as expected. Check scheme (http or https) and port.',
}

const timeoutTitles: Readonly<Record<Late, string>> = {
  dns: 'No answer about the name',
  connect: 'No connection in time',
  tls: 'No TLS in time',
  firstByte: 'No answer in time',
  body: 'Answer not ended in time',
}

const timeoutAdvice: Readonly<Record<Late, string>> = {
  dns: 'The server of Signalbox got no answer about the name. Check the name, and its name servers.',
  connect:
    'Something drops what is sent there, mostly a firewall. Check host and port, and that Signalbox may reach them.',
  tls: 'Something answers there and does not speak TLS. Check scheme (http or https) and port.',
  firstByte: 'The receiver should answer at once and work afterwards. `timeout_ms` may be up to 30 s.',
  body: 'The receiver should end its answer at once and work afterwards. `timeout_ms` may be up to 30 s.',
}

const refusedTitles: Readonly<Record<Refused, string>> = {
  'blocked-address': 'Refused by the guard',
  'missing-secret': 'Could not fill the request',
  'payload-too-large': 'Payload too large',
  'invalid-request': 'Setting not possible',
  'webhook-gone': 'Webhook deleted',
  'unverified-tls': 'Certificates not verified',
}

const refusedAdvice: Readonly<Record<Refused, string>> = {
  'blocked-address': 'Use an address outside, or have the operator add it to the setting that is named.',
  'missing-secret': 'Create the secret that is named in the team’s secrets, and grant it to the webhook.',
  'payload-too-large': 'Leave out what the receiver does not need, or name single values instead of all metadata.',
  'invalid-request': 'Correct the setting that is named.',
  'webhook-gone': 'It was deleted meanwhile. Create it again.',
  'unverified-tls':
    'Have the operator set what is named, or better, give the certificates of your own authority in `tls.ca`.',
}

const statusTitles: Readonly<Record<number, string>> = {
  408: 'Asked to wait',
  410: 'Gone for good',
  413: 'Too large for the receiver',
  425: 'Asked to wait',
  429: 'Asked to wait',
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
  425: 'It is not ready for this request yet; deliveries are tried again.',
  429: 'It is asked too often; deliveries wait as long as it says. A rate limit on the webhook keeps below that.',
}

function explainStatus(status: number): Explanation {
  const isRedirect = status >= 300 && status < 400
  return {
    title: isRedirect ? 'Redirected, not followed' : (statusTitles[status] ?? `${status} rejected`),
    what: `The receiver answered ${status}, and only 2xx counts as taken.`,
    try: isRedirect ? redirectAdvice : (statusAdvice[status] ?? (status >= 500 ? failedAdvice : otherAdvice)),
  }
}

const redirectAdvice =
  'Redirects are never followed, so that nobody can send a request elsewhere. Use the final address.'
const failedAdvice = 'The receiver failed; deliveries are tried again. Its log may say why.'
const otherAdvice = 'The answer below may say why.'

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
