import type { Owner } from '../access/roles.ts'
import type { OrganizationId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { isVisible, isVisibleEntity, visibleValues, type Visible } from '../places/place-store.ts'
import type { DeliveryState } from '../../contract/delivery.ts'
import { finishedStatus, queueState } from './delivery.ts'

/** A delivery, unfinished or finished, as it is read. */
export interface DeliveryRow {
  readonly id: string
  readonly event_id: string | null
  readonly automation_id: number | null
  readonly automation_revision: number | null
  readonly webhook_id: number | null
  readonly team_id: number
  readonly team_kind: Owner['kind']
  readonly organization_id: OrganizationId | null
  readonly event_type: string | null
  readonly automation_name: string | null
  readonly webhook_name: string | null
  readonly message_id: string
  readonly subject: string
  readonly subject_seq: number
  readonly redelivery_of: string | null
  /** `q0` to `q2` for a state in the queue, `d0` to `d4` for a finished status. */
  readonly state: string
  readonly lane_paused: boolean
  readonly reason: string | null
  readonly attempts: number
  readonly created_at: Date
  readonly due_at: Date | null
  readonly finished_at: Date | null
}

export interface AttemptRow {
  readonly number: number
  readonly at: Date
  readonly outcome: number
  readonly status: number | null
  readonly phases_ms: number[] | null
  readonly request_headers: [string, string][] | null
  readonly response_headers: [string, string][] | null
  readonly response: Buffer | null
  readonly response_bytes: number | null
  readonly detail: string | null
}

/** Whose deliveries: at least one of them. */
export interface DeliveryNouns {
  readonly event?: string
  readonly automation?: number
  readonly webhook?: number
  /** Of the automations that stand in it or in its collections. */
  readonly project?: number
  readonly team?: number
}

export interface DeliveryPage {
  readonly of: DeliveryNouns
  /** Only those that may be known of here; undefined: all. */
  readonly visible: Visible | undefined
  /** Undefined: all. */
  readonly state: DeliveryState | undefined
  /** Only ids from here on; null from the oldest on. */
  readonly after: string | null
  /** Only ids below; null from the newest on. */
  readonly before: string | null
  readonly limit: number
}

/**
 * Newest first: at most six short index scans, one per status and one over what is unfinished, merged; nothing is counted.
 * They go by the noun that names the fewest, and the others are conditions on what is found. A project's are merged from a
 * scan for each of its automations, of ids alone, which the index has. The queue has no index by team or automation (two of
 * them cost a third of its speed, measured): a team's rows are found by its webhooks, an automation's and a project's by
 * going through the queue, which is small, from the newest row.
 *
 * Planning so many scans over so many weeks takes ten times as long as running them, so the statement is one of few, by
 * what it goes by, and prepared. How much a scan reads stands in it as a number: for a parameter the planner assumes a tenth
 * of the table, finds that dear, and plans anew each time. What an event has is gathered before it is put in order: a plan
 * made while the tables were nearly empty would go through all of them from the newest row.
 */
export async function selectDeliveryPage(db: Queryable, page: DeliveryPage): Promise<DeliveryRow[]> {
  const { of, visible, state, after, before, limit } = page
  const nouns = nounsByReach.filter((noun) => of[noun] !== undefined)
  const [first] = nouns
  const seen = visibleValues(visible)
  const values = [...seen, ...nouns.map((noun) => of[noun]), after ?? lowestUuid, before ?? highestUuid, limit]
  const [named, low, high, count] = [1, nouns.length + 1, nouns.length + 2, nouns.length + 3].map(
    (place) => `$${seen.length + place}`,
  )
  const most = limits.pageItemsMax + 1
  const isOf = (table: 'q' | 'd') => nouns.map((noun, index) => conditions[noun](table, `$${seen.length + index + 1}`))
  const matches = (table: 'q' | 'd', nounsMatch = isOf(table)) =>
    [...nounsMatch, `${table}.id >= ${low}`, `${table}.id < ${high}`, mayBeKnown(table, of)].join(' and ')
  const newest = (table: 'q' | 'd') => `order by ${table}.id desc limit ${most}`
  const rowsOf = (table: 'queue' | 'deliveries') =>
    first === 'event' ? `(select * from ${table} where event_id = ${named} offset 0)` : table
  const parts = scansFor(state, first === 'event').map((statuses) => {
    const ended = `d.status in (${statuses.join()})`
    return first === 'project'
      ? `(select ${finishedColumns} from deliveries d where d.id = any(array(
          select d.id from automations a join rule_sets s on s.id = a.rule_set_id cross join lateral (
            select d.id from deliveries d
            where d.automation_id = a.id and ${ended} and ${matches('d', isOf('d').slice(1))} ${newest('d')}) d
          where s.project_id = ${named} ${newest('d')})))`
      : `(select ${finishedColumns} from ${rowsOf('deliveries')} d where ${matches('d')} and ${ended} ${newest('d')})`
  })
  const unfinished = `${queueStates[state ?? 'any']} ${newest('q')}`
  if (state === undefined || state in queueState)
    parts.push(
      first === 'team'
        ? `(select ${queueColumns} from webhooks w left join lanes l on l.webhook_id = w.id
            cross join lateral (select * from queue q where q.webhook_id = w.id and ${matches('q')} and ${unfinished}) q
            where w.entity_id = ${named} ${newest('q')})`
        : `(select ${queueColumns} from ${rowsOf('queue')} q left join lanes l on l.webhook_id = q.webhook_id where ${matches('q')} and ${unfinished})`,
    )
  const statement = {
    name: ['deliveries', ...nouns, state ?? 'any'].join(' '),
    text: `${withNames(`(${parts.join(' union all ')}) page`)} order by page.id desc limit ${count}`,
  }
  return db.query<DeliveryRow>(statement, values)
}

/** From the one that has the fewest deliveries. */
const nounsByReach = ['event', 'automation', 'webhook', 'project', 'team'] as const

/** Whether a row belongs to a noun that has the value. */
const conditions: Readonly<Record<keyof DeliveryNouns, (table: 'q' | 'd', value: string) => string>> = {
  event: (table, value) => `${table}.event_id = ${value}`,
  automation: (table, value) => `${table}.automation_id = ${value}`,
  webhook: (table, value) => `${table}.webhook_id = ${value}`,
  // “is true” keeps it a look into a set that is made once; as a join it takes the rows out of their order.
  project: (table, value) =>
    `(${table}.automation_id in (select a.id from automations a join rule_sets s on s.id = a.rule_set_id where s.project_id = ${value})) is true`,
  team: (table, value) => `${table}.team_id = ${value}`,
}

/** Of rows `q` of the queue and their lanes `l`. A paused webhook holds its lane, not its rows: what waits in it is held. */
export const queueStates: Readonly<Record<string, string>> = {
  any: 'true',
  waiting: `q.state = ${queueState.waiting} and not coalesce(l.paused, false)`,
  held: `(q.state = ${queueState.held} or (q.state = ${queueState.waiting} and l.paused))`,
  sending: `q.state = ${queueState.sending}`,
}

/** The statuses of each scan: one, since the indexes have it in front of the id, or all at once. */
function scansFor(state: DeliveryState | undefined, atOnce: boolean): readonly (readonly number[])[] {
  const statuses = Object.entries(finishedStatus).flatMap(([status, code]) =>
    (state ?? status) === status ? code : [],
  )
  return atOnce && statuses.length > 0 ? [statuses] : statuses.map((status) => [status])
}

export const lowestUuid = '00000000-0000-0000-0000-000000000000'
export const highestUuid = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** When it may be known of here; left out: whoever asks. */
export async function selectDelivery(
  db: Queryable,
  id: string,
  visible?: Visible,
): Promise<(DeliveryRow & { body: Buffer }) | undefined> {
  const [row] = await db.query<DeliveryRow & { body: Buffer }>(selectOne, [...visibleValues(visible), id])
  return row
}

export async function selectAttempts(db: Queryable, deliveryId: string): Promise<AttemptRow[]> {
  return db.query<AttemptRow>(selectAttemptsOf, [deliveryId])
}

export interface RedeliveryOf {
  readonly id: string
  readonly created_at: Date
}

/** Its redeliveries that may be known of here, newest first. */
export async function selectRedeliveriesOf(
  db: Queryable,
  id: string,
  visible: Visible | undefined,
): Promise<RedeliveryOf[]> {
  return db.query<RedeliveryOf>(selectRedeliveries, [...visibleValues(visible), id])
}

export interface FirstDelivery {
  readonly automationId: number
  readonly id: string
}

/** What an event set off: of each automation the delivery that was made with the event. */
export async function selectFirstDeliveries(db: Queryable, eventId: string): Promise<FirstDelivery[]> {
  return db.query<FirstDelivery>(selectFirst, [eventId])
}

const finishedColumns = `d.id, d.event_id, d.automation_id, d.automation_revision, d.webhook_id, d.team_id, d.message_id, d.subject, d.subject_seq, d.redelivery_of,
  'd' || d.status as state, false as lane_paused, d.reason, d.attempts, d.created_at, null::timestamptz as due_at, d.finished_at`
const queueColumns = `q.id, q.event_id, q.automation_id, q.automation_revision, q.webhook_id, q.team_id, q.message_id, q.subject, q.subject_seq, q.redelivery_of,
  'q' || q.state as state, coalesce(l.paused, false) as lane_paused, null as reason, q.attempt as attempts, q.created_at, q.due_at, null::timestamptz as finished_at`

/**
 * A delivery is known to whoever has a role in the team of its webhook, and to whoever may read the scope of its automation,
 * deleted ones included, but not to all who may read its event: that may have happened in places hidden from them. Of a
 * project that the reader sees there is nothing to look up.
 */
function mayBeKnown(table: 'q' | 'd', { project }: Pick<DeliveryNouns, 'project'> = {}): string {
  const inProject = project === undefined ? 'false' : 'true'
  return `(${inProject} or $1::bigint[] is null
    or (${table}.webhook_id is not null and exists (select from entities e
      where e.id = ${table}.team_id and e.archived_at is null and ${isVisibleEntity}))
    or exists (select from automations a join rule_sets s on s.id = a.rule_set_id
        join entities e on e.id = s.entity_id left join projects p on p.id = s.project_id
      where a.id = ${table}.automation_id and e.archived_at is null and case when s.scope_type = 'entity'
        then ${isVisibleEntity}
        else p.archived_at is null and ${isVisible} end))`
}

/** Rows of `page` with the names of what they have the ids of: looked up one by one, whatever a plan makes of the tables. */
function withNames(page: string): string {
  return `select page.*, t.kind as team_kind, t.organization_id,
      (select e.type from events e where e.id = page.event_id) as event_type,
      (select a.name from automations a where a.id = page.automation_id) as automation_name,
      (select w.name from webhooks w where w.id = page.webhook_id) as webhook_name
    from ${page} join entities t on t.id = page.team_id`
}

const selectOne = {
  name: 'select_delivery',
  text: withNames(`(select ${queueColumns}, q.body from queue q left join lanes l on l.webhook_id = q.webhook_id where q.id = $4 and ${mayBeKnown('q')}
    union all select ${finishedColumns}, d.body from deliveries d where d.id = $4 and ${mayBeKnown('d')} limit 1) page`),
}

const selectRedeliveries = {
  name: 'select_redeliveries_of',
  text: `select id, created_at from (
      select q.id, q.created_at from queue q where q.redelivery_of = $4 and ${mayBeKnown('q')}
      union all select d.id, d.created_at from deliveries d where d.redelivery_of = $4 and ${mayBeKnown('d')}) r
    order by id desc limit ${limits.redeliveriesShownMax}`,
}

const selectAttemptsOf = {
  name: 'select_attempts',
  text: `select number, at, outcome, status, phases_ms, request_headers, response_headers, response, response_bytes, detail
    from attempts where delivery_id = $1 order by number`,
}

const selectFirst = {
  name: 'select_first_deliveries',
  text: `select distinct on (automation_id) automation_id as "automationId", id from (
      select automation_id, id from queue where event_id = $1
      union all select automation_id, id from deliveries where event_id = $1) d order by automation_id, id`,
}
