import type { EntityId, WebhookId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'

/** A webhook as those who make deliveries for it need it; nothing of where and how it is sent. */
export interface Receiver {
  readonly id: WebhookId
  readonly entityId: EntityId
  readonly archived: boolean
  readonly paused: boolean
  /** Not null: disabled, and why. */
  readonly disabledReason: string | null
  readonly inOrder: boolean
  readonly concurrencyMax: number
  readonly ratePerSecond: number | null
  /** Secrets it uses that its entity does not have: deliveries fail until they are made again. */
  readonly missingSecrets: readonly string[]
}

export interface ChangedReceivers {
  readonly entityId: EntityId
  /** The entity's receivers_version; `receivers` holds every change after the held version up to it. */
  readonly version: number
  readonly receivers: readonly Receiver[]
}

/**
 * What changed in the webhooks of these entities since the version held; -1 holds nothing, and gets those that live. One
 * statement, one snapshot. A secret that came or went counts as a change of the webhooks that use it by name.
 */
export async function selectReceivers(
  db: Queryable,
  held: readonly (readonly [EntityId, number])[],
): Promise<ChangedReceivers[]> {
  const rows = await db.query<{ entity_id: number; version: number; receivers: Receiver[] | null }>(statement, [
    held.map(([entityId]) => entityId),
    held.map(([, version]) => version),
  ])
  return rows.map(({ entity_id, version, receivers }) => ({ entityId: entity_id, version, receivers: receivers ?? [] }))
}

const statement = {
  name: 'select_receivers',
  text: `select e.id as entity_id, e.receivers_version as version,
      (select json_agg(json_build_object('id', w.id, 'entityId', w.entity_id, 'archived', w.archived_at is not null,
          'paused', w.paused_at is not null, 'disabledReason', w.disabled_reason, 'inOrder', w.in_order,
          'concurrencyMax', w.concurrency_max, 'ratePerSecond', w.rate_per_second,
          'missingSecrets', (select coalesce(json_agg(distinct u.name), '[]') from secret_uses u where u.webhook_id = w.id and not exists (
            select 1 from secrets s where s.entity_id = w.entity_id and s.name = u.name and s.archived_at is null))))
        from webhooks w
        where w.entity_id = e.id and e.receivers_version > h.version and (w.archived_at is null or h.version >= 0)
          and (w.changed_in > h.version or exists (
            select 1 from secrets s join secret_uses u on u.name = s.name and u.webhook_id = w.id
            where s.entity_id = e.id and s.changed_in > h.version))) as receivers
    from unnest($1::bigint[], $2::bigint[]) as h(entity_id, version) join entities e on e.id = h.entity_id`,
}
