import type { Automation, NewAutomation } from '../../contract/automation.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { AutomationSettings } from './automation.ts'
import { getScope, type ScopeRef } from './automation-scope.ts'
import {
  ensureRuleSet,
  insertAutomation,
  insertRevision,
  nextRuleSetVersion,
  selectAutomation,
} from './automation-store.ts'
import { presentAutomation } from './present-automation.ts'
import { settleAction } from './settle-action.ts'

/** Every event accepted after this has answered is judged by it. Takes the role that `getScope` asks for. */
export async function createAutomation(context: Context, ref: ScopeRef, input: NewAutomation): Promise<Automation> {
  const { place, owner } = await getScope(context, ref, { kind: 'write', toDo: 'Creating an automation' })
  const { name, description, enabled, event_type: eventType, filter, action, strict } = input
  const firesPerMinuteMax = input.fires_per_minute_max
  return refuseTakenName(name, () =>
    context.db.tx(async (tx) => {
      // The rule set is locked before the webhook, as in every edit.
      await ensureRuleSet(tx, place)
      const { id: ruleSetId, version } = (await nextRuleSetVersion(tx, place))!
      const stored = await settleAction(tx, context, {
        scopeType: place.type,
        eventType,
        filter,
        action,
        strict,
        keptSecrets: [],
      })
      const settings: AutomationSettings = {
        name,
        description,
        enabled,
        eventType,
        filter: JSON.stringify(filter),
        action: stored,
        firesPerMinuteMax,
        pausedReason: null,
      }
      const editedBy = actorIdOf(context.actor)
      const automationId = await insertAutomation(tx, { ruleSetId, settings, createdBy: editedBy })
      await insertRevision(tx, {
        automationId,
        ruleSetId,
        revision: 1,
        version,
        settings,
        editedBy,
      })
      recordAudit(tx, context.actor, {
        action: 'automation.create',
        subject: spellId('automation', automationId),
        organizationId: owner.organizationId,
        entityId: owner.id,
        details: {
          name,
          event_type: eventType,
          enabled,
          ...(stored.type === 'webhook' ? { webhook: spellId('webhook', stored.webhookId) } : {}),
        },
      })
      return presentAutomation((await selectAutomation(tx, automationId))!, true)
    }),
  )
}
