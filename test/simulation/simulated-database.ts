import { CommitUnknownError, type Database, type Statement } from '../../src/server/database/database.ts'
import type { Chance } from './chance.ts'
import type { QueueObserver } from './queue-observer.ts'
import { prepareJournal, readJournal } from './journal.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { SimulatedTime } from './simulated-time.ts'

/**
 * The real database, seen by simulated processes: one statement or transaction at a time, in the order in which they were
 * asked, each at its simulated instant (`now()` of the statements themselves included), each judged by the observer. On the
 * way a statement or its answer may be lost, and its process may be frozen or killed before the answer comes.
 */
export interface SimulatedDatabase {
  for(process: SimulatedProcess): Database
  /** Outside every process, and without faults. */
  readonly db: Database
  /** Resolves when nobody waits for the database any more. */
  settled(): Promise<void>
  faultsPerStatement: number
}

export interface SimulatedDatabaseParts {
  readonly real: Database
  readonly time: SimulatedTime
  readonly chance: Chance
  readonly observer: QueueObserver
  readonly onNotify: (payload: string) => void
  /** What is told of each statement, for the story. */
  readonly tell: (line: string) => void
  /** Lets a test plant a bug into a statement. */
  readonly variant?: ((statement: Statement) => Statement) | undefined
}

type Fault = 'statement lost' | 'answer lost' | 'frozen' | 'killed'

export async function makeSimulatedDatabase(parts: SimulatedDatabaseParts): Promise<SimulatedDatabase> {
  const { real, time, chance, observer, onNotify, tell, variant = (statement) => statement } = parts
  const waiting: (() => Promise<void>)[] = []
  let running = false

  await prepareJournal(real)

  /** Whoever asks waits for their turn; between two turns everything that the last one set off has happened. */
  function take<T>(turn: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      waiting.push(() => turn().then(resolve, reject))
      if (!running) void run()
    })
  }
  async function run(): Promise<void> {
    running = true
    for (let turn = waiting.shift(); turn !== undefined; turn = waiting.shift()) {
      await turn()
      await everythingHappened()
    }
    running = false
  }

  function drawFault(): Fault | undefined {
    if (!chance.happens(simulated.faultsPerStatement)) return undefined
    return chance.pick<Fault>(['statement lost', 'answer lost', 'answer lost', 'frozen', 'frozen', 'killed'])
  }

  let toldAt = 0

  async function execute<T>(work: () => Promise<T>, by: Parameters<QueueObserver['see']>[0]): Promise<T> {
    tell(by.statement?.name ?? 'statements of one transaction')
    if (toldAt !== time.now()) await real.query(setNow, [new Date(time.now()).toISOString()])
    toldAt = time.now()
    const answer = await work()
    if (by.statement === undefined || writes.test(by.statement.text)) observer.see(by, await readJournal(real))
    return answer
  }

  function query<Row>(statement: Statement | string, values: readonly unknown[] = []): Promise<Row[]> {
    if (typeof statement !== 'string')
      return execute(() => real.query<Row>(variant(statement), values), { statement, values })
    if (statement.includes('pg_notify')) {
      onNotify(String(values[1]))
      return Promise.resolve([])
    }
    return execute(() => real.query<Row>(statement, values), {})
  }

  /** Answers what is to be told, or nothing where nobody is there to hear it. */
  function ask<T>(
    process: SimulatedProcess,
    work: () => Promise<{ value: T; committed: () => void; unknown: () => Error }>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const turn = async (): Promise<void> => {
        if (process.isDead()) return
        if (process.isFrozen()) return process.reach(() => void take(turn))
        const fault = drawFault()
        tell(`process ${process.number}${fault === undefined ? '' : `, ${fault}`}:`)
        if (fault === 'statement lost') return process.reach(() => reject(connectionLost()))
        const answer = await work().catch((error: unknown) => ({
          error: error instanceof Error ? error : new Error(String(error)),
        }))
        if (fault === 'killed') process.kill()
        if (fault === 'frozen') process.freeze(chance.between(...frozenMs))
        process.reach(() => {
          if ('error' in answer) reject(answer.error)
          else if (fault === 'answer lost') reject(answer.unknown())
          else {
            answer.committed()
            resolve(answer.value)
          }
        })
      }
      void take(turn)
    })
  }

  const databaseOf = (process: SimulatedProcess): Database => ({
    query: (statement, values) =>
      ask(process, async () => ({ value: await query(statement, values), committed() {}, unknown: connectionLost })),
    tx: (fn) =>
      ask(process, async () => {
        const [committed, failed] = [[] as (() => void)[], [] as (() => void)[]]
        try {
          const value = await execute(
            () =>
              real.tx((tx) => {
                committed.length = 0
                for (const effect of failed.splice(0)) effect()
                return fn({
                  isRerun: tx.isRerun,
                  query: (statement, values) => tx.query(statement, values),
                  send: (statement, values) => tx.send(statement, values),
                  afterCommit: (effect) => void committed.push(effect),
                  afterFailure: (effect) => void failed.push(effect),
                })
              }),
            {},
          )
          return {
            value,
            committed: () => committed.forEach((effect) => effect()),
            unknown() {
              failed.forEach((effect) => effect())
              return new CommitUnknownError(connectionLost())
            },
          }
        } catch (error) {
          failed.forEach((effect) => effect())
          throw error
        }
      }),
    connect: real.connect,
    pool: real.pool,
    close: async () => {},
  })

  const simulated: SimulatedDatabase = {
    for: databaseOf,
    db: {
      ...real,
      query: (statement, values) => take(() => query(statement, values)),
      tx: (fn) => take(() => execute(() => real.tx(fn), {})),
    },
    async settled() {
      do await everythingHappened()
      while (running)
    },
    faultsPerStatement: 0,
  }
  return simulated
}

/** Some shorter than a lease and some longer: the row may be whole, taken back, or in other hands by then. */
export const frozenMs = [5_000, 16_000] as const

const setNow = { name: 'set_now', text: `select set_config('simulated.now', $1, false)` }
const writes = /\b(insert|update|delete)\b/

/** What waits for a promise that is resolved has gone on, and what that resolved too. */
function everythingHappened(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function connectionLost(): Error {
  return Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
}
