import type { EntityId, WebhookId } from '../base/ids.ts'

/** The places sealed values are bound to: a value copied to another row does not open there. */
export function secretBinding(entityId: EntityId, name: string): string {
  return `secret:${entityId}:${name}`
}

export function signingSecretBinding(webhookId: WebhookId): string {
  return `signing:${webhookId}`
}
