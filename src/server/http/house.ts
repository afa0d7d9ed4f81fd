import type { TryLimits } from '../access/limit-tries.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { BulkParts } from '../bulk/bulk-parts.ts'
import type { Database } from '../database/database.ts'
import type { DeliveryVisibility } from '../deliveries/whose-deliveries.ts'
import type { EventDoor } from '../events/event-door.ts'
import type { StreamHub } from '../events/stream-hub.ts'
import type { SetUpGate } from '../people/set-up-gate.ts'
import type { SignInGate } from '../people/sign-in.ts'
import type { RegistryParts } from '../registry/record-happenings.ts'
import type { Keyring } from '../secrets/keyring.ts'
import type { OpenReceiver } from '../trials/read-receiver.ts'
import type { TestParts } from '../trials/test-webhook.ts'
import type { WebhookParts } from '../webhooks/webhook-parts.ts'

/** What the composition root hands the doors: every part that a verb is given, built once. */
export interface House {
  readonly version: string
  readonly clock: Clock
  readonly db: Database
  readonly log: Log
  /** Where the built pages of the web app are; undefined: this server has none. */
  readonly pagesFolder: string | undefined
  readonly trustedProxies: readonly string[]
  readonly keyring: Keyring
  readonly setUpGate: SetUpGate
  readonly signInGate: SignInGate
  readonly webhooks: WebhookParts
  readonly tests: TestParts
  /** Undefined: this server runs none. */
  readonly receiver: OpenReceiver | undefined
  readonly simulationTries: TryLimits
  readonly eventDoor: EventDoor
  readonly registry: RegistryParts
  readonly deliveryVisibility: DeliveryVisibility
  readonly deliverySearches: TryLimits
  readonly bulk: BulkParts
  readonly stream: StreamHub
  /** For whoever has the token; undefined: nobody reads them. */
  readonly metrics: { readonly token: string; readonly read: () => Promise<string> } | undefined
  /** What has to be at hand for this server to be of use. */
  readonly readiness: readonly ReadinessCheck[]
  /** True while the embedded database would run out of room: then nothing is written. */
  readonly diskIsNearlyFull: () => boolean
}

export interface ReadinessCheck {
  readonly name: string
  /** Why it is not at hand; undefined when it is. */
  readonly check: () => Promise<string | undefined>
}
