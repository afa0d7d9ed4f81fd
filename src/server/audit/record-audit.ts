import { actorIdOf, type Actor } from '../access/context.ts'
import type { EntityId, OrganizationId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { insertAudit } from './audit-store.ts'

/** One act of a person, a key or Signalbox itself. Written in the transaction of the act; holds no secret value. */
export interface AuditEntry {
  /** `webhook.create`: noun and verb. */
  readonly action: string
  /** The thing's spelled id. */
  readonly subject: string
  readonly organizationId?: OrganizationId | null
  /** Whose thing it is. */
  readonly entityId?: EntityId | null
  /** What changed: names and settings, never values of secrets. */
  readonly details?: Readonly<Record<string, unknown>>
}

export function recordAudit(tx: Tx, actor: Actor, entry: AuditEntry): void {
  insertAudit(tx, {
    actorId: actorIdOf(actor),
    apiKeyId: actor.kind === 'person' ? (actor.apiKeyId ?? null) : null,
    action: entry.action,
    organizationId: entry.organizationId ?? null,
    entityId: entry.entityId ?? null,
    subject: entry.subject,
    details: entry.details ?? {},
  })
}
