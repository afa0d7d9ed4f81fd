import { uuidFloor, type AutomationId, type EntityId, type WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { finishedStatus, queueState, type FinishedStatus } from '../deliveries/delivery.ts'
import { lowestUuid, queueStates } from '../deliveries/delivery-store.ts'
import { movedColumns } from '../deliveries/queue/moved-columns.ts'
import type { EndedDelivery } from '../events/make-redeliverer.ts'
import type { DeliveryFilter } from './delivery-filter.ts'

/** Deliveries to the webhooks of a team, as far as the filter lets them through. */
export interface Matching {
  readonly teamId: EntityId
  readonly filter: DeliveryFilter
  /** Only smaller ids: what was made later is not meant. */
  readonly below: string
}

/** How many match, and the first and the last of them. */
export interface Span {
  readonly count: number
  readonly oldest: string | null
  readonly newest: string | null
}

/** Values of a statement that is put together; answers the place of each. */
export interface Values {
  readonly list: unknown[]
  place(value: unknown): string
}

export function makeValues(): Values {
  const list: unknown[] = []
  return { list, place: (value) => `$${list.push(value)}` }
}

export async function countEnded(db: Queryable, matching: Matching): Promise<Span> {
  const values = makeValues()
  return countBy(db, `deliveries d where ${matchesEnded(matching, values)}`, values, 'd')
}

export async function countUnsent(db: Queryable, matching: Matching): Promise<Span> {
  const values = makeValues()
  return countBy(db, `${queueWithLanes} where ${matchesUnsent(matching, values)}`, values, 'q')
}

/** What has ended, matches, and was not redelivered by the time that `below` stands for. */
export function matchesEnded(matching: Matching, values: Values): string {
  const statuses = matching.filter.states.map((state) => finishedStatus[state as FinishedStatus])
  return matchesEndedAs(`any(${values.place(statuses)}::smallint[])`, matching, values)
}

/** A delivery of the set that a redelivery goes over. */
export interface MatchingDelivery extends EndedDelivery {
  /** Somebody redelivered it after the set was fixed. */
  readonly redelivered: boolean
}

export interface MatchingBatch extends Matching {
  /** The snapshot that fixes the set. */
  readonly seen: string
  /** Only greater ids. */
  readonly passed: string
  readonly limit: number
}

/** The next of the set, oldest first: a short index scan for each status. */
export async function selectMatching(db: Queryable, batch: MatchingBatch): Promise<MatchingDelivery[]> {
  const values = makeValues()
  const [seen, passed, limit] = [batch.seen, batch.passed, batch.limit].map((value) => values.place(value))
  const parts = batch.filter.states.map(
    (state) => `(select d.* from deliveries d
      where ${matchesEndedAs(String(finishedStatus[state as FinishedStatus]), batch, values)}
        and d.id > ${passed} and pg_visible_in_snapshot(d.tx, ${seen}::pg_snapshot) order by d.id limit ${limit})`,
  )
  return db.query<MatchingDelivery>(
    `select d.id, d.event_id, d.automation_id, d.automation_revision, d.webhook_id, d.message_id, d.subject, d.subject_seq,
       d.reason, d.body, ${isRedelivered('true')} as redelivered
     from (${parts.join(' union all ')}) d order by d.id limit ${limit}`,
    values.list,
  )
}

/** Ends a bounded number of those that wait or are held; what is being claimed right now is left. Answers their webhooks. */
export async function cancelUnsent(db: Queryable, matching: Matching, reason: string): Promise<WebhookId[]> {
  const values = makeValues()
  const rows = await db.query<{ webhook_id: WebhookId }>(
    `with picked as (select q.id from ${queueWithLanes} where ${matchesUnsent(matching, values)}
       limit ${limits.cancelRowsMax} for update of q skip locked),
     gone as (delete from queue q using picked p where q.id = p.id returning q.*)
     insert into deliveries(${movedColumns}, status, reason, attempts)
     select ${movedColumns}, ${finishedStatus.cancelled}, ${values.place(reason)}, attempt from gone returning webhook_id`,
    values.list,
  )
  return rows.map((row) => row.webhook_id)
}

/** The teams of all webhooks that an automation has had. */
export async function selectTeamsOfAutomation(db: Queryable, id: AutomationId): Promise<EntityId[]> {
  return (await db.query<{ id: EntityId }>(selectTeams, [id])).map((row) => row.id)
}

const queueWithLanes = 'queue q left join lanes l on l.webhook_id = q.webhook_id'

async function countBy(db: Queryable, from: string, values: Values, row: 'd' | 'q'): Promise<Span> {
  const id = `${row}.id::text collate "C"`
  const [span] = await db.query<Span>(
    `select count(*)::int as count, min(${id}) as oldest, max(${id}) as newest from ${from}`,
    values.list,
  )
  return span!
}

function matchesEndedAs(status: string, matching: Matching, values: Values): string {
  const { teamId, filter, below } = matching
  return [
    `d.status = ${status}`,
    // The webhook says the team; beside it the team would keep the index from being enough.
    filter.webhookId === null
      ? `d.team_id = ${values.place(teamId)}`
      : `d.webhook_id = ${values.place(filter.webhookId)}`,
    ...commonConditions('d', 'attempts', matching, values),
    `not ${isRedelivered(`r.id < ${values.place(below)}`)}`,
  ].join(' and ')
}

function matchesUnsent(matching: Matching, values: Values): string {
  const { teamId, filter } = matching
  return [
    `q.state in (${queueState.waiting}, ${queueState.held})`,
    `(${filter.states.map((state) => queueStates[state]).join(' or ')})`,
    // The queue has no index by team.
    filter.webhookId === null
      ? `q.webhook_id = any(array(select id from webhooks where entity_id = ${values.place(teamId)}))`
      : `q.webhook_id = ${values.place(filter.webhookId)}`,
    ...commonConditions('q', 'attempt', matching, values),
  ].join(' and ')
}

function commonConditions(
  row: 'd' | 'q',
  attempts: 'attempts' | 'attempt',
  { filter: { automationId, codes, eventType, after, before }, below }: Matching,
  values: Values,
): string[] {
  const conditions = [
    `${row}.id >= ${values.place(after === null ? lowestUuid : floorOf(after))}`,
    `${row}.id < ${values.place(before === null || floorOf(before) > below ? below : floorOf(before))}`,
  ]
  if (automationId !== null) conditions.push(`${row}.automation_id = ${values.place(automationId)}`)
  if (eventType !== null)
    conditions.push(
      `exists (select from events e where e.id = ${row}.event_id and e.type = ${values.place(eventType)})`,
    )
  if (codes !== null)
    conditions.push(
      `coalesce((select a.status / 100 from attempts a where a.delivery_id = ${row}.id and a.number = ${row}.${attempts}), 0)
        = any(${values.place(codes.map((code) => (code === 'none' ? 0 : Number(code[0]))))}::int[])`,
    )
  return conditions
}

function isRedelivered(which: string): string {
  return `(exists (select from deliveries r where r.redelivery_of = d.id and ${which})
    or exists (select from queue r where r.redelivery_of = d.id and ${which}))`
}

/** Where the ids of an instant begin. Before 1970 there are none. */
function floorOf(instant: string): string {
  return uuidFloor(new Date(Math.max(Date.parse(instant), 0)))
}

const selectTeams = {
  name: 'select_teams_of_automation',
  text: `select distinct w.entity_id as id from automation_revisions r
      join webhooks w on w.id = (r.action ->> 'webhookId')::bigint
    where r.automation_id = $1 and r.action ->> 'webhookId' is not null order by 1`,
}
