import type { Tx } from '../database/database.ts'
import { archiveAutomationsOf, nextRuleSetVersion } from './automation-store.ts'
import type { Scope } from './event-snapshot.ts'

/** Archives the automations of a scope that is being deleted: they fire no more, and their history stays. */
export async function archiveScope(tx: Tx, scope: Scope): Promise<void> {
  const ruleSet = await nextRuleSetVersion(tx, scope)
  if (ruleSet !== undefined) await archiveAutomationsOf(tx, ruleSet.id, ruleSet.version)
}
