import type { WebhookId } from '../../base/ids.ts'
import type { Queryable, Statement } from '../../database/database.ts'
import { pushPadded, sizeFor, valuesOf, type RowColumns } from '../../database/multi-row.ts'
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
  return write(db, finish, attempts, ({ as, reason }) => [finishedStatus[as], reason])
}

/** Puts deliveries back into their lane until they are due again, and writes the attempts. Fenced and batched like `finishDeliveries`. */
export async function retryDeliveries(db: Queryable, attempts: readonly RetriedAttempt[]): Promise<string[]> {
  return write(db, retry, attempts, ({ delayMs }) => [delayMs])
}

async function write<A extends AttemptRecord>(
  db: Queryable,
  { name, columns, text }: Writing,
  attempts: readonly A[],
  stepOf: (attempt: A) => unknown[],
): Promise<string[]> {
  const size = sizeFor(attempts.length)
  const values: unknown[] = [attempts.map(({ id }) => id)]
  pushPadded(
    values,
    attempts.map((attempt) => [...cellsOf(attempt), ...stepOf(attempt)]),
    size,
  )
  const sized = `${name} ${size}`
  const statement = statements.get(sized) ?? { name: sized, text: text(valuesOf(columns, size, 2)) }
  statements.set(sized, statement)
  const rows = await db.query<{ id: string }>(statement, values)
  return rows.map(({ id }) => id)
}

interface Writing {
  readonly name: string
  readonly columns: RowColumns
  /** With `$1`, the ids. */
  readonly text: (values: string) => string
}

const statements = new Map<string, Statement>()

const attemptCells: RowColumns = [
  ['id', 'uuid'],
  ['claim_id', 'bigint'],
  ['at', 'timestamptz'],
  ['outcome', 'smallint'],
  ['http', 'int'],
  ['phases', 'real[]'],
  ['request_headers', 'json'],
  ['response_headers', 'json'],
  ['response', 'bytea'],
  ['response_bytes', 'int'],
  ['detail', 'text'],
]

function cellsOf(attempt: AttemptRecord): unknown[] {
  const { requestHeaders, responseHeaders } = attempt
  return [
    attempt.id,
    attempt.claimId,
    attempt.at,
    metOutcome[attempt.outcome],
    attempt.status,
    `{${attempt.phasesMs.map((ms) => ms.toFixed(2)).join(',')}}`,
    JSON.stringify(requestHeaders),
    responseHeaders === null ? null : JSON.stringify(responseHeaders),
    attempt.response,
    attempt.responseBytes,
    attempt.detail,
  ]
}

/**
 * Only a row that is being sent has a claim. Its state is not asked for, and its id in two ways: a plan made while the
 * queue was empty would else go through an index of it from end to end, and be kept when the queue has grown.
 */
const isClaimed = 'q.id = v.id and q.id = any($1::uuid[]) and q.claim_id = v.claim_id'

const attemptColumns = `delivery_id, number, at, outcome, status, phases_ms, request_headers, response_headers, response, response_bytes, detail`
const attemptValues = `id, attempt, at, outcome, http, phases, request_headers, response_headers, response, response_bytes, detail`
const answer = attemptCells
  .slice(2)
  .map(([name]) => `v.${name}`)
  .join(', ')

const finish: Writing = {
  name: 'finish_deliveries',
  columns: [...attemptCells, ['finished', 'smallint'], ['reason', 'text']],
  text: (values) => `with done as (
    delete from queue q using ${values} where ${isClaimed}
    returning q.*, v.finished, v.reason, ${answer}),
  noted as (insert into attempts(${attemptColumns}) select ${attemptValues} from done on conflict do nothing)
  insert into deliveries(${movedColumns}, status, reason, attempts) select ${movedColumns}, finished, reason, attempt from done
  returning id`,
}

const retry: Writing = {
  name: 'retry_deliveries',
  columns: [...attemptCells, ['delay_ms', 'float8']],
  text: (values) => `with moved as (
    update queue q set state = 0, lane = 1, due_at = now() + v.delay_ms * interval '1 millisecond', claim_id = null, claimed_by = null, claimed_at = null
    from ${values} where ${isClaimed}
    returning q.id, q.attempt, ${answer}),
  noted as (insert into attempts(${attemptColumns}) select ${attemptValues} from moved on conflict do nothing)
  select id from moved`,
}
