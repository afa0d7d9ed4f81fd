import type { LookupAddress } from 'node:dns'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/server/base/clock.ts'
import { parseAllowList } from '../../src/server/outbound/allow-list.ts'
import { lookupAll, type Lookup } from '../../src/server/outbound/guarded-connect.ts'
import { makeSender, type Sender } from '../../src/server/outbound/make-sender.ts'
import type { OutboundRequest, RevealedSecrets } from '../../src/server/outbound/outbound-request.ts'

export const noSecrets: RevealedSecrets = { values: new Map(), signingSecrets: [] }

/** A request to this address with nothing special about it. */
export function requestTo(url: string, changes: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    secretsOf: { kind: 'webhook', webhookId: 1, version: 1 },
    url: [url],
    headers: [],
    body: ['{}'],
    messageId: 'msg_1',
    hasAccessToken: false,
    compatibleSecret: null,
    signatureEncoding: 'base64',
    timeoutMs: 5_000,
    tls: { ca: null, verify: true },
    ...changes,
  }
}

/** The real sender; closed when the test ends. */
export function startSender(
  allowed: string,
  secrets: RevealedSecrets = noSecrets,
  lookup: Lookup = lookupAll,
  allowUnverifiedTls = false,
): Sender {
  const sender = makeSender({
    allowList: parseAllowList(allowed),
    clock: systemClock,
    reveal: () => Promise.resolve(secrets),
    version: '0',
    allowUnverifiedTls,
    lookup,
  })
  onTestFinished(() => sender.close())
  return sender
}

/** Answers with these addresses, one list for each question; the last for all that follow. */
export function answersOf(...lists: readonly (readonly string[])[]): Lookup {
  let asked = 0
  return (_host, found) => {
    const list = lists[Math.min(asked, lists.length - 1)]!
    asked += 1
    const addresses: LookupAddress[] = list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    setImmediate(() => found(null, addresses))
  }
}

export interface RawReceiver {
  readonly port: number
  /** Connections that were made. */
  readonly connections: readonly Socket[]
}

/** Speaks whatever the test wants, byte by byte; `onRequest` when the first bytes of a request came. */
export async function startRawReceiver(
  onRequest: (socket: Socket, number: number) => void,
  listenOn: string | undefined = '127.0.0.1',
): Promise<RawReceiver> {
  const connections: Socket[] = []
  let requests = 0
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.push(socket)
    // The sender may go away at any moment.
    socket.on('error', () => {})
    socket.on('end', () => socket.end())
    socket.on('data', () => onRequest(socket, (requests += 1)))
  })
  await new Promise<void>((resolve) => server.listen(0, listenOn, resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of connections) socket.destroy()
        server.close(() => resolve())
      }),
  )
  return { port: (server.address() as AddressInfo).port, connections }
}
