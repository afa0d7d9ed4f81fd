import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { waitFor } from './wait-for.ts'

/** A request as it arrived, byte for byte. */
export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly at: number
}

export type Answer = (request: ReceivedRequest, response: ServerResponse, number: number) => void

/** A real receiver on loopback. */
export interface Receiver {
  readonly url: string
  /** As the guard's allow-list names it. */
  readonly target: string
  readonly requests: readonly ReceivedRequest[]
  /** What it answers from now on. */
  answerWith(answer: Answer): void
  received(count: number): Promise<readonly ReceivedRequest[]>
  close(): Promise<void>
}

export const answerStatus =
  (status: number, headers: Record<string, string> = {}, body = 'ok'): Answer =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }

export async function startReceiver(first: Answer = answerStatus(200), port = 0): Promise<Receiver> {
  const requests: ReceivedRequest[] = []
  let answer = first
  const server = createServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers as Record<string, string>,
        body,
        at: performance.now(),
      }
      requests.push(request)
      answer(request, response, requests.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: listening } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${listening}`,
    target: `127.0.0.1:${listening}`,
    requests,
    answerWith: (next) => (answer = next),
    async received(count) {
      await waitFor(`${count} requests at the receiver`, () => requests.length >= count, 30_000)
      return requests
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch {
    // The sender went away: what came is what was received.
  }
  return Buffer.concat(chunks)
}
