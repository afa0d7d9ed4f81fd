import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import { finishedStatus, type DeliveryKey, type FinishedStatus } from '../delivery.ts'
import { metOutcome, type MetOutcome } from '../met-outcome.ts'
import { movedColumns } from './moved-columns.ts'

/** What an attempt met, as it is kept. Holds no secret value: `outbound` masked it. */
export interface AttemptRecord extends DeliveryKey {
  readonly webhookId: WebhookId
  readonly at: Date
  readonly outcome: MetOutcome
  /** The receiver's HTTP status; null when there was no answer. */
  readonly status: number | null
  /** dns, connect, tls, first byte, body. */
  readonly phasesMs: readonly number[]
  readonly requestHeaders: Headers
  readonly responseHeaders: Headers | null
  readonly response: Buffer | null
  /** Length of the answer's body as far as it was read; null when there was no answer. */
  readonly responseBytes: number | null
  readonly detail: string | null
}

export type Headers = readonly (readonly [string, string])[]

export interface FinishedAttempt extends AttemptRecord {
  readonly as: FinishedStatus
  readonly reason: string | null
}

export interface RetriedAttempt extends AttemptRecord {
  /** From when it is written down, by the database's clock: who claims it looks at that one, and no two clocks agree. */
  readonly delayMs: number
}

/**
 * Ends deliveries: moves their rows from `queue` into `deliveries` and writes the attempts, one statement for the whole
 * batch. Fenced by the claim; a second call changes nothing. Answers the ids that it ended.
 */
export async function finishDeliveries(db: Queryable, attempts: readonly FinishedAttempt[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(finish, [
    ...columns(attempts),
    attempts.map((attempt) => finishedStatus[attempt.as]),
    attempts.map((attempt) => attempt.reason),
  ])
  return rows.map(({ id }) => id)
}

/** Puts deliveries back into their lane until they are due again, and writes the attempts. Fenced and batched like `finishDeliveries`. */
export async function retryDeliveries(db: Queryable, attempts: readonly RetriedAttempt[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(retry, [...columns(attempts), attempts.map((attempt) => attempt.delayMs)])
  return rows.map(({ id }) => id)
}

function columns(attempts: readonly AttemptRecord[]): unknown[] {
  return [
    attempts.map((attempt) => attempt.id),
    attempts.map((attempt) => attempt.claimId),
    attempts.map((attempt) => attempt.at),
    attempts.map((attempt) => metOutcome[attempt.outcome]),
    attempts.map((attempt) => attempt.status),
    attempts.map((attempt) => attempt.phasesMs.map((ms) => ms.toFixed(2)).join(',')),
    attempts.map((attempt) => JSON.stringify(attempt.requestHeaders)),
    attempts.map((attempt) => (attempt.responseHeaders === null ? null : JSON.stringify(attempt.responseHeaders))),
    attempts.map((attempt) => attempt.response),
    attempts.map((attempt) => attempt.responseBytes),
    attempts.map((attempt) => attempt.detail),
  ]
}

/**
 * Only a row that is being sent has a claim. Its state is not asked for, and its id in two ways: a plan made while the
 * queue was empty would else go through an index of it from end to end, and be kept when the queue has grown.
 */
const isClaimed = 'q.id = any($1::uuid[]) and q.claim_id = r.claim_id'

const asked = `unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::smallint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::int[], $11::text[]`
const askedNames = `id, claim_id, at, outcome, http, phases, request_headers, response_headers, response, response_bytes, detail`
const attemptColumns = `delivery_id, number, at, outcome, status, phases_ms, request_headers, response_headers, response, response_bytes, detail`
const attemptValues = `id, attempt, at, outcome, http, string_to_array(nullif(phases, ''), ',')::real[], request_headers::json, response_headers::json, response, response_bytes, detail`
const rValues = askedNames
  .split(', ')
  .slice(2)
  .map((name) => `r.${name}`)
  .join(', ')

const finish = {
  name: 'finish_deliveries',
  text: `with r as (select * from ${asked}, $12::smallint[], $13::text[]) as r(${askedNames}, finished, reason)),
  done as (
    delete from queue q using r where q.id = r.id and ${isClaimed}
    returning q.*, r.finished, r.reason, ${rValues}),
  noted as (insert into attempts(${attemptColumns}) select ${attemptValues} from done on conflict do nothing)
  insert into deliveries(${movedColumns}, status, reason, attempts) select ${movedColumns}, finished, reason, attempt from done
  returning id`,
}

const retry = {
  name: 'retry_deliveries',
  text: `with r as (select * from ${asked}, $12::float8[]) as r(${askedNames}, delay_ms)),
  moved as (
    update queue q set state = 0, lane = 1, due_at = now() + r.delay_ms * interval '1 millisecond', claim_id = null, claimed_by = null, claimed_at = null
    from r where q.id = r.id and ${isClaimed}
    returning q.id, q.attempt, ${rValues}),
  noted as (insert into attempts(${attemptColumns}) select ${attemptValues} from moved on conflict do nothing)
  select id from moved`,
}
