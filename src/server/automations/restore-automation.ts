import type { Automation } from '../../contract/automation.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { parseId, spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { Entity } from '../places/place.ts'
import type { StoredAutomation } from './automation.ts'
import { requireScope } from './automation-scope.ts'
import {
  insertRevision,
  lockRuleSet,
  nextRuleSetVersion,
  selectAutomation,
  selectDeletedAutomation,
  unarchiveAutomation,
} from './automation-store.ts'
import { presentAutomation } from './present-automation.ts'

/**
 * Undoes a deletion: it says what it said and matches from here on; what happened meanwhile is not made up for. Refused
 * when another has its name by now. Takes the scope's role.
 */
export async function restoreAutomation(context: Context, ref: string): Promise<Automation> {
  const id = parseId('automation', ref)
  const found =
    id === undefined
      ? undefined
      : ((await selectDeletedAutomation(context.db, id)) ?? (await selectAutomation(context.db, id)))
  if (found === undefined) throw notFound('automation', ref)
  const owner = await requireScope(context, found.scope, ref, { kind: 'write', toDo: 'Restoring an automation' })
  return refuseTakenName(found.settings.name, () =>
    context.db.tx(async (tx) => {
      await lockRuleSet(tx, found.ruleSetId)
      const deleted = await selectDeletedAutomation(tx, found.id)
      if (deleted !== undefined) await restore(tx, context, deleted, owner)
      const automation = await selectAutomation(tx, found.id)
      if (automation === undefined) throw notFound('automation', ref)
      return presentAutomation(automation, true)
    }),
  )
}

async function restore(tx: Tx, { actor }: Context, automation: StoredAutomation, owner: Entity): Promise<void> {
  const { id, ruleSetId, settings } = automation
  const { version } = (await nextRuleSetVersion(tx, automation.scope))!
  const revision = automation.revision + 1
  await unarchiveAutomation(tx, id)
  await insertRevision(tx, {
    automationId: id,
    ruleSetId,
    revision,
    version,
    settings,
    editedBy: actorIdOf(actor),
  })
  recordAudit(tx, actor, {
    action: 'automation.restore',
    subject: spellId('automation', id),
    organizationId: owner.organizationId,
    entityId: owner.id,
    details: { name: settings.name, revision },
  })
}
