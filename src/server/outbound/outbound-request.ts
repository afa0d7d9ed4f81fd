import type { PayloadPart } from '../../contract/payload.ts'

/** One request to make. Secrets are named here and filled in inside this room only. */
export interface OutboundRequest {
  /** Where the values of its secrets come from. */
  readonly secretsOf: SecretSource
  readonly url: readonly PayloadPart[]
  readonly headers: readonly (readonly [name: string, value: readonly PayloadPart[]])[]
  readonly body: readonly PayloadPart[]
  /** The `webhook-id` header. */
  readonly messageId: string
  /** Sends `Authorization: Bearer <access token>`. */
  readonly hasAccessToken: boolean
  /** Name of the secret that keys `X-Wandb-Signature`; null: the signing secret does. */
  readonly compatibleSecret: string | null
  readonly signatureEncoding: 'base64' | 'hex' | 'sha256=hex'
  /** For name, connection, TLS, headers and body together. */
  readonly timeoutMs: number
  readonly tls: TlsOptions
}

export interface TlsOptions {
  /** PEM certificates to trust instead of the usual authorities; null: those. */
  readonly ca: string | null
  /** False: any certificate is taken, where the operator allows that. */
  readonly verify: boolean
}

/** A stored webhook at this version of its entity or a newer one, or settings that are not saved. */
export type SecretSource =
  | { readonly kind: 'webhook'; readonly webhookId: number; readonly version: number }
  | {
      readonly kind: 'draft'
      readonly entityId: number
      readonly accessToken: string | null
      readonly names: readonly string[]
      /** The webhook whose signing secrets sign, or a secret made for this request. */
      readonly signing: { readonly webhookId: number } | { readonly secret: string }
    }

/** Values of secrets. This room declares what it needs; the composition root hands it over. */
export type RevealSecrets = (of: SecretSource) => Promise<RevealedSecrets>

/** Names of the secrets that a request is filled, keyed or authorized with; the access token as `ACCESS_TOKEN`. */
export function secretNamesOf({ url, headers, body, hasAccessToken, compatibleSecret }: OutboundRequest): string[] {
  const parts = [...url, ...body, ...headers.flatMap(([, value]) => value)]
  const names = parts.flatMap((part) => (typeof part === 'string' ? [] : part.secret))
  if (hasAccessToken) names.push('ACCESS_TOKEN')
  if (compatibleSecret !== null) names.push(compatibleSecret)
  return [...new Set(names)]
}

export interface RevealedSecrets {
  /** By name; the access token under `ACCESS_TOKEN`. */
  readonly values: ReadonlyMap<string, string>
  /** `whsec_…`, the current one first. */
  readonly signingSecrets: readonly string[]
}

/** What the attempt met. A failure of the receiver or the network is a value, never an exception. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly status: number }
  | { readonly kind: 'rejected'; readonly status: number; readonly retryAfterMs: number | undefined }
  | {
      readonly kind: 'unreachable'
      /** connect: nothing listens. route: nobody answers. tls: the certificate. handshake: no TLS at all. */
      readonly reason: 'dns' | 'connect' | 'route' | 'tls' | 'handshake' | 'reset' | 'protocol'
      readonly detail: string
    }
  | {
      readonly kind: 'unreachable'
      readonly reason: 'timeout'
      /** What did not end in time. */
      readonly phase: Phase
      readonly detail: string
    }
  | {
      readonly kind: 'refused'
      readonly reason:
        | 'blocked-address'
        | 'missing-secret'
        | 'payload-too-large'
        | 'invalid-request'
        | 'webhook-gone'
        | 'unverified-tls'
      readonly detail: string
    }

export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface SendResult {
  readonly outcome: Outcome
  readonly startedAt: Date
  readonly phasesMs: PhasesMs
  readonly reusedConnection: boolean
  /** As sent, with secret values replaced by `‹secret NAME›`. */
  readonly requestHeaders: HeaderList
  readonly answer?: Answer
}

/** What a request goes through, in this order. */
export type Phase = keyof PhasesMs

/** dns, connect and tls are 0 where a connection was reused. */
export interface PhasesMs {
  readonly dns: number
  readonly connect: number
  readonly tls: number
  readonly firstByte: number
  readonly body: number
}

/** Masked: holds no secret value that was used in the request. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderList
  /** Null where only the length may be kept. */
  readonly body: Buffer | null
  /** As far as it was read. */
  readonly bodyBytes: number
  readonly truncated: boolean
}
