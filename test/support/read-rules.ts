import type { Scope } from '../../src/server/automations/event-snapshot.ts'
import type { CurrentRules, RuleMemory } from '../../src/server/automations/rule-memory.ts'
import type { Tx } from '../../src/server/database/database.ts'

/** Reads the rules as whoever records an event does: the transaction is run again when what was held is old. */
export async function readRules(tx: Tx, memory: RuleMemory, scope: Scope): Promise<CurrentRules> {
  const rules = await memory.read(tx, [scope])
  const { scopes, receivers } = rules.versions
  await tx.query('select next_subject_seq($1, $2, $3, $4, $5)', [
    scopes.map(({ type }) => type),
    scopes.map(({ id }) => id),
    scopes.map(({ version }) => version),
    receivers.map(({ entityId }) => entityId),
    receivers.map(({ version }) => version),
  ])
  return rules
}
