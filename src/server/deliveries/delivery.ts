import type { AutomationId, DeliveryId, EntityId, EventId, WebhookId } from '../base/ids.ts'

/** Our duty to carry one action out for one event. Unfinished ones stand in `queue`, finished ones in `deliveries`. */
export interface DeliveryKey {
  readonly id: DeliveryId
  /** Names the claim under which it is sent; every write after a claim names it, or changes nothing. */
  readonly claimId: ClaimId
}

/** Made by the claimer from its worker id and a counter; never used twice. */
export type ClaimId = number & { readonly claim?: unique symbol }
export type WorkerId = number & { readonly worker?: unique symbol }

/** A row in the hands of this process, to be sent now. */
export interface ClaimedDelivery extends DeliveryKey {
  readonly eventId: EventId | null
  readonly automationId: AutomationId | null
  readonly webhookId: WebhookId
  readonly teamId: EntityId
  readonly messageId: string
  /** Numbered from 1; counted when it was claimed. */
  readonly attempt: number
  /** The webhook's settings and secrets are read at this version of its entity, or a newer one. */
  readonly receiversVersion: number
  readonly createdAt: Date
  /** Encoded payload parts, see `payload-body.ts`. */
  readonly body: Buffer
}

// Codes in the tables. They are part of the schema: add, never renumber.
export const queueState = { waiting: 0, sending: 1, held: 2 } as const
export const laneOf = { first: 0, retry: 1 } as const
export const finishedStatus = { succeeded: 0, failed: 1, skipped: 2, cancelled: 3, expired: 4 } as const

export type QueueState = keyof typeof queueState
export type LaneName = keyof typeof laneOf
export type FinishedStatus = keyof typeof finishedStatus

export function nameOf<N extends string>(codes: Readonly<Record<N, number>>, code: number): N {
  for (const name in codes) if (codes[name] === code) return name
  throw new Error(`no name for code ${code}`)
}
