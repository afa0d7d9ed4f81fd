import { isDeepStrictEqual } from 'node:util'
import type { Automation } from '../../contract/automation.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { AutomationSettings, StoredAutomation } from './automation.ts'
import {
  archiveAutomation,
  endRevision,
  insertRevision,
  lockRuleSet,
  nextRuleSetVersion,
  selectAutomation,
} from './automation-store.ts'
import { findAutomation } from './get-automation.ts'
import { presentAutomation } from './present-automation.ts'

export interface AutomationAct {
  readonly ref: string
  /** To start a refusal with: "Disabling an automation". */
  readonly toDo: string
  /** For the audit trail, `automation.disable`. */
  readonly action: string
  /** What it shall say from now on. Called with the rule set locked; the same again means that there is nothing to change. */
  readonly change: (tx: Tx, automation: StoredAutomation) => Promise<AutomationSettings> | AutomationSettings
}

/** Ends the present revision and writes the next one, from the same version of the rule set on. Takes the scope's role. */
export async function changeAutomation(
  context: Context,
  { ref, toDo, action, change }: AutomationAct,
): Promise<Automation> {
  const { automation: found, owner } = await findAutomation(context, ref, { kind: 'write', toDo })
  return context.db.tx(async (tx) => {
    const automation = await lockAutomation(tx, found, ref)
    const settings = await change(tx, automation)
    const changed = namesOfChanges(automation.settings, settings)
    if (changed.length === 0) return presentAutomation(automation, true)
    const { id: ruleSetId, version } = (await nextRuleSetVersion(tx, automation.scope))!
    await endRevision(tx, automation.id, version)
    await insertRevision(tx, {
      automationId: automation.id,
      ruleSetId,
      revision: automation.revision + 1,
      version,
      settings,
      editedBy: actorIdOf(context.actor),
    })
    recordAudit(tx, context.actor, {
      action,
      subject: spellId('automation', automation.id),
      organizationId: owner.organizationId,
      entityId: owner.id,
      details: { name: settings.name, revision: automation.revision + 1, changed },
    })
    return presentAutomation((await selectAutomation(tx, automation.id))!, true)
  })
}

/** Its history stays, its name is free, and deliveries made go on. Takes the scope's role. */
export async function deleteAutomation(context: Context, ref: string): Promise<void> {
  const { automation: found, owner } = await findAutomation(context, ref, {
    kind: 'write',
    toDo: 'Deleting an automation',
  })
  await context.db.tx(async (tx) => {
    const automation = await lockAutomation(tx, found, ref)
    const { version } = (await nextRuleSetVersion(tx, automation.scope))!
    await endRevision(tx, automation.id, version)
    await archiveAutomation(tx, automation.id)
    recordAudit(tx, context.actor, {
      action: 'automation.delete',
      subject: spellId('automation', automation.id),
      organizationId: owner.organizationId,
      entityId: owner.id,
      details: { name: automation.settings.name },
    })
  })
}

async function lockAutomation(tx: Tx, { id, ruleSetId }: StoredAutomation, ref: string): Promise<StoredAutomation> {
  await lockRuleSet(tx, ruleSetId)
  const automation = await selectAutomation(tx, id)
  if (automation === undefined) throw notFound('automation', ref)
  return automation
}

function namesOfChanges(before: AutomationSettings, after: AutomationSettings): (keyof AutomationSettings)[] {
  return (Object.keys(after) as (keyof AutomationSettings)[]).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  )
}
