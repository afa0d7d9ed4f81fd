import type { TlsOptions } from './outbound-request.ts'

/** Names the setting in refusals. */
export const unverifiedTlsSetting = 'SIGNALBOX_ALLOW_UNVERIFIED_TLS'

/** What a connection of these options is opened with. Nothing older than TLS 1.2 is spoken. */
export function tlsConnectOptions({ ca, verify }: TlsOptions): {
  readonly minVersion: 'TLSv1.2'
  readonly rejectUnauthorized: boolean
  readonly ca?: string
} {
  return { minVersion: 'TLSv1.2', rejectUnauthorized: verify, ...(ca === null ? {} : { ca }) }
}

/** Connections of one origin are shared only by requests that trust the same. */
export function poolKey(origin: string, { ca, verify }: TlsOptions): string {
  return `${origin} ${verify ? 'verified' : 'unverified'} ${ca ?? ''}`
}
