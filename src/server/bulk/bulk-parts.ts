import type { WebhookId } from '../base/ids.ts'
import type { DeliveryVisibility } from '../deliveries/whose-deliveries.ts'

/** What verbs on many deliveries are given by the composition root. */
export interface BulkParts {
  readonly visibility: DeliveryVisibility
  /** Tells the lanes' owners that there may be work in them now. */
  readonly wake: (webhookIds: readonly WebhookId[]) => void
  /** A redelivery may have something to do. */
  readonly nudge: () => void
}
