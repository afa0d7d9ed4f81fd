import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseId, spellId, type EntityId, type WebhookId } from '../base/ids.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Queryable } from '../database/database.ts'
import { findForgery } from '../outbound/verify-signature.ts'
import type { Revealer } from '../secrets/reveal.ts'
import { selectWebhooksTo } from './built-in-receiver-store.ts'

/** A request that arrived; its body, which may hold secrets, is not kept. */
export interface Arrival {
  readonly at: Date
  /** Whose signature it carries. */
  readonly webhookId: WebhookId | undefined
  readonly messageId: string | undefined
  /** Why it is not verified; undefined when it is. */
  readonly forgery: string | undefined
  readonly bytes: number
}

export interface BuiltInReceiver {
  /** As the guard's allow-list names it. */
  readonly target: string
  urlOf(entityId: EntityId): string
  /** Newest first. */
  arrivalsOf(entityId: EntityId): readonly Arrival[]
  stop(): Promise<void>
}

export interface BuiltInReceiverParts {
  readonly listen: { readonly host: string; readonly port: number }
  readonly db: Queryable
  readonly clock: Clock
  readonly log: Log
  readonly reveal: Revealer
}

/**
 * A receiver of our own on a loopback address, for who has none yet: an address for each team, verified like any receiver
 * would. It is a listener of its own, so that the guard lets webhooks reach it and nothing else of this server. Undefined
 * where its port is taken: it is no reason not to start.
 */
export async function startBuiltInReceiver(parts: BuiltInReceiverParts): Promise<BuiltInReceiver | undefined> {
  const { listen, log } = parts
  const arrivals = new Map<EntityId, readonly Arrival[]>()
  const server = createServer({ requestTimeout: limits.receivedMsMax }, (request, response) => {
    receive(request, response).catch(() => response.destroy())
  })
  server.maxConnections = limits.receiverConnectionsMax
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(listen.port, listen.host, resolve)
    })
  } catch (error) {
    log.warn('receiver.not_started', { ...listen, error: String(error) })
    return undefined
  }
  const { port } = server.address() as AddressInfo
  const target = `${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`
  const urlOf = (entityId: EntityId): string => `http://${target}/${spellId('entity', entityId)}`

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const entityId = parseId('entity', request.url?.slice(1) ?? '')
    if (request.method !== 'POST' || entityId === undefined) return answer(response, 404, 'nothing is here')
    const body = await readBody(request)
    if (body === undefined) {
      response.once('finish', () => request.destroy())
      return answer(response, 413, 'it is too long')
    }
    const webhooks = await selectWebhooksTo(parts.db, entityId, urlOf(entityId))
    if (webhooks.length === 0)
      return answer(response, 200, 'no saved webhook sends here, so there is nothing to verify it with')
    const arrival = await verify(parts, { entityId, webhooks, request, body })
    arrivals.set(entityId, [arrival, ...(arrivals.get(entityId) ?? [])].slice(0, limits.arrivalsKeptMax))
    if (arrivals.size > limits.receivedTeamsMax) arrivals.delete(arrivals.keys().next().value!)
    answer(response, arrival.forgery === undefined ? 200 : 401, arrival.forgery)
  }

  return {
    target,
    urlOf,
    arrivalsOf: (entityId) => arrivals.get(entityId) ?? [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Received {
  readonly entityId: EntityId
  readonly webhooks: readonly WebhookId[]
  readonly request: IncomingMessage
  readonly body: Buffer
}

async function verify(
  { reveal, clock }: Pick<BuiltInReceiverParts, 'reveal' | 'clock'>,
  { entityId, webhooks, request: { headers }, body }: Received,
): Promise<Arrival> {
  const at = clock.now()
  const messageId = headers['webhook-id']
  const common = { at, messageId: typeof messageId === 'string' ? messageId : undefined, bytes: body.length }
  let forgery: string | undefined
  for (const webhookId of webhooks) {
    const signing = { webhookId }
    const { signingSecrets } = await reveal({ kind: 'draft', entityId, accessToken: null, names: [], signing })
    forgery = findForgery(headers, body, { signingSecrets, now: at })
    if (forgery === undefined) return { ...common, webhookId, forgery }
  }
  return { ...common, webhookId: undefined, forgery }
}

/** Undefined as soon as it is longer than what is taken. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= limits.requestBytesMax) return void chunks.push(chunk)
      request.pause()
      resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the sender went away')))
  })
}

/** Undefined: it is verified. */
function answer(response: ServerResponse, status: number, why: string | undefined): void {
  const verified = why === undefined
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(verified ? { 'signalbox-signature': 'verified' } : {}),
  })
  response.end(JSON.stringify(verified ? { verified } : { verified, detail: why }))
}
