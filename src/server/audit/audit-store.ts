import type { Queryable } from '../database/database.ts'

export interface AuditRow {
  readonly id: number
  readonly at: Date
  readonly actor: string | null
  readonly action: string
  readonly subject: string
  readonly details: Record<string, unknown>
}

/** Newest first, ids below `before`, of one entity or of a whole organization. */
export async function selectAuditPage(
  db: Queryable,
  of: { readonly entityId: number } | { readonly organizationId: number },
  before: number | null,
  limit: number,
): Promise<AuditRow[]> {
  const [column, id] = 'entityId' in of ? ['entity_id', of.entityId] : ['organization_id', of.organizationId]
  return db.query<AuditRow>(
    `select a.id, a.at, e.name as actor, a.action, a.subject, a.details from audit a
       left join people p on p.id = a.actor_id left join entities e on e.id = p.entity_id
     where a.${column} = $1 and ($2::bigint is null or a.id < $2) order by a.id desc limit $3`,
    [id, before, limit],
  )
}
