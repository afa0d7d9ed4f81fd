import { maskParts, maskSecret, type PayloadPart } from '../../contract/payload.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { later } from '../base/timers.ts'
import type { AllowList } from './allow-list.ts'
import { classifyError } from './classify-error.ts'
import { makeConnectionPool, type Connection } from './connection-pool.ts'
import { fillParts } from './fill-parts.ts'
import type { ConnectProgress, Lookup } from './guarded-connect.ts'
import { keepAnswer } from './keep-answer.ts'
import { makeAnswerReader } from './make-answer-reader.ts'
import type { SecretMask } from './mask-secrets.ts'
import type {
  Answer,
  HeaderList,
  Outcome,
  OutboundRequest,
  PhasesMs,
  RevealedSecrets,
  RevealSecrets,
  SendResult,
} from './outbound-request.ts'
import { makeSecretPreparer, type PreparedSecrets } from './prepare-secrets.ts'
import { unverifiedTlsSetting } from './tls-options.ts'
import { readRetryAfter } from './read-retry-after.ts'
import { isReservedHeader } from './reserved-headers.ts'
import { standardSignature, wandbSignature } from './sign-request.ts'

/** The one client for foreign addresses. */
export interface Sender {
  /**
   * Makes one request and tells what came of it. Never throws for what the network or the receiver does; throws when the
   * secrets cannot be revealed, and then nothing was sent. Ends within the request's deadline, whatever happens.
   */
  send(request: OutboundRequest): Promise<SendResult>
  close(): Promise<void>
}

export interface SenderParts {
  readonly allowList: AllowList
  readonly clock: Clock
  readonly reveal: RevealSecrets
  readonly version: string
  /** Whether a webhook may do without verifying certificates. */
  readonly allowUnverifiedTls: boolean
  readonly lookup: Lookup
}

export function makeSender(parts: SenderParts): Sender {
  const { allowList, clock, reveal, version, allowUnverifiedTls, lookup } = parts
  const prepare = makeSecretPreparer()
  const pool = makeConnectionPool({ allowList, lookup, monotonicMs: () => clock.monotonicMs() })

  async function send(request: OutboundRequest): Promise<SendResult> {
    const secrets = await reveal(request.secretsOf)
    const startedAt = clock.now()
    const { mask, signingKeys } = prepare(secrets)
    const filled = fillRequest(request, secrets, signingKeys, startedAt, version)
    const nothing = { startedAt, phasesMs: noPhases, reusedConnection: false, requestHeaders: [] }
    if (!filled.ok) return { ...nothing, outcome: filled.outcome }
    if (!request.tls.verify && !allowUnverifiedTls) return { ...nothing, outcome: unverifiedTls }
    const connection = pool.take(filled.url.origin, request.tls)
    const exchange = await exchangeWithin(request.timeoutMs, connection, filled, mask)
    connection.release(exchange.reusable)
    const { outcome, answer, phasesMs } = exchange
    return {
      outcome,
      startedAt,
      phasesMs,
      reusedConnection: connection.connectTimes() === undefined && answer !== undefined,
      requestHeaders: mask.headers(filled.shownHeaders),
      ...(answer === undefined ? {} : { answer }),
    }
  }

  async function exchangeWithin(
    timeoutMs: number,
    connection: Connection,
    filled: FilledRequest,
    mask: SecretMask,
  ): Promise<Exchange> {
    const startedAt = clock.monotonicMs()
    let headersAt: number | undefined
    let status: number | undefined
    const reader = makeAnswerReader((answered) => {
      headersAt = clock.monotonicMs()
      status = answered
    })
    let late = false
    const cancel = later(timeoutMs, () => {
      late = true
      reader.giveUp(new Error('the deadline is over'))
    })
    const phases = (endedAt: number): PhasesMs => {
      const pending = connection.connectProgress()
      if (pending !== undefined) return phasesOf(pending, endedAt)
      const { dnsMs = 0, connectMs = 0, tlsMs = 0 } = connection.connectTimes() ?? {}
      const sentAt = startedAt + dnsMs + connectMs + tlsMs
      const answeredAt = headersAt ?? endedAt
      return {
        dns: dnsMs,
        connect: connectMs,
        tls: tlsMs,
        firstByte: Math.max(0, answeredAt - sentAt),
        body: endedAt - answeredAt,
      }
    }
    try {
      connection.dispatch(
        { path: filled.url.pathname + filled.url.search, method: 'POST', headers: filled.headers, body: filled.body },
        reader.handler,
      )
      const raw = await reader.answered
      const answer = keepAnswer(raw, mask)
      const retryAfter = raw.headers['retry-after']
      const outcome: Outcome =
        raw.status >= 200 && raw.status < 300
          ? { kind: 'succeeded', status: raw.status }
          : {
              kind: 'rejected',
              status: raw.status,
              retryAfterMs: readRetryAfter(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, clock.now()),
            }
      return { outcome, answer, phasesMs: phases(clock.monotonicMs()), reusable: raw.complete }
    } catch (error) {
      const outcome = late ? timedOut(timeoutMs, connection.connectProgress()?.phase, status) : classifyError(error)
      return { outcome, answer: undefined, phasesMs: phases(clock.monotonicMs()), reusable: false }
    } finally {
      cancel()
    }
  }

  return { send, close: () => pool.close() }
}

interface Exchange {
  readonly outcome: Outcome
  readonly answer: Answer | undefined
  readonly phasesMs: PhasesMs
  readonly reusable: boolean
}

interface FilledRequest {
  readonly ok: true
  readonly url: URL
  readonly headers: string[]
  readonly shownHeaders: HeaderList
  readonly body: Buffer
}

const unverifiedTls: Outcome = {
  kind: 'refused',
  reason: 'unverified-tls',
  detail: `the webhook does not verify certificates, which the operator does not allow (${unverifiedTlsSetting})`,
}

const noPhases: PhasesMs = { dns: 0, connect: 0, tls: 0, firstByte: 0, body: 0 }

/** Where no connection came about, the time belongs to what it was busy with. */
function phasesOf({ phase, sinceMs, times }: ConnectProgress, endedAt: number): PhasesMs {
  const { dnsMs: dns, connectMs: connect, tlsMs: tls } = times
  return { dns, connect, tls, firstByte: 0, body: 0, [phase]: endedAt - sinceMs }
}

/** The deadline covers the body too: a receiver that says 200 and never ends its answer holds a slot, and has not answered. */
function timedOut(timeoutMs: number, connecting: ConnectProgress['phase'] | undefined, status?: number): Outcome {
  const phase = connecting ?? (status === undefined ? 'firstByte' : 'body')
  const what = {
    dns: 'the name was not resolved',
    connect: 'the connection was not answered',
    tls: 'the TLS handshake did not end',
    firstByte: 'no answer came',
    body: `the answer began with ${status} and did not end`,
  }[phase]
  return { kind: 'unreachable', reason: 'timeout', phase, detail: `${what} within ${timeoutMs / 1000} s` }
}

function fillRequest(
  request: OutboundRequest,
  secrets: RevealedSecrets,
  signingKeys: PreparedSecrets['signingKeys'],
  now: Date,
  version: string,
): FilledRequest | { readonly ok: false; readonly outcome: Outcome } {
  const missing: string[] = []
  const fill = (parts: readonly PayloadPart[]): string => {
    const filled = fillParts(parts, secrets.values)
    if (filled.ok) return filled.text
    missing.push(filled.missing)
    return ''
  }
  const body = Buffer.from(fill(request.body))
  const urlText = fill(request.url)
  const custom = request.headers.map(([name, parts]) => [name, fill(parts), maskParts(parts)] as const)
  const token = request.hasAccessToken ? fill([{ secret: 'ACCESS_TOKEN', within: 'text' }]) : undefined
  const wandbKey =
    request.compatibleSecret === null
      ? secrets.signingSecrets[0]
      : fill([{ secret: request.compatibleSecret, within: 'text' }])
  if (missing.length > 0) {
    const names = [...new Set(missing)].join(', ')
    return refuse('missing-secret', `secrets the request needs are gone, or no longer granted to the webhook: ${names}`)
  }
  if (body.length > limits.payloadBytesMax)
    return refuse(
      'payload-too-large',
      `the payload has ${body.length} bytes, and at most ${limits.payloadBytesMax} are sent`,
    )
  const url = URL.parse(urlText)
  if (url === null || !/^https?:$/.test(url.protocol))
    return refuse('invalid-request', 'the address of the webhook is no http(s) address')
  if (url.port === '0') return refuse('invalid-request', 'nothing can be sent to port 0')
  const misnamed = custom.find(([name]) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name) || isReservedHeader(name))
  if (misnamed !== undefined)
    return refuse('invalid-request', `a custom header cannot have the name ${JSON.stringify(misnamed[0])}`)

  const timestamp = Math.floor(now.getTime() / 1000)
  const headers: [name: string, value: string, shown: string][] = [
    ['content-type', 'application/json', 'application/json'],
    ['user-agent', `Signalbox/${version}`, `Signalbox/${version}`],
    ['webhook-id', request.messageId, request.messageId],
    ['webhook-timestamp', String(timestamp), String(timestamp)],
  ]
  if (signingKeys.length > 0) {
    const signature = standardSignature({ messageId: request.messageId, timestamp, body }, signingKeys)
    headers.push(['webhook-signature', signature, signature])
  }
  if (wandbKey !== undefined) {
    const signature = wandbSignature(body, wandbKey, request.signatureEncoding)
    headers.push(['x-wandb-signature', signature, signature])
  }
  if (token !== undefined) headers.push(['authorization', `Bearer ${token}`, `Bearer ${maskSecret('ACCESS_TOKEN')}`])
  headers.push(...custom.map(([name, value, shown]): [string, string, string] => [name, value, shown]))
  const unsendable = headers.find(([, value]) => !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
  if (unsendable !== undefined)
    return refuse('invalid-request', `the header ${unsendable[0]} has characters that no header can hold`)
  return {
    ok: true,
    url,
    headers: headers.flatMap(([name, value]) => [name, value]),
    shownHeaders: headers.map(([name, , shown]) => [name, shown]),
    body,
  }
}

function refuse(reason: (Outcome & { kind: 'refused' })['reason'], detail: string): { ok: false; outcome: Outcome } {
  return { ok: false, outcome: { kind: 'refused', reason, detail } }
}
