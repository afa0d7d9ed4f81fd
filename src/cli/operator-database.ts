import type { Config } from '../server/config.ts'

interface FirstOrganization {
  readonly organization: string
  readonly team?: string | undefined
  readonly admin: string
  readonly password?: string | undefined
}

/** What an operator may do with the configured database, whether a server runs on it or not. */
export interface OperatorDatabase {
  readonly config: Config
  /** Undefined where an embedded database was never started. */
  url(): string | undefined
  /** For a person, without its password. */
  where(): string
  schema(): Promise<'current' | 'behind'>
  migrate(): Promise<readonly string[]>
  setUp(input: FirstOrganization): Promise<{ apiKey: string }>
  setPassword(person: string, password: string): Promise<void>
}

// The server's code is loaded where it is needed: most commands speak HTTP, and start four times as fast without it.
export async function openOperatorDatabase(dataFolder: string | undefined): Promise<OperatorDatabase> {
  const { readConfig } = await import('../server/config.ts')
  const { makeJsonLog } = await import('../server/json-log.ts')
  const main = await import('../server/main.ts')
  const config = readConfig({ databaseOnly: true, ...(dataFolder === undefined ? {} : { dataFolder }) })
  // What these commands have to say they say themselves.
  const log = makeJsonLog('silent')
  type Work<T> = Parameters<typeof main.withDatabase<T>>[2]

  /** A running server has the embedded database locked; it is asked through its own address then. */
  async function on<T>(work: Work<T>): Promise<T> {
    try {
      return await main.withDatabase(config, log, work)
    } catch (error) {
      const url = main.databaseUrl(config)
      if (!isLocked(error) || url === undefined) throw error
      return main.withDatabase({ ...config, databaseUrl: url }, log, work)
    }
  }

  return {
    config,
    url: () => main.databaseUrl(config),
    where: () =>
      config.databaseUrl === undefined
        ? `the embedded database in ${config.dataFolder}`
        : `the database ${withoutPassword(config.databaseUrl)}`,
    schema: () => on(main.schemaState),
    migrate: () => on((db) => main.migrateStorage(db, log)),
    setUp: (input) =>
      on(async (db) => {
        await main.migrateStorage(db, log)
        return main.setUpOrganization(db, input)
      }),
    setPassword: (person, password) => on((db) => main.resetPassword(db, person, password)),
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'folder-locked'
}

function withoutPassword(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl)
  return `${hostname === '' ? 'local' : hostname}${port === '' ? '' : `:${port}`}${pathname}`
}
