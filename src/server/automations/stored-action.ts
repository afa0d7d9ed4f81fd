import type { WebhookId } from '../base/ids.ts'

/** An automation's action as `automation_revisions.action` holds it. */
export type StoredAction =
  | { readonly type: 'no_op' }
  | {
      readonly type: 'webhook'
      readonly webhookId: WebhookId
      /** The payload template as it was sent. */
      readonly template: string
      /** Names of the secrets the template used when it was saved, `ACCESS_TOKEN` included. */
      readonly secrets: readonly string[]
    }
