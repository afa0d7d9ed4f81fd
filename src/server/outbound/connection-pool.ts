import { Client, type Dispatcher } from 'undici'
import { limits } from '../base/limits.ts'
import type { AllowList } from './allow-list.ts'
import { boundReading } from './bound-reading.ts'
import type { TlsOptions } from './outbound-request.ts'
import { poolKey } from './tls-options.ts'
import { guardedConnect, type ConnectProgress, type ConnectTimes, type Lookup } from './guarded-connect.ts'

/** One connection to one origin, in the hands of one request. */
export interface Connection {
  dispatch(request: Omit<Dispatcher.DispatchOptions, 'origin'>, handler: Dispatcher.DispatchHandler): void
  /** Times of the connection that this request had to make; undefined when it used the one that was there. */
  connectTimes(): ConnectTimes | undefined
  /** How far the connection has come that this request has to make; undefined when there is one. */
  connectProgress(): ConnectProgress | undefined
  /** Ready for another request, or to be thrown away. */
  release(reusable: boolean): void
}

export interface ConnectionPool {
  take(origin: string, tls: TlsOptions): Connection
  close(): Promise<void>
}

export interface PoolParts {
  readonly allowList: AllowList
  readonly lookup: Lookup
  readonly monotonicMs: () => number
}

/**
 * Keeps idle connections by origin and TLS options, the latest used first, and knows of each request whether it made its connection
 * and how long that took. How many are in use is decided by the lanes; here only the idle ones are bounded.
 */
export function makeConnectionPool(parts: PoolParts): ConnectionPool {
  const idle = new Map<string, Held[]>()
  let idleCount = 0
  let closed = false

  function open(origin: string, tls: TlsOptions): Held {
    const abandon = new AbortController()
    const held: Held = {
      client: undefined as never,
      connected: undefined,
      progress: undefined,
      reading: undefined,
      abandon,
    }
    const connect = guardedConnect({
      ...parts,
      tls,
      connectMsMax: limits.timeoutMsMax,
      onProgress: (progress) => (held.progress = progress),
      onConnected(times, socket) {
        held.connected = times
        held.progress = undefined
        held.reading = boundReading(socket)
      },
      abandoned: abandon.signal,
    })
    held.client = new Client(origin, {
      connect,
      pipelining: 1,
      maxHeaderSize: limits.responseHeaderBytesMax,
      // The deadline of the request covers these.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: limits.idleConnectionMsMax,
      keepAliveMaxTimeout: limits.idleConnectionMsMax,
      maxResponseSize: -1,
    })
    return held
  }

  function drop(held: Held): void {
    held.abandon.abort()
    void held.client.destroy().catch(() => {})
  }

  return {
    take(origin, tls) {
      const key = poolKey(origin, tls)
      const waiting = idle.get(key)
      const held = waiting?.pop() ?? open(origin, tls)
      if (waiting !== undefined) {
        idleCount = Math.max(0, idleCount - 1)
        if (waiting.length === 0) idle.delete(key)
      }
      held.connected = undefined
      held.reading?.nextRequest()
      return {
        dispatch: (request, handler) => void held.client.dispatch({ ...request, origin }, handler),
        connectTimes: () => held.connected,
        connectProgress: () => held.progress,
        release(reusable) {
          if (closed || !reusable || held.client.closed || held.client.destroyed) return drop(held)
          const list = idle.get(key) ?? []
          list.push(held)
          idle.delete(key)
          idle.set(key, list)
          idleCount += 1
          if (list.length > limits.idleConnectionsPerOriginMax) {
            drop(list.shift()!)
            idleCount -= 1
          }
          if (idleCount > limits.idleConnectionsMax) {
            const [oldest, theirs] = [...idle][0]!
            drop(theirs.shift()!)
            idleCount -= 1
            if (theirs.length === 0) idle.delete(oldest)
          }
        },
      }
    },
    async close() {
      closed = true
      const all = [...idle.values()].flat()
      idle.clear()
      idleCount = 0
      await Promise.all(all.map((held) => held.client.destroy().catch(() => {})))
    },
  }
}

interface Held {
  client: Client
  connected: ConnectTimes | undefined
  progress: ConnectProgress | undefined
  reading: ReturnType<typeof boundReading> | undefined
  readonly abandon: AbortController
}
