import type { AutomationRevision } from '../../contract/automation.ts'
import type { PageQuery } from '../../contract/page.ts'
import type { Context } from '../access/context.ts'
import { readCountCursor } from '../access/read-id-cursor.ts'
import { findAutomation } from './get-automation.ts'
import { presentAction } from './present-automation.ts'
import { selectRevisions } from './revision-store.ts'

/** What it said from change to change, newest first. For whoever may read its scope. */
export async function listRevisions(
  context: Context,
  ref: string,
  { cursor, limit }: PageQuery,
): Promise<{ items: AutomationRevision[]; next: string | null }> {
  const { automation } = await findAutomation(context, ref, { kind: 'read', toDo: 'Reading the changes' })
  const before = readCountCursor(cursor)
  const rows = await selectRevisions(context.db, automation.id, { before, limit: limit + 1 })
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    at: row.at.toISOString(),
    filter: JSON.parse(row.filter) as unknown,
    action: presentAction(row.action),
  }))
  return { items, next: rows.length > limit ? String(items.at(-1)!.revision) : null }
}
