import pg from 'pg'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { shareRuns } from './share-runs.ts'
import { codeOf, isConnectionLost, sqlstate } from './sqlstate.ts'

/** A statement with a name is prepared once per connection, unless `prepare` is off (poolers in transaction mode). */
export interface Statement {
  readonly name: string
  readonly text: string
  /** A read that many ask for at once with the same values: outside a transaction they share runs of it. */
  readonly shared?: boolean
}

export interface Queryable {
  query<Row>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>
}

/** One transaction at READ COMMITTED. Statements wait at most `limits.statementMsMax`. */
export interface Tx extends Queryable {
  /** `fn` ran before and met another transaction's change: what it knew from memory may be old. */
  readonly isRerun: boolean
  /** Sends a statement whose answer nobody needs, so that what follows need not wait for it. Its failure is the transaction's. */
  send(statement: Statement, values: readonly unknown[]): void
  /** Runs once, after the commit was acknowledged; never when the transaction failed or its outcome is unknown. */
  afterCommit(effect: () => void): void
  /** Runs once per run of `fn` that did not end in an acknowledged commit: gives back what was reserved in memory. */
  afterFailure(effect: () => void): void
}

export interface Database extends Queryable {
  /** May run `fn` up to three times (deadlock, serialization), so effects outside the database wait in `afterCommit`. */
  tx<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** A connection of one's own, outside the pool: for LISTEN. */
  connect(): Promise<pg.Client>
  /** How its connections are used. */
  pool(): PoolUse
  close(): Promise<void>
}

export interface PoolUse {
  readonly busy: number
  readonly idle: number
  /** Who waits for a connection now, and how many ever had to. */
  readonly waiting: number
  readonly waits: number
}

export interface DatabaseOptions {
  readonly url: string
  readonly prepare: boolean
  readonly connectionsMax: number
  readonly log: Log
}

/** The connection was lost between COMMIT and its answer: the transaction may or may not stand. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError'
  constructor(cause: unknown) {
    super('the connection was lost before COMMIT was answered', { cause })
  }
}

export function openDatabase({ url, prepare, connectionsMax, log }: DatabaseOptions): Database {
  const connection: pg.ClientConfig = {
    connectionString: url,
    application_name: 'signalbox',
    connectionTimeoutMillis: limits.statementMsMax,
    keepAlive: true,
    types,
  }
  const pool = new pg.Pool({
    ...connection,
    max: connectionsMax,
    query_timeout: limits.statementMsMax + 1_000,
    pipeline: true,
    ...(prepare ? { verify: setUpSession } : {}),
  })
  const noteLoss = (error: Error) => log.warn('database.connection_lost', { error: error.message })
  pool.on('error', noteLoss)
  // A connection in use tells the statement that waits on it; without a listener its loss would end the process too.
  pool.on('connect', (client) => client.on('error', noteLoss))

  let waits = 0
  /** Before a connection is asked for: whether those who asked before leave one that is there, or may still be made. */
  const countWait = () => {
    if (pool.waitingCount >= pool.idleCount + connectionsMax - pool.totalCount) waits += 1
  }

  const run = async <Row>(client: Runner, statement: Statement | string, values: readonly unknown[] = []) => {
    const text = typeof statement === 'string' ? statement : statement.text
    const name = prepare && typeof statement !== 'string' ? { name: statement.name } : {}
    const result = await client.query({ ...name, text, values: values as unknown[] })
    return result.rows as Row[]
  }

  async function attempt<T>(fn: (tx: Tx) => Promise<T>, isRerun: boolean): Promise<T> {
    countWait()
    const client = await pool.connect()
    const committed: (() => void)[] = []
    const failed: (() => void)[] = []
    const sent: Promise<unknown>[] = []
    const send = (answer: Promise<unknown>): void => {
      sent.push(answer)
      // Whoever it concerns hears of it before COMMIT is answered.
      answer.catch(() => {})
    }
    let broken: Error | undefined
    try {
      send(client.query(prepare ? 'begin' : `begin; ${timeouts('set local')}`))
      const result = await fn({
        isRerun,
        query: (statement, values) => run(client, statement, values),
        send: (statement, values) => send(run(client, statement, values)),
        afterCommit: (effect) => committed.push(effect),
        afterFailure: (effect) => failed.push(effect),
      })
      await commit(client, sent)
      failed.length = 0
      for (const effect of committed) effect()
      return result
    } catch (thrown) {
      // What failed first made the others fail, and tells why.
      const error = thrown instanceof CommitUnknownError ? thrown : ((await failureOf(sent)) ?? thrown)
      for (const effect of failed) effect()
      if (error instanceof CommitUnknownError) broken = error
      else
        await client
          .query('rollback')
          .catch((cause: unknown) => (broken = cause instanceof Error ? cause : new Error(String(cause))))
      throw error
    } finally {
      client.release(broken)
    }
  }

  const share = shareRuns<unknown[]>()

  return {
    async query<Row>(statement: Statement | string, values: readonly unknown[] = []) {
      const runOnce = () => {
        countWait()
        return run<Row>(pool, statement, values)
      }
      if (typeof statement === 'string' || statement.shared !== true) return runOnce()
      return (await share(`${statement.name} ${keyOf(values)}`, runOnce)) as Row[]
    },
    async tx(fn) {
      for (let number = 1; ; number++) {
        try {
          return await attempt(fn, number > 1)
        } catch (error) {
          if (number === limits.txAttemptsMax || !rerunnable.has(codeOf(error) ?? '')) throw error
        }
      }
    },
    async connect() {
      const client = new pg.Client(connection)
      client.on('error', noteLoss)
      await client.connect()
      return client
    },
    pool: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      waits,
    }),
    close: () => pool.end(),
  }
}

/** An error that the server reports is a clear no, of a statement or of COMMIT (a deferred constraint); silence is not. */
async function commit(client: Runner, sent: readonly Promise<unknown>[]): Promise<void> {
  const [failure, refusal] = await Promise.all([failureOf(sent), failureOf([client.query('commit')])])
  const error = isClear(failure) ? failure : (refusal ?? failure)
  if (error !== undefined) throw isClear(error) ? error : new CommitUnknownError(error)
}

function isClear(error: unknown): boolean {
  return !isConnectionLost(error) && codeOf(error) !== undefined
}

/** The first of them that failed. */
async function failureOf(sent: readonly Promise<unknown>[]): Promise<Error | undefined> {
  const settled = await Promise.allSettled(sent)
  return settled.find((one) => one.status === 'rejected')?.reason as Error | undefined
}

function keyOf(values: readonly unknown[]): string {
  return JSON.stringify(values.map((value) => (Buffer.isBuffer(value) ? value.toString('base64') : value)))
}

type Runner = Pick<pg.Pool, 'query'>

/**
 * A prepared plan is kept for as long as its connection lives. One made while `queue` was nearly empty reads the whole
 * table, and goes on doing so when it has grown: claiming took twelve times as long, finishing four times. So a table is
 * read whole only where there is no index to use, and no statement is compiled for looking dear by that. The timeouts are
 * set here too, and by each transaction only where a pooler hands its connection on.
 */
function setUpSession(client: pg.PoolClient, done: (error?: Error) => void): void {
  const settings = `set enable_seqscan = off; set jit = off; ${timeouts('set')}`
  client.query(settings, (error: Error | null) => done(error ?? undefined))
}

function timeouts(set: 'set' | 'set local'): string {
  const ms = limits.statementMsMax
  return `${set} statement_timeout = ${ms}; ${set} idle_in_transaction_session_timeout = ${ms}`
}

const rerunnable = new Set<string>([sqlstate.serializationFailure, sqlstate.deadlockDetected])

// Identities are counted by us and stay far below 2^53, so bigint is a number here. `json` stays as it was written
// only where a column is cast to text; otherwise the driver parses it.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)
types.setTypeParser(1016, (text: string) => parseBigintArray(text))

function parseBigintArray(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)
}
