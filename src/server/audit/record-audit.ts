import { actorIdOf, type Actor } from '../access/context.ts'
import type { Tx } from '../database/database.ts'

/** One act of a person, a key or Signalbox itself. Written in the transaction of the act; holds no secret value. */
export interface AuditEntry {
  /** `webhook.create`: noun and verb. */
  readonly action: string
  /** The thing's spelled id. */
  readonly subject: string
  readonly organizationId?: number | null
  /** Whose thing it is. */
  readonly entityId?: number | null
  /** What changed: names and settings, never values of secrets. */
  readonly details?: Readonly<Record<string, unknown>>
}

export async function recordAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.query(insertAudit, [
    actorIdOf(actor),
    actor.kind === 'person' ? (actor.apiKeyId ?? null) : null,
    entry.action,
    entry.organizationId ?? null,
    entry.entityId ?? null,
    entry.subject,
    JSON.stringify(entry.details ?? {}),
  ])
}

const insertAudit = {
  name: 'insert_audit',
  text: `insert into audit(actor_id, api_key_id, action, organization_id, entity_id, subject, details) values ($1, $2, $3, $4, $5, $6, $7)`,
}
