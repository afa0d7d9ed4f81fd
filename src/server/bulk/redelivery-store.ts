import type { MassRedelivery } from '../../contract/redelivery.ts'
import type { DeliveryId, EntityId, OrganizationId, PersonId, RedeliveryId } from '../base/ids.ts'
import type { Owner } from '../access/roles.ts'
import type { Queryable, Tx } from '../database/database.ts'
import { finishedStatus } from '../deliveries/delivery.ts'
import type { DeliveryFilter } from './delivery-filter.ts'
import { makeValues, matchesEnded } from './matching-store.ts'

export interface NewRedeliveryRow {
  readonly teamId: EntityId
  readonly filter: DeliveryFilter
  readonly mode: MassRedelivery['mode']
  readonly ratePerSecond: number
  /** Made after everything that is meant. */
  readonly below: string
  readonly createdBy: PersonId | null
}

/** Counts the set and fixes it, in the snapshot of one statement. */
export async function insertRedelivery(
  tx: Tx,
  { teamId, filter, mode, ratePerSecond, below, createdBy }: NewRedeliveryRow,
): Promise<{ readonly id: RedeliveryId; readonly total: number }> {
  const values = makeValues()
  const columns = [teamId, JSON.stringify(filter), mode, ratePerSecond, below, createdBy].map((v) => values.place(v))
  const [row] = await tx.query<{ id: RedeliveryId; total: number }>(
    `insert into redeliveries(team_id, filter, mode, rate_per_second, below, created_by, total)
     values (${columns.join(', ')}, (select count(*) from deliveries d where ${matchesEnded({ teamId, filter, below }, values)}))
     returning id, total`,
    values.list,
  )
  return row!
}

export async function countUnfinishedRedeliveries(db: Queryable, teamId: EntityId): Promise<number> {
  const [row] = await db.query<{ count: number }>(countUnfinished, [teamId])
  return row!.count
}

/** A redelivery as it is read: what has ended since it was last looked at is counted too. */
export interface RedeliveryRow {
  readonly id: RedeliveryId
  readonly team_id: EntityId
  readonly team_name: string
  readonly team_kind: Owner['kind']
  readonly organization_id: OrganizationId | null
  readonly filter: DeliveryFilter
  readonly webhook_name: string | null
  readonly automation_name: string | null
  readonly project_name: string | null
  readonly mode: MassRedelivery['mode']
  readonly rate_per_second: number
  readonly state: MassRedelivery['state']
  readonly reason: string | null
  readonly total: number
  readonly made: number
  readonly skipped: Readonly<Record<string, number>>
  readonly under_way: number
  readonly succeeded: number
  readonly failed: number
  readonly created_by_name: string | null
  readonly created_at: Date
  readonly finished_at: Date | null
}

export async function selectRedelivery(db: Queryable, id: RedeliveryId): Promise<RedeliveryRow | undefined> {
  const [row] = await db.query<RedeliveryRow>(selectOne, [id])
  return row
}

/** Those of a team, newest first, ids below `before`. */
export async function selectRedeliveryPage(
  db: Queryable,
  teamId: EntityId,
  before: RedeliveryId | null,
  limit: number,
): Promise<RedeliveryRow[]> {
  return db.query<RedeliveryRow>(selectPage, [teamId, before, limit])
}

/** Whoever is at it ends first. */
export async function lockRedelivery(tx: Tx, id: RedeliveryId): Promise<void> {
  await tx.query(lock, [id])
}

/** What runs or settles is looked at from now on; a pause is looked at no more once all it made has ended. */
export async function updateState(
  tx: Tx,
  id: RedeliveryId,
  state: MassRedelivery['state'],
  reason: string | null = null,
): Promise<void> {
  await tx.query(setState, [id, state, reason])
}

/** One that has to be looked at, locked until the transaction ends. */
export interface DueRedelivery {
  readonly id: RedeliveryId
  readonly team_id: EntityId
  readonly filter: DeliveryFilter
  readonly mode: MassRedelivery['mode']
  readonly rate_per_second: number
  readonly state: MassRedelivery['state']
  readonly seen: string
  readonly below: string
  readonly total: number
  readonly passed: string
  readonly made: number
  readonly skipped: Readonly<Record<string, number>>
  readonly paced_at: Date
  readonly created_by: PersonId | null
  /** By the database's clock. */
  readonly now: Date
}

/** Takes the one that waits longest; those that another process is at are passed over. */
export async function claimDueRedelivery(tx: Tx): Promise<DueRedelivery | undefined> {
  const [row] = await tx.query<DueRedelivery>(claimDue)
  return row
}

/** In how many milliseconds one has to be looked at; undefined when none has. */
export async function nextRedeliveryInMs(db: Queryable): Promise<number | undefined> {
  const [row] = await db.query<{ ms: number | null }>(nextLook)
  return row?.ms ?? undefined
}

export interface Settled {
  readonly ended: number
  readonly underWay: number
}

/** Notes what became of deliveries that it made and that have ended. */
export async function settleRedelivery(tx: Tx, id: RedeliveryId): Promise<Settled> {
  const [row] = await tx.query<{ ended: number; under_way: number }>(settle, [id])
  return { ended: row!.ended, underWay: row!.under_way }
}

/** Only one process makes redeliveries of a team at a time, so that two that overlap see what the other made. */
export async function lockTeamsRedeliveries(tx: Tx, teamId: EntityId): Promise<void> {
  await tx.query(lockTeam, [`redeliveries of ${teamId}`])
}

export interface Advance {
  readonly made: readonly DeliveryId[]
  readonly passed: string
  readonly skipped: Readonly<Record<string, number>>
  readonly pacedAt: Date
  readonly isDone: boolean
}

/** How far it is now, in the transaction that makes what it says was made. */
export async function advanceRedelivery(tx: Tx, id: RedeliveryId, step: Advance): Promise<void> {
  const { made, passed, skipped, pacedAt, isDone } = step
  await tx.query(advance, [id, made, passed, JSON.stringify(skipped), pacedAt, isDone])
}

/** Null: never again, until somebody changes it. */
export async function lookAgainAt(db: Queryable, id: RedeliveryId, inMs: number | null): Promise<void> {
  await db.query(setLookAt, [id, inMs])
}

const succeeded = `count(*) filter (where d.status = ${finishedStatus.succeeded})::int`
const failed = `count(*) filter (where d.status = ${finishedStatus.failed})::int`

const columns = `r.id, r.team_id, t.name as team_name, t.kind as team_kind, t.organization_id, r.filter, w.name as webhook_name,
  a.name as automation_name, j.name as project_name, r.mode, r.rate_per_second, r.state, r.reason, r.total, r.made, r.skipped,
  u.under_way, r.succeeded + u.succeeded as succeeded, r.failed + u.failed as failed,
  e.name as created_by_name, r.created_at, r.finished_at`

const joined = `redeliveries r join entities t on t.id = r.team_id
  left join webhooks w on w.id = (r.filter ->> 'webhookId')::bigint
  left join automations a on a.id = (r.filter ->> 'automationId')::bigint
  left join projects j on j.id = (r.filter ->> 'projectId')::bigint
  left join people p on p.id = r.created_by left join entities e on e.id = p.entity_id
  cross join lateral (
    select count(q.id)::int as under_way, ${succeeded} as succeeded, ${failed} as failed
    from redeliveries_under_way u left join queue q on q.id = u.delivery_id left join deliveries d on d.id = u.delivery_id
    where u.redelivery_id = r.id) u`

const selectOne = { name: 'select_redelivery', text: `select ${columns} from ${joined} where r.id = $1` }

const selectPage = {
  name: 'select_redelivery_page',
  text: `select ${columns} from ${joined} where r.team_id = $1 and ($2::bigint is null or r.id < $2) order by r.id desc limit $3`,
}

const countUnfinished = {
  name: 'count_unfinished_redeliveries',
  text: `select count(*)::int as count from redeliveries where team_id = $1 and state in ('running', 'paused')`,
}

const lock = { name: 'lock_redelivery', text: 'select 1 from redeliveries where id = $1 for update' }

const setState = {
  name: 'set_redelivery_state',
  text: `update redeliveries set state = $2, reason = $3, look_at = now(),
      finished_at = case when $2 = 'stopped' then now() end where id = $1`,
}

const claimDue = {
  name: 'claim_due_redelivery',
  text: `select id, team_id, filter, mode, rate_per_second, state, seen::text as seen, below, total, passed, made, skipped,
      paced_at, created_by, now() as now
    from redeliveries where look_at <= now() order by look_at limit 1 for update skip locked`,
}

const nextLook = {
  name: 'next_redelivery',
  text: `select extract(epoch from (select min(look_at) from redeliveries where look_at is not null) - now())::float8 * 1000 as ms`,
}

const settle = {
  name: 'settle_redelivery',
  text: `with ended as (
      delete from redeliveries_under_way u
      where u.redelivery_id = $1 and not exists (select from queue q where q.id = u.delivery_id) returning delivery_id),
    came as (
      select count(*)::int as ended, ${succeeded} as succeeded, ${failed} as failed
      from ended e left join deliveries d on d.id = e.delivery_id),
    noted as (
      update redeliveries r set succeeded = r.succeeded + c.succeeded, failed = r.failed + c.failed
      from came c where r.id = $1 and c.ended > 0)
    select c.ended, (select count(*)::int from redeliveries_under_way where redelivery_id = $1) - c.ended as under_way from came c`,
}

const lockTeam = {
  name: 'lock_teams_redeliveries',
  text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))',
}

const advance = {
  name: 'advance_redelivery',
  text: `with noted as (insert into redeliveries_under_way(redelivery_id, delivery_id) select $1::bigint, unnest($2::uuid[]))
    update redeliveries set made = made + cardinality($2::uuid[]), passed = $3, skipped = $4, paced_at = $5,
      state = case when $6 then 'done' else state end, finished_at = case when $6 then now() end
    where id = $1`,
}

const setLookAt = {
  name: 'set_redelivery_look_at',
  text: `update redeliveries set look_at = now() + $2::float8 * interval '1 millisecond' where id = $1`,
}
