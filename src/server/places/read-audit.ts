import type { AuditEntry } from '../../contract/who.ts'
import type { PageQuery } from '../../contract/page.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { selectAuditPage } from '../audit/audit-store.ts'
import { spellId } from '../base/ids.ts'
import { getEntity } from './find-place.ts'

/** What was done to a team's or an organization's things, newest first; for its admins. */
export async function readAudit(
  context: Context,
  entityRef: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: AuditEntry[]; next: string | null }> {
  const entity = await getEntity(context, entityRef, 'admin', 'Reading the audit log')
  const before = readIdCursor('audit', cursor)
  const of =
    entity.kind === 'organization' && entity.organizationId !== null
      ? { organizationId: entity.organizationId }
      : { entityId: entity.id }
  const rows = await selectAuditPage(context.db, of, before, limit + 1)
  const items = rows.slice(0, limit).map((row) => ({ ...row, id: spellId('audit', row.id), at: row.at.toISOString() }))
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}
