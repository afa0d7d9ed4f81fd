import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { isIP, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { TlsOptions } from './outbound-request.ts'
import { tlsConnectOptions } from './tls-options.ts'
import { boundHandshake } from './bound-reading.ts'
import type { AllowList } from './allow-list.ts'
import { judgeAddress } from './judge-address.ts'

/** Finds every address of a name. */
export type Lookup = (host: string, callback: (error: Error | null, addresses: LookupAddress[]) => void) => void

export const lookupAll: Lookup = (host, callback) => systemLookup(host, { all: true }, callback)

/** The guard refused the connection: no packet left. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError'
  readonly code = 'SIGNALBOX_BLOCKED'
}

/** The name has no address. */
export class NameNotFoundError extends Error {
  override readonly name = 'NameNotFoundError'
  readonly code = 'SIGNALBOX_DNS'
}

export interface ConnectTimes {
  dnsMs: number
  connectMs: number
  tlsMs: number
}

/** How far a connection has come: what it does now, since when, and how long took what it has done. */
export interface ConnectProgress {
  readonly phase: 'dns' | 'connect' | 'tls'
  readonly sinceMs: number
  readonly times: ConnectTimes
}

export interface GuardedConnectParts {
  readonly allowList: AllowList
  readonly lookup: Lookup
  readonly tls: TlsOptions
  readonly connectMsMax: number
  readonly monotonicMs: () => number
  /** Told at the beginning of each phase. */
  readonly onProgress: (progress: ConnectProgress) => void
  /** Told once per new connection, before it is used. */
  readonly onConnected: (times: ConnectTimes, socket: Socket) => void
  /** Gives up what is under way: by itself a connection attempt knows nothing of its request's deadline. */
  readonly abandoned: AbortSignal
}

/**
 * A connector that vets addresses inside the socket's own lookup, so that a name which resolves differently a moment
 * later gains nothing; literals, which skip the lookup, are vetted first. One forbidden address refuses the whole name.
 */
export function guardedConnect({
  allowList,
  lookup,
  tls,
  connectMsMax,
  monotonicMs,
  onProgress,
  onConnected,
  abandoned,
}: GuardedConnectParts): buildConnector.connector {
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    const startedAt = monotonicMs()
    let resolvedAt = startedAt
    let connectedAt: number | undefined
    const times = { dnsMs: 0, connectMs: 0, tlsMs: 0 }
    onProgress({ phase: isIP(host) === 0 ? 'dns' : 'connect', sinceMs: startedAt, times })
    if (isIP(host) !== 0) {
      const judgement = judgeAddress(host, { host, port }, allowList)
      if (!judgement.allowed) return void callback(new BlockedAddressError(judgement.why), null)
    }
    const overTcp = buildConnector({
      timeout: connectMsMax,
      autoSelectFamily: true,
      lookup: (name, _options, found) =>
        lookup(name, (error, addresses) => {
          resolvedAt = monotonicMs()
          times.dnsMs = resolvedAt - startedAt
          if (error !== null || addresses.length === 0)
            return found(new NameNotFoundError(`the name ${name} has no address`), [])
          for (const { address } of addresses) {
            const judgement = judgeAddress(address, { host: name, port }, allowList)
            if (!judgement.allowed) return found(new BlockedAddressError(judgement.why), [])
          }
          onProgress({ phase: 'connect', sinceMs: resolvedAt, times })
          found(null, addresses)
        }),
    })
    const { hostname } = options
    let current = overTcp({ hostname, protocol: 'http:', port: String(port) }, (error, connected) => {
      if (error !== null || connected === null) return end(error ?? new Error('no socket'), null)
      connectedAt = monotonicMs()
      times.connectMs = connectedAt - resolvedAt
      if (options.protocol !== 'https:') return end(null, connected)
      onProgress({ phase: 'tls', sinceMs: connectedAt, times })
      const overTls = buildConnector({ ...tlsConnectOptions(tls), timeout: connectMsMax, allowH2: false })
      const handshake = overTls({ ...options, httpSocket: connected }, (failure, secured) => {
        endLooking()
        end(failure, secured)
      }) as unknown as Socket
      current = handshake
      const endLooking = boundHandshake(connected, handshake)
    }) as unknown as Socket

    function end(error: Error | null, connected: Socket | null): void {
      abandoned.removeEventListener('abort', giveUp)
      if (error !== null || connected === null) return void callback(error ?? new Error('no socket'), null)
      const tcpAt = connectedAt ?? monotonicMs()
      const tlsMs = options.protocol === 'https:' ? monotonicMs() - tcpAt : 0
      onConnected({ dnsMs: resolvedAt - startedAt, connectMs: tcpAt - resolvedAt, tlsMs }, connected)
      callback(null, connected)
    }
    function giveUp(): void {
      current.destroy(new Error('the connection attempt was given up'))
    }
    if (abandoned.aborted) giveUp()
    else abandoned.addEventListener('abort', giveUp, { once: true })
  }
}
