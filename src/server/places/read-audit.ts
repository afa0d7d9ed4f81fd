import type { AuditEntry, AuditQuery } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { selectAuditActor, selectAuditPage } from '../audit/audit-store.ts'
import { parseId, spellId } from '../base/ids.ts'
import { getEntity, getOrganization } from './find-place.ts'

interface AuditPage {
  readonly items: AuditEntry[]
  readonly next: string | null
}

/** What was done to a team's things, newest first, for its admins; of an organization's own name: in all of it. */
export async function readAudit(context: Context, ref: string, query: AuditQuery): Promise<AuditPage> {
  const { id, kind, organizationId } = await getEntity(context, ref, 'admin', 'Reading the audit log')
  return read(
    context,
    kind === 'organization' && organizationId !== null ? { organizationId } : { entityId: id },
    query,
  )
}

/** What was done in an organization and all its teams, newest first, for its admins. */
export async function readOrganizationAudit(context: Context, ref: string, query: AuditQuery): Promise<AuditPage> {
  const { organizationId } = await getOrganization(context, ref, 'admin', 'Reading the audit log')
  return read(context, { organizationId }, query)
}

async function read(
  { db }: Context,
  of: Parameters<typeof selectAuditPage>[1],
  { action, actor, subject, limit, cursor }: AuditQuery,
): Promise<AuditPage> {
  const before = readIdCursor('audit', cursor)
  const actorId = actor === undefined ? undefined : (parseId('person', actor) ?? (await selectAuditActor(db, actor)))
  // Somebody who does not exist did nothing; whether they exist is not told.
  if (actor !== undefined && actorId === undefined) return { items: [], next: null }
  const rows = await selectAuditPage(db, of, { action, actorId, subject }, { before, limit: limit + 1 })
  const items = rows.slice(0, limit).map((row) => ({ ...row, id: spellId('audit', row.id), at: row.at.toISOString() }))
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}
