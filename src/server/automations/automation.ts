import type { AutomationId, EntityId, PersonId, WebhookId } from '../base/ids.ts'
import type { Scope } from './event-snapshot.ts'
import type { StoredAction } from './stored-action.ts'

/** What one revision of an automation says. Its texts of JSON stay as they were sent. */
export interface AutomationSettings {
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  readonly eventType: string
  /** JSON text. */
  readonly filter: string
  readonly action: StoredAction
  /** How often it may fire in a minute for one subject before it pauses itself; 0: as often as it likes. */
  readonly firesPerMinuteMax: number
  /** Not null: it matches, and its deliveries are held; and why. */
  readonly pausedReason: string | null
}

/** An automation at its present revision. */
export interface StoredAutomation {
  readonly id: AutomationId
  readonly ruleSetId: number
  readonly scope: RuleSetPlace
  /** `team/project`, or the entity's name. */
  readonly scopeName: string
  readonly settings: AutomationSettings
  readonly webhook: UsedWebhook | undefined
  readonly revision: number
  readonly createdBy: PersonId | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What an automation needs to know of its webhook, as it is now. */
export interface UsedWebhook {
  readonly id: WebhookId
  readonly archived: boolean
  readonly disabledReason: string | null
  /** Names granted to payloads, `ACCESS_TOKEN` among them when there is one. */
  readonly granted: readonly string[]
  /** Those of them whose secret is gone. */
  readonly missing: readonly string[]
}

/** Where an automation stands: a rule set is made with the first one. */
export interface RuleSetPlace extends Scope {
  readonly projectId: number | null
  readonly entityId: EntityId
}
