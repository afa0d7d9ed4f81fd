import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/database.ts'
import { blamesOneRow } from '../database/sqlstate.ts'
import {
  finishDeliveries,
  retryDeliveries,
  type FinishedAttempt,
  type RetriedAttempt,
} from './queue/record-attempts.ts'

export type RecordedAttempt = FinishedAttempt | RetriedAttempt

/**
 * Writes attempts and next steps in batches: while one batch is under way the next one gathers, and for `recordGatherMs`
 * more where the last one was of several; an answer that comes alone is written at once. A batch that the database
 * refuses for one row's sake is halved until that row stands alone; it is then finished with a note instead of
 * its answer. While the database is away attempts wait here, as many as may be in hand; if a row was taken back meanwhile,
 * the fence leaves it alone.
 */
export interface AttemptRecorder {
  record(attempt: RecordedAttempt): void
  /** Resolves when everything handed in so far is written. */
  settled(): Promise<void>
}

export interface RecorderParts {
  readonly db: Database
  readonly log: Log
  /** Waits for more of a batch, and before the next try while the database is away. */
  readonly pause: (ms: number) => Promise<void>
  readonly onRecorded: (attempt: RecordedAttempt) => void
}

export function makeAttemptRecorder({ db, log, pause, onRecorded }: RecorderParts): AttemptRecorder {
  let gathering: RecordedAttempt[] = []
  let running: Promise<void> | undefined
  let lastTogether = 1

  async function run(): Promise<void> {
    while (gathering.length > 0) {
      if (lastTogether > 1 && gathering.length < limits.recordBatchMax) await pause(limits.recordGatherMs)
      const batch = gathering.slice(0, limits.recordBatchMax)
      gathering = gathering.slice(limits.recordBatchMax)
      lastTogether = batch.length
      await write(batch)
    }
    running = undefined
  }

  async function write(batch: readonly RecordedAttempt[]): Promise<void> {
    const finished = batch.filter((attempt) => 'as' in attempt)
    const retried = batch.filter((attempt) => 'delayMs' in attempt)
    await Promise.all([
      writeHalving(finished, (rows) => finishDeliveries(db, rows), withoutAnswer),
      writeHalving(retried, (rows) => retryDeliveries(db, rows), withoutAnswer),
    ])
  }

  async function writeHalving<A extends RecordedAttempt>(
    rows: readonly A[],
    statement: (rows: readonly A[]) => Promise<unknown>,
    bare: (attempt: A) => A,
  ): Promise<void> {
    if (rows.length === 0) return
    try {
      await statement(rows)
      for (const row of rows) onRecorded(row)
    } catch (error) {
      if (blamesOneRow(error) && rows.length > 1) {
        const middle = Math.ceil(rows.length / 2)
        await writeHalving(rows.slice(0, middle), statement, bare)
        await writeHalving(rows.slice(middle), statement, bare)
      } else if (blamesOneRow(error) && rows[0]!.detail !== poisoned) {
        log.error('attempt.not_recordable', { delivery_id: rows[0]!.id, error: messageOf(error) })
        await writeHalving(rows.map(bare), statement, bare)
      } else {
        log.warn('attempts.not_recorded', { attempts: rows.length, error: messageOf(error) })
        await pause(limits.recordRetryMs)
        await writeHalving(rows, statement, bare)
      }
    }
  }

  return {
    record(attempt) {
      gathering.push(attempt)
      running ??= run()
    },
    settled: async () => {
      while (running !== undefined) await running
    },
  }
}

const poisoned = 'the answer could not be kept'

function withoutAnswer<A extends RecordedAttempt>(attempt: A): A {
  return { ...attempt, requestHeaders: [], responseHeaders: null, response: null, detail: poisoned }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
