import type { AutomationId, PersonId, WebhookId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import { isVisible, isVisibleEntity, visibleValues, type Visible } from '../places/place-store.ts'
import { finishedStatus } from './delivery.ts'

/** What is left out lets everything pass. */
export interface HubPage {
  /** In the name. */
  readonly text: string | undefined
  readonly eventType: string | undefined
  readonly webhookId: WebhookId | undefined
  readonly createdBy: PersonId | undefined
  readonly before: AutomationId | null
  readonly limit: number
}

/** Automations of every scope that is visible, newest first, ids below `before`. */
export async function selectVisibleAutomations(
  db: Queryable,
  visible: Visible | undefined,
  { text, eventType, webhookId, createdBy, before, limit }: HubPage,
): Promise<AutomationId[]> {
  const rows = await db.query<{ id: AutomationId }>(selectHub, [
    ...visibleValues(visible),
    text ?? null,
    eventType ?? null,
    webhookId ?? null,
    createdBy ?? null,
    before,
    limit,
  ])
  return rows.map(({ id }) => id)
}

export interface LastDelivery {
  readonly automationId: AutomationId
  readonly id: string
  readonly status: number
  readonly finishedAt: Date
}

/** The delivery of each automation that was made last among those that have ended: one short scan per status. */
export async function selectLastDeliveries(db: Queryable, ids: readonly AutomationId[]): Promise<LastDelivery[]> {
  return db.query<LastDelivery>(selectLast, [ids, Object.values(finishedStatus)])
}

// An entity's own automations are seen by whoever has a role in it, those of a project by whoever sees that.
const selectHub = {
  name: 'select_visible_automations',
  text: `select a.id from automations a join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
      join rule_sets s on s.id = a.rule_set_id join entities e on e.id = s.entity_id left join projects p on p.id = s.project_id
      left join webhook_uses u on u.automation_id = a.id
    where a.archived_at is null and ($8::bigint is null or a.id < $8)
      and ($4::text is null or strpos(lower(a.name), lower($4)) > 0) and ($5::text is null or r.event_type = $5)
      and ($6::bigint is null or u.webhook_id = $6) and ($7::bigint is null or a.created_by = $7)
      and case when s.scope_type = 'entity'
        then ${isVisibleEntity}
        else p.archived_at is null and ${isVisible} end
    order by a.id desc limit $9`,
}

const selectLast = {
  name: 'select_last_deliveries',
  text: `select distinct on (a.id) a.id as "automationId", d.id, d.status, d.finished_at as "finishedAt"
    from unnest($1::bigint[]) as a(id) cross join unnest($2::smallint[]) as t(status)
      cross join lateral (select id, status, finished_at from deliveries d
        where d.automation_id = a.id and d.status = t.status order by d.id desc limit 1) d
    order by a.id, d.id desc`,
}
