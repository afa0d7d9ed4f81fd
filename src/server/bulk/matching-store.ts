import { uuidFloor, type AutomationId, type EntityId, type ProjectId, type WebhookId } from '../base/ids.ts'
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
  return [
    `d.status = any(${values.place(statuses)}::smallint[])`,
    ...placedConditions(matching, values),
    ...closeConditions('d', 'attempts', matching.filter, values),
    ...['deliveries', 'queue'].map(
      (table) =>
        `not exists (select from ${table} r where r.redelivery_of = d.id and r.id < ${values.place(matching.below)})`,
    ),
  ].join(' and ')
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

export interface Matched {
  readonly found: readonly MatchingDelivery[]
  /** Nothing up to here is left to find. */
  readonly passed: string
  readonly isLast: boolean
}

/**
 * The next of the set, oldest first: a short index scan for each status, of which a bounded number of rows is looked at
 * closely, so that a step stays a step however few match. Three plain statements, since one that says it all is estimated
 * so high that PostgreSQL compiles it each time.
 */
export async function selectMatching(db: Queryable, batch: MatchingBatch): Promise<Matched> {
  const scanned = await scan(db, batch)
  const candidates = scanned.filter(({ matches }) => matches).map(({ id }) => id)
  const redelivered = await selectRedelivered(db, candidates)
  const isOfSet = (id: string) => (redelivered.get(id) ?? batch.below) >= batch.below
  const ids = candidates.filter(isOfSet).slice(0, batch.limit)
  const rows = await db.query<EndedDelivery>(selectEnded, [ids])
  const isFull = ids.length === batch.limit
  return {
    found: rows.map((row) => ({ ...row, redelivered: redelivered.has(row.id) })),
    passed: (isFull ? ids.at(-1) : scanned.at(-1)?.id) ?? batch.passed,
    isLast: !isFull && scanned.length < limits.redeliveryScanMax,
  }
}

async function scan(
  db: Queryable,
  batch: MatchingBatch,
): Promise<{ readonly id: string; readonly matches: boolean }[]> {
  const { filter, seen, passed } = batch
  const values = makeValues()
  const after = values.place(passed)
  const placed = placedConditions(batch, values).join(' and ')
  const parts = filter.states.map(
    (state) => `(select d.id, d.tx, d.event_id, d.attempts from deliveries d
      where d.status = ${finishedStatus[state as FinishedStatus]} and ${placed} and d.id > ${after}
      order by d.id limit ${limits.redeliveryScanMax})`,
  )
  const close = [
    `pg_visible_in_snapshot(d.tx, ${values.place(seen)}::pg_snapshot)`,
    ...closeConditions('d', 'attempts', filter, values),
  ].join(' and ')
  return db.query(
    `select d.id, ${close} as matches from (${parts.join(' union all ')}) d order by d.id limit ${limits.redeliveryScanMax}`,
    values.list,
  )
}

/** Of each that was redelivered the first redelivery. */
async function selectRedelivered(db: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ of: string; first: string }>(selectFirstRedeliveries, [ids])
  return new Map(rows.map(({ of, first }) => [of, first]))
}

/**
 * Ends a bounded number of those that wait or are held; what is being claimed right now is left. Answers their webhooks.
 * One that was attempted after the statement began is left too: looked at again under the lock, it would be judged by what
 * was known of it before, which is all that the other tables say within this statement.
 */
export async function cancelUnsent(db: Queryable, matching: Matching, reason: string): Promise<WebhookId[]> {
  const values = makeValues()
  const rows = await db.query<{ webhook_id: WebhookId }>(
    `with picked as (
       select q.id from ${queueWithLanes} join queue seen on seen.id = q.id and seen.attempt = q.attempt
       where ${matchesUnsent(matching, values)} limit ${limits.cancelRowsMax} for update of q skip locked),
     gone as (delete from queue q using picked p where q.id = p.id returning q.*)
     insert into deliveries(${movedColumns}, status, reason, attempts)
     select ${movedColumns}, ${finishedStatus.cancelled}, ${values.place(reason)}, attempt from gone returning webhook_id`,
    values.list,
  )
  return rows.map((row) => row.webhook_id)
}

/** One automation, or those of a project and its collections. */
export interface AutomationsOf {
  readonly automationId: AutomationId | null
  readonly projectId: ProjectId | null
}

/** The teams of all webhooks that these automations have had. */
export async function selectTeamsOf(
  db: Queryable,
  { automationId, projectId }: AutomationsOf,
): Promise<readonly EntityId[]> {
  return (await db.query<{ id: EntityId }>(selectTeams, [automationId, projectId])).map((row) => row.id)
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

function matchesUnsent(matching: Matching, values: Values): string {
  const { teamId, filter } = matching
  return [
    `q.state in (${queueState.waiting}, ${queueState.held})`,
    `(${filter.states.map((state) => queueStates[state]).join(' or ')})`,
    // The queue has no index by team.
    filter.webhookId === null
      ? `q.webhook_id = any(array(select id from webhooks where entity_id = ${values.place(teamId)}))`
      : `q.webhook_id = ${values.place(filter.webhookId)}`,
    ...timeConditions('q', matching, values),
    ...(filter.automationId === null ? [] : [`q.automation_id = ${values.place(filter.automationId)}`]),
    ...projectConditions('q', filter, values),
    ...closeConditions('q', 'attempt', filter, values),
  ].join(' and ')
}

/** What the indexes of finished deliveries know. The webhook says the team; beside it the team would keep one from being enough. */
function placedConditions(matching: Matching, values: Values): string[] {
  const { webhookId, automationId } = matching.filter
  return [
    webhookId === null ? `d.team_id = ${values.place(matching.teamId)}` : `d.webhook_id = ${values.place(webhookId)}`,
    ...(automationId === null ? [] : [`d.automation_id = ${values.place(automationId)}`]),
    ...projectConditions('d', matching.filter, values),
    ...timeConditions('d', matching, values),
  ]
}

/** “is true” keeps it a look into a set that is made once; as a join it takes the rows out of their order. */
function projectConditions(row: 'd' | 'q', { projectId }: DeliveryFilter, values: Values): string[] {
  if (projectId === undefined) return []
  return [
    `(${row}.automation_id in (select a.id from automations a join rule_sets s on s.id = a.rule_set_id
      where s.project_id = ${values.place(projectId)})) is true`,
  ]
}

function timeConditions(row: 'd' | 'q', { filter: { after, before }, below }: Matching, values: Values): string[] {
  const until = before === null || floorOf(before) > below ? below : floorOf(before)
  return [
    `${row}.id >= ${values.place(after === null ? lowestUuid : floorOf(after))}`,
    `${row}.id < ${values.place(until)}`,
  ]
}

/** What takes a look into other tables. */
function closeConditions(
  row: 'd' | 'q',
  attempts: 'attempts' | 'attempt',
  { codes, eventType }: DeliveryFilter,
  values: Values,
): string[] {
  const conditions: string[] = []
  if (eventType !== null)
    conditions.push(
      `exists (select from events e where e.id = ${row}.event_id and e.type = ${values.place(eventType)})`,
    )
  if (codes !== null) {
    const classes = values.place(codes.flatMap((code) => (code === 'none' ? [] : [Number(code[0])])))
    const last = `select from attempts a where a.delivery_id = ${row}.id and a.number = ${row}.${attempts}`
    // One join either way: the last attempt has such an answer, or none that is another.
    conditions.push(
      codes.includes('none')
        ? `not exists (${last} and a.status / 100 <> all(${classes}::int[]))`
        : `exists (${last} and a.status / 100 = any(${classes}::int[]))`,
    )
  }
  return conditions
}

/** Where the ids of an instant begin. Before 1970 there are none. */
function floorOf(instant: string): string {
  return uuidFloor(new Date(Math.max(Date.parse(instant), 0)))
}

const selectTeams = {
  name: 'select_teams_of_automations',
  text: `select distinct w.entity_id as id from automations a join rule_sets s on s.id = a.rule_set_id
      join automation_revisions r on r.automation_id = a.id
      join webhooks w on w.id = (r.action ->> 'webhookId')::bigint
    where ($1::bigint is null or a.id = $1) and ($2::bigint is null or s.project_id = $2) and r.action ->> 'webhookId' is not null order by 1`,
}

const selectFirstRedeliveries = {
  name: 'select_first_redeliveries',
  text: `select redelivery_of as of, min(id::text collate "C") as first from (
      select redelivery_of, id from deliveries where redelivery_of = any($1::uuid[])
      union all select redelivery_of, id from queue where redelivery_of = any($1::uuid[])) r group by redelivery_of`,
}

const selectEnded = {
  name: 'select_ended_deliveries',
  text: `select id, event_id, automation_id, automation_revision, webhook_id, message_id, subject, subject_seq, reason, body
    from deliveries where id = any($1::uuid[]) order by id`,
}
