import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook, type Verification, type VerifyWith } from '../sdk/verify-webhook.ts'

/** A request that came in, and whether it is what it says. */
export interface Arrival {
  readonly at: Date
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
  readonly verification: Verification
}

export interface Receiver {
  readonly port: number
  close(): Promise<void>
}

export interface ReceiverOptions {
  readonly port: number
  /** What it answers; requests that cannot be verified are answered 401 when there is a secret to verify them with. */
  readonly status: number
  readonly secrets: () => Omit<VerifyWith, 'now'>
  readonly onArrival: (arrival: Arrival) => void
}

const bodyBytesMax = 1024 * 1024

/** A receiver on 127.0.0.1 that verifies what it gets: what `listen` shows, and `try` sends to. */
export async function startReceiver({ port, status, secrets, onArrival }: ReceiverOptions): Promise<Receiver> {
  const server = createServer((request, response) => {
    receive(request, secrets())
      .then((arrival) => {
        if (arrival === undefined) return void response.writeHead(413).end('too long')
        const hasSecret = secrets().wandbSecret !== undefined || (secrets().signingSecrets ?? []).length > 0
        response.writeHead(hasSecret && !arrival.verification.verified ? 401 : status).end()
        onArrival(arrival)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function receive(request: IncomingMessage, secrets: Omit<VerifyWith, 'now'>): Promise<Arrival | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  const at = new Date()
  const body = Buffer.concat(chunks)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
  const verification = await verifyWebhook(headers, new Uint8Array(body), { ...secrets, now: at })
  return { at, path: request.url ?? '/', headers, body, verification }
}
