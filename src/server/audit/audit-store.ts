import type { ApiKeyId, EntityId, OrganizationId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'

export interface NewAuditRow {
  readonly actorId: PersonId | null
  readonly apiKeyId: ApiKeyId | null
  readonly action: string
  readonly organizationId: OrganizationId | null
  readonly entityId: EntityId | null
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Not waited for: the transaction fails with it. */
export function insertAudit(tx: Tx, row: NewAuditRow): void {
  const { actorId, apiKeyId, action, organizationId, entityId, subject, details } = row
  tx.send(insert, [actorId, apiKeyId, action, organizationId, entityId, subject, JSON.stringify(details)])
}

export interface AuditRow {
  readonly id: number
  readonly at: Date
  readonly actor: string | null
  readonly action: string
  readonly subject: string
  readonly details: Record<string, unknown>
}

/** What is left out lets everything pass. */
export interface AuditFilter {
  /** An action, `webhook.create`, or the noun of many, `webhook`. */
  readonly action?: string | undefined
  readonly actorId?: PersonId | undefined
  readonly subject?: string | undefined
}

/** Newest first, ids below `before`, of one entity or of a whole organization. */
export async function selectAuditPage(
  db: Queryable,
  of: { readonly entityId: EntityId } | { readonly organizationId: OrganizationId },
  { action, actorId, subject }: AuditFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<AuditRow[]> {
  const [column, id] = 'entityId' in of ? ['entity_id', of.entityId] : ['organization_id', of.organizationId]
  return db.query<AuditRow>(
    `select a.id, a.at, e.name as actor, a.action, a.subject, a.details from audit a
       left join people p on p.id = a.actor_id left join entities e on e.id = p.entity_id
     where a.${column} = $1 and ($2::bigint is null or a.id < $2)
       and ($4::text is null or a.action = $4 or starts_with(a.action, $4 || '.'))
       and ($5::bigint is null or a.actor_id = $5) and ($6::text is null or a.subject = $6)
     order by a.id desc limit $3`,
    [id, before, limit, action ?? null, actorId ?? null, subject ?? null],
  )
}

/** The person with this name in any spelling, disabled or not: what they did stays on record. */
export async function selectAuditActor(db: Queryable, name: string): Promise<PersonId | undefined> {
  const [row] = await db.query<{ id: PersonId }>(
    'select p.id from people p join entities e on e.id = p.entity_id where e.name_key = $1',
    [name.toLowerCase()],
  )
  return row?.id
}

const insert = {
  name: 'insert_audit',
  text: 'insert into audit(actor_id, api_key_id, action, organization_id, entity_id, subject, details) values ($1, $2, $3, $4, $5, $6, $7)',
}
