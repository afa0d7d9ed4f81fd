import { accessTokenName } from '../../contract/secret.ts'
import type { Webhook } from '../../contract/webhook.ts'

/** Names of the secrets that a payload to it may hold. */
export function lentBy({
  granted_secrets,
  access_token,
}: Pick<Webhook, 'granted_secrets' | 'access_token'>): readonly string[] {
  return [...granted_secrets, ...(access_token === null ? [] : [accessTokenName])]
}
