import { parseArgs } from 'node:util'

/** How much is measured. The defaults fit a laptop, and the whole run in a quarter of an hour. */
export interface Sizes {
  /** The contender and the ceiling take turns so often; medians are compared. */
  readonly rounds: number
  readonly secondsPerRound: number
  /** Of the load; the webhook lets so many requests be under way, too. */
  readonly connections: number
  readonly requestsAtOnce: number
  readonly backlogRows: number
  readonly historyRows: number
  readonly rules: number
}

export interface Order {
  readonly sizes: Sizes
  readonly only: readonly string[] | undefined
  readonly jsonFile: string | undefined
  /** A PostgreSQL to make databases on; undefined: one of the bench's own, of the embedded binaries. */
  readonly databaseUrl: string | undefined
  /** Where profiles of the server's processor time are put. */
  readonly profileFolder: string | undefined
  /** A run that is not done by then ends unfinished. */
  readonly minutesMax: number
}

const sizeOptions = {
  rounds: { type: 'string', default: '3' },
  seconds: { type: 'string', default: '4' },
  connections: { type: 'string', default: '128' },
  'requests-at-once': { type: 'string', default: '256' },
  'backlog-rows': { type: 'string', default: '500000' },
  'history-rows': { type: 'string', default: '5000000' },
  rules: { type: 'string', default: '10000' },
  minutes: { type: 'string', default: '30' },
} as const

export function readOrder(args: readonly string[], environment: NodeJS.ProcessEnv): Order {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...sizeOptions,
      only: { type: 'string', multiple: true },
      json: { type: 'string' },
      database: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const count = (name: keyof typeof sizeOptions): number => {
    const number = Number(values[name])
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1 on`)
    return number
  }
  return {
    only: values.only,
    jsonFile: values.json,
    databaseUrl: values.database ?? environment['SIGNALBOX_BENCH_DATABASE_URL'],
    profileFolder: values.profile,
    minutesMax: count('minutes'),
    sizes: {
      rounds: count('rounds'),
      secondsPerRound: count('seconds'),
      connections: count('connections'),
      requestsAtOnce: count('requests-at-once'),
      backlogRows: count('backlog-rows'),
      historyRows: count('history-rows'),
      rules: count('rules'),
    },
  }
}
