import type { PageQuery } from '../../contract/page.ts'
import type { Grant } from '../../contract/project.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { notFound, type RegistryRole } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { parseId, spellId } from '../base/ids.ts'
import { getRegistry } from './find-place.ts'
import { selectGrantee, selectGrantPage, setGrant } from './place-store.ts'

/**
 * Gives a team or a person of the organization a role in its registry, or takes it away (`role` null). What somebody may
 * do is the highest of what their grants, their teams' grants and the organization give.
 */
export async function changeGrant(
  context: Context,
  registryRef: string,
  granteeRef: string,
  role: RegistryRole | null,
): Promise<void> {
  const { registry, organizationId } = await getRegistry(context, registryRef, 'admin', 'Changing roles')
  const id = parseId('team', granteeRef) ?? parseId('entity', granteeRef)
  const grantee = await selectGrantee(
    context.db,
    { id: registry.id, organizationId },
    id === undefined ? { nameKey: granteeRef.toLowerCase() } : { id },
  )
  if (grantee === undefined) throw notFound('team or person', granteeRef)
  await context.db.tx(async (tx) => {
    if (!(await setGrant(tx, registry.id, grantee.id, role))) return
    recordAudit(tx, context.actor, {
      action: role === null ? 'registry.remove_grant' : 'registry.set_grant',
      subject: spellId('project', registry.id),
      organizationId,
      entityId: registry.entity.id,
      details: { grantee: grantee.name, role },
    })
  })
}

export async function listGrants(
  context: Context,
  registryRef: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: Grant[]; next: string | null }> {
  const { registry } = await getRegistry(context, registryRef, 'viewer', 'Reading roles')
  const before = readIdCursor('entity', cursor)
  const rows = await selectGrantPage(context.db, registry.id, { before, limit: limit + 1 })
  const items = rows
    .slice(0, limit)
    .map(({ entity_id, name, kind, role }) => ({ id: spellId('entity', entity_id), name, kind, role }))
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}
