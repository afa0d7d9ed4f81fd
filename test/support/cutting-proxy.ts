import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** Stands between Signalbox and PostgreSQL, and can cut a connection after a statement arrived and before its answer. */
export interface CuttingProxy {
  readonly url: string
  readonly cuts: number
  /** Cuts the next connection on which the text passes; the database has then done what it was told. */
  cutAfter(text: string): void
  /** Whatever the database answers comes so much later from now on; 0: at once again, when nothing is on its way. */
  slowBy(ms: number): void
  /** Every connection breaks, and new ones are refused until `restore`. */
  breakAll(): void
  restore(): void
  /** New connections go to this database. */
  leadTo(databaseUrl: string): void
  close(): Promise<void>
}

export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  let target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let waitingFor: string | undefined
  let cuts = 0
  let broken = false
  let slowMs = 0
  const server = createServer((client) => {
    if (broken) return void client.destroy()
    const upstream = connectTo(target)
    let swallow = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (chunk) => {
      if (waitingFor !== undefined && chunk.includes(waitingFor)) {
        waitingFor = undefined
        swallow = true
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      if (!swallow) {
        // Timers of one length end in the order in which they were set, so the bytes stay in order.
        if (slowMs === 0) client.write(chunk)
        else setTimeout(() => client.write(chunk), slowMs)
        return
      }
      // The answer means that it is done; nobody will hear it.
      cuts += 1
      client.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    get cuts() {
      return cuts
    },
    slowBy: (ms) => (slowMs = ms),
    cutAfter: (text) => (waitingFor = text),
    breakAll() {
      broken = true
      for (const socket of sockets) socket.destroy()
    },
    restore: () => (broken = false),
    leadTo: (other) => (target = new URL(other)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A host, or a folder with the socket, percent-encoded where the host would stand. */
function connectTo(target: URL): Socket {
  const host = decodeURIComponent(target.hostname)
  if (host.startsWith('/')) return connect(`${host}/.s.PGSQL.${target.port === '' ? 5432 : target.port}`)
  return connect(Number(target.port === '' ? 5432 : target.port), host)
}
