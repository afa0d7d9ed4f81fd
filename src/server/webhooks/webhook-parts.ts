import type { WebhookId } from '../base/ids.ts'
import type { UrlVerdict } from '../outbound/check-url.ts'
import type { Keyring } from '../secrets/keyring.ts'

/** What the verbs on webhooks are given by the composition root. */
export interface WebhookParts {
  readonly keyring: Keyring
  readonly checkUrl: CheckUrl
  /** The operator lets webhooks do without verifying certificates. */
  readonly allowUnverifiedTls: boolean
  /** Tells the lanes' owners that there may be work in them now. */
  readonly wake: (webhookIds: readonly WebhookId[]) => void
}

/** What the guard says of an address: refused for what it is, or kept with a warning for what it may turn out to be. */
export type CheckUrl = (url: string) => Promise<UrlVerdict>
