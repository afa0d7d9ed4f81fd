import type { PayloadPart } from '../../contract/payload.ts'

/** One request to make. Secrets are named here and filled in inside this room only. */
export interface OutboundRequest {
  readonly webhookId: number
  /** The entity's receivers_version: revealed values are of this version or newer. */
  readonly version: number
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
}

/** Values of a webhook's secrets. This room declares what it needs; the composition root hands it over. */
export type RevealSecrets = (webhookId: number, version: number) => Promise<RevealedSecrets>

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
      readonly reason: 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'protocol'
      readonly detail: string
    }
  | {
      readonly kind: 'refused'
      readonly reason: 'blocked-address' | 'missing-secret' | 'payload-too-large' | 'invalid-request' | 'webhook-gone'
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
