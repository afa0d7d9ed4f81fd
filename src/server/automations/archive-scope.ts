import type { Tx } from '../database/database.ts'
import { archiveAutomationsOf, nextRuleSetVersion, type ArchivedAutomation } from './automation-store.ts'
import type { Scope } from './event-snapshot.ts'

/**
 * Archives the automations of a scope that is being deleted: they fire no more, and their history stays. Answers them, oldest
 * first; none can be added before the transaction ends.
 */
export async function archiveScope(tx: Tx, scope: Scope): Promise<readonly ArchivedAutomation[]> {
  const ruleSet = await nextRuleSetVersion(tx, scope)
  return ruleSet === undefined ? [] : archiveAutomationsOf(tx, ruleSet.id, ruleSet.version)
}
