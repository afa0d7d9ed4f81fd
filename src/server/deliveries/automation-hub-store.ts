import type { AutomationSort } from '../../contract/automation.ts'
import type { AutomationId, EntityId, PersonId, WebhookId } from '../base/ids.ts'
import type { Queryable, Statement } from '../database/database.ts'
import { isVisible, isVisibleEntity, visibleValues, type Visible } from '../places/place-store.ts'
import { finishedStatus } from './delivery.ts'

/** What is left out lets everything pass. */
export interface HubPage {
  /** In the name. */
  readonly text: string | undefined
  readonly eventType: string | undefined
  readonly webhookId: WebhookId | undefined
  /** Whose they are, or whose webhooks they send to. */
  readonly ownerId: EntityId | undefined
  readonly createdBy: PersonId | undefined
  readonly sort: AutomationSort
  /** The last one of the page before. */
  readonly after: AutomationId | null
  readonly limit: number
}

/** Automations of every scope that is visible, one page of them in their order. */
export async function selectVisibleAutomations(
  db: Queryable,
  visible: Visible | undefined,
  { text, eventType, webhookId, ownerId, createdBy, sort, after, limit }: HubPage,
): Promise<AutomationId[]> {
  const rows = await db.query<{ id: AutomationId }>(selectHub[sort], [
    ...visibleValues(visible),
    text ?? null,
    eventType ?? null,
    webhookId ?? null,
    createdBy ?? null,
    after,
    limit,
    ownerId ?? null,
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

const theLast = '(select lower(l.name), l.id from automations l where l.id = $8)'

// An entity's own automations are seen by whoever has a role in it, those of a project by whoever sees that.
const selectHub = {
  created: hubBy('created', 'a.id > $8', 'a.id'),
  '-created': hubBy('created_down', 'a.id < $8', 'a.id desc'),
  name: hubBy('name', `(lower(a.name), a.id) > ${theLast}`, 'lower(a.name), a.id'),
  '-name': hubBy('name_down', `(lower(a.name), a.id) < ${theLast}`, 'lower(a.name) desc, a.id desc'),
} satisfies Record<AutomationSort, Statement>

function hubBy(name: string, isAfter: string, order: string): Statement {
  return {
    name: `select_automations_by_${name}`,
    text: `select a.id from automations a join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
      join rule_sets s on s.id = a.rule_set_id join entities e on e.id = s.entity_id left join projects p on p.id = s.project_id
      left join webhook_uses u on u.automation_id = a.id
    where a.archived_at is null and ($8::bigint is null or ${isAfter})
      and ($4::text is null or strpos(lower(a.name), lower($4)) > 0) and ($5::text is null or r.event_type = $5)
      and ($6::bigint is null or u.webhook_id = $6) and ($7::bigint is null or a.created_by = $7)
      and ($10::bigint is null or s.entity_id = $10 or exists (select 1 from webhooks w where w.id = u.webhook_id and w.entity_id = $10))
      and case when s.scope_type = 'entity'
        then ${isVisibleEntity}
        else p.archived_at is null and ${isVisible} end
    order by ${order} limit $9`,
  }
}

const selectLast = {
  name: 'select_last_deliveries',
  text: `select distinct on (a.id) a.id as "automationId", d.id, d.status, d.finished_at as "finishedAt"
    from unnest($1::bigint[]) as a(id) cross join unnest($2::smallint[]) as t(status)
      cross join lateral (select id, status, finished_at from deliveries d
        where d.automation_id = a.id and d.status = t.status order by d.id desc limit 1) d
    order by a.id, d.id desc`,
}
