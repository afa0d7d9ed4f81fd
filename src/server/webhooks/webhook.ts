import { accessTokenName } from '../../contract/secret.ts'
import type { NewWebhook } from '../../contract/webhook.ts'
import type { Owner } from '../access/roles.ts'
import type { WebhookId } from '../base/ids.ts'
import type { Grants } from '../templates/bind-secrets.ts'

/** Everything a person may set; the words of the wire. */
export type WebhookSettings = NewWebhook

/** A receiver: where requests go, what they may hold, how they are signed and how fast they come. */
export interface StoredWebhook {
  readonly id: WebhookId
  readonly entity: Owner & { readonly name: string }
  readonly settings: WebhookSettings
  readonly paused: boolean
  /** How many deliveries wait for it; null while it sends. */
  readonly held: number | null
  readonly disabledAt: Date | null
  readonly disabledReason: string | null
  /** Names it refers to that its entity has no secret of. */
  readonly missingSecrets: readonly string[]
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What payloads, headers and the address may hold. The compatible secret is granted, as the SDK expects. */
export function grantsOf({
  access_token,
  secret,
  granted_secrets,
}: Pick<WebhookSettings, 'access_token' | 'secret' | 'granted_secrets'>): Grants {
  return {
    secretNames: new Set(secret === null ? granted_secrets : [secret, ...granted_secrets]),
    hasAccessToken: access_token !== null,
  }
}

/** The same as one set of names, `ACCESS_TOKEN` among them. */
export function grantedNames(
  settings: Pick<WebhookSettings, 'access_token' | 'secret' | 'granted_secrets'>,
): ReadonlySet<string> {
  const { secretNames, hasAccessToken } = grantsOf(settings)
  return hasAccessToken ? new Set([...secretNames, accessTokenName]) : secretNames
}

/** Scheme, host and port: all that may stand in lists, logs and audit. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}
