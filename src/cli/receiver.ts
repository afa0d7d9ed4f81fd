import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook, type Verification, type VerifyWith } from '../sdk/verify-webhook.ts'

/** A request that came in, and whether it is what it says. */
export interface Arrival {
  readonly at: Date
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly verification: Verification
}

export interface Receiver {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

export interface ReceiverOptions {
  /** 0: any that is free. */
  readonly port: number
  /** What it verifies with; asked at each request. */
  readonly secrets: () => Pick<VerifyWith, 'signingSecrets' | 'wandbSecret'>
  /** Takes what arrived, and says the HTTP status that it is answered with. */
  readonly onArrival: (arrival: Arrival) => number
}

export const receiverLimits = { bodyBytesMax: 1024 * 1024, requestMsMax: 30_000 } as const

/** A receiver on 127.0.0.1 that verifies what it gets: what `listen` shows, and `try` sends to. */
export async function startReceiver({ port, secrets, onArrival }: ReceiverOptions): Promise<Receiver> {
  const server = createServer({ requestTimeout: receiverLimits.requestMsMax }, (request, response) => {
    receive(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: listening } = server.address() as AddressInfo
  return {
    port: listening,
    url: `http://127.0.0.1:${listening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end('too long', () => request.destroy())
      return
    }
    const { method = '', url: path = '/', headers } = request
    const at = new Date()
    const verification = await verifyWebhook(headers, body, { ...secrets(), now: at })
    response.writeHead(onArrival({ at, method, path, headers, body, verification })).end()
  }
}

/** Undefined as soon as it is longer than what is taken. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= receiverLimits.bodyBytesMax) return void chunks.push(chunk)
      request.pause()
      resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the sender went away')))
  })
}
