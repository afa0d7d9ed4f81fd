import type { AutomationSort, AutomationState } from '../../contract/automation.ts'
import type { Scope } from '../automations/event-snapshot.ts'
import type { AutomationId, DeliveryId, EntityId, PersonId, WebhookId } from '../base/ids.ts'
import type { Queryable, Statement } from '../database/database.ts'
import { isVisible, isVisibleEntity, visibleValues, type Visible } from '../places/place-store.ts'
import { finishedStatus } from './delivery.ts'

/** What is left out lets everything pass. */
export interface HubFilter {
  /** In the name. */
  readonly text: string | undefined
  readonly eventType: string | undefined
  readonly webhookId: WebhookId | undefined
  /** Whose they are, or whose webhooks they send to. */
  readonly ownerId: EntityId | undefined
  readonly createdBy: PersonId | undefined
  /** Where they stand, a project with its collections. */
  readonly scope: Scope | undefined
  readonly state: AutomationState | undefined
}

/** What an automation has in itself to be sorted by. */
export type OwnSort = Exclude<AutomationSort, 'last_delivery' | '-last_delivery'>

export interface HubPage {
  readonly sort: OwnSort
  /** The last one of the page before. */
  readonly after: AutomationId | null
  readonly limit: number
}

/** Automations of every scope that is visible, one page of them in their order. */
export async function selectVisibleAutomations(
  db: Queryable,
  visible: Visible | undefined,
  { text, eventType, webhookId, ownerId, createdBy, scope, state }: HubFilter,
  { sort, after, limit }: HubPage,
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
    state ?? null,
    scope?.type ?? null,
    scope?.id ?? null,
  ])
  return rows.map(({ id }) => id)
}

export interface ByLastDelivery {
  readonly id: AutomationId
  readonly last: DeliveryId | null
}

/** Some of these automations, in the order of their last deliveries, behind one of them or behind one that has none. */
export async function selectByLastDelivery(
  db: Queryable,
  ids: readonly AutomationId[],
  {
    newestFirst,
    after,
    limit,
  }: {
    readonly newestFirst: boolean
    readonly after: { readonly delivery: DeliveryId | null; readonly without: AutomationId | null }
    readonly limit: number
  },
): Promise<ByLastDelivery[]> {
  const statement = newestFirst ? selectByNewest : selectByOldest
  return db.query<ByLastDelivery>(statement, [ids, endedStatuses, after.delivery, after.without, limit])
}

export interface LastDelivery {
  readonly automationId: AutomationId
  readonly id: string
  readonly status: number
  readonly finishedAt: Date
}

/** The delivery of each automation that was made last among those that have ended: one short scan per status. */
export async function selectLastDeliveries(db: Queryable, ids: readonly AutomationId[]): Promise<LastDelivery[]> {
  return db.query<LastDelivery>(selectLast, [ids, endedStatuses])
}

const endedStatuses = Object.values(finishedStatus)

const theLast = '(select lower(l.name), l.id from automations l where l.id = $8)'

/** As `findMisconfiguration` tells it, of automation `a` at revision `r` with its webhook `w`; a test compares the two. */
const isMisconfigured = `(r.action ->> 'type' = 'webhook' and (w.id is null or w.archived_at is not null or w.disabled_reason is not null
  or exists (select from secret_uses n where n.webhook_id = w.id and not exists (
    select from secrets x where x.entity_id = w.entity_id and x.name = n.name and x.archived_at is null))
  or exists (select from json_array_elements_text(r.action -> 'secrets') as held(name) where not exists (
    select from secret_uses n where n.webhook_id = w.id
      and case n.role when 'access_token' then 'ACCESS_TOKEN' else n.name end = held.name))))`

// An entity's own automations are seen by whoever has a role in it, those of a project by whoever sees that.
const selectHub = {
  created: hubBy('created', 'a.id > $8', 'a.id'),
  '-created': hubBy('created_down', 'a.id < $8', 'a.id desc'),
  name: hubBy('name', `(lower(a.name), a.id) > ${theLast}`, 'lower(a.name), a.id'),
  '-name': hubBy('name_down', `(lower(a.name), a.id) < ${theLast}`, 'lower(a.name) desc, a.id desc'),
} satisfies Record<OwnSort, Statement>

function hubBy(name: string, isAfter: string, order: string): Statement {
  return {
    name: `select_automations_by_${name}`,
    text: `select a.id from automations a join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
      join rule_sets s on s.id = a.rule_set_id join entities e on e.id = s.entity_id left join projects p on p.id = s.project_id
      left join webhook_uses u on u.automation_id = a.id left join webhooks w on w.id = u.webhook_id
    where a.archived_at is null and ($8::bigint is null or ${isAfter})
      and ($4::text is null or strpos(lower(a.name), lower($4)) > 0) and ($5::text is null or r.event_type = $5)
      and ($6::bigint is null or u.webhook_id = $6) and ($7::bigint is null or a.created_by = $7)
      and ($10::bigint is null or s.entity_id = $10 or w.entity_id = $10)
      and ($11::text is null or $11 = case when ${isMisconfigured} then 'misconfigured'
        when not r.enabled then 'off' when r.paused_reason is null then 'on' else 'paused' end)
      and ($12::text is null or (s.scope_type = $12 and s.scope_id = $13::bigint) or ($12 = 'project' and s.project_id = $13))
      and case when s.scope_type = 'entity'
        then ${isVisibleEntity}
        else p.archived_at is null and ${isVisible} end
    order by ${order} limit $9`,
  }
}

const lastOfEach = `with sorted as (select a.id, d.id as last from unnest($1::bigint[]) as a(id) left join lateral (
      select d.id from unnest($2::smallint[]) as t(status) cross join lateral (
        select id from deliveries where automation_id = a.id and status = t.status order by id desc limit 1) d
      order by d.id desc limit 1) d on true)
    select id, last from sorted where`

const selectByNewest = {
  name: 'select_automations_by_last_delivery_down',
  text: `${lastOfEach} ($3::uuid is null and $4::bigint is null) or last < $3 or (last is null and ($3 is not null or id < $4))
    order by last desc nulls last, id desc limit $5`,
}

const selectByOldest = {
  name: 'select_automations_by_last_delivery',
  text: `${lastOfEach} ($3::uuid is null and $4::bigint is null) or last > $3 or ($4 is not null and (last is not null or id > $4))
    order by last nulls first, id limit $5`,
}

const selectLast = {
  name: 'select_last_deliveries',
  text: `select distinct on (a.id) a.id as "automationId", d.id, d.status, d.finished_at as "finishedAt"
    from unnest($1::bigint[]) as a(id) cross join unnest($2::smallint[]) as t(status)
      cross join lateral (select id, status, finished_at from deliveries d
        where d.automation_id = a.id and d.status = t.status order by d.id desc limit 1) d
    order by a.id, d.id desc`,
}
