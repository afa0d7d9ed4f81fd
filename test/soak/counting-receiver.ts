import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A receiver that keeps of each request only which number came, so that a million of them fit. */
export interface CountingReceiver {
  readonly url: string
  /** As the guard's allow-list names it. */
  readonly target: string
  /** How often each number came. */
  readonly arrivals: ReadonlyMap<number, number>
  close(): Promise<void>
}

export async function startCountingReceiver(): Promise<CountingReceiver> {
  const arrivals = new Map<number, number>()
  const server = createServer((incoming, response) => {
    let text = ''
    incoming.setEncoding('utf8')
    incoming.on('data', (piece: string) => (text += piece))
    incoming.on('error', () => {})
    incoming.on('end', () => {
      const { n } = JSON.parse(text) as { n: number }
      arrivals.set(n, (arrivals.get(n) ?? 0) + 1)
      // Some wait, so that every kill meets requests under way.
      setTimeout(() => response.writeHead(200).end(), n % 10 === 0 ? 200 : 5)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const target = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${target}`,
    target,
    arrivals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
