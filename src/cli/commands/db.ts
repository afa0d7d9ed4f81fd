import type { Command } from 'commander'
import { readConfig, type Config } from '../../server/config.ts'
import { makeJsonLog } from '../../server/json-log.ts'
import { databaseUrl, migrateStorage, schemaState, setUpOrganization, withDatabase } from '../../server/main.ts'
import type { GlobalOptions } from '../client-for.ts'
import { UsageError } from '../failures.ts'
import { print, printJson } from '../print.ts'

/** What these commands have to say they say themselves. */
const silentLog = makeJsonLog('silent')

type DbOptions = GlobalOptions & { readonly data?: string }

/** For the operator, on the machine of the database: these need no server and no API key. */
export function dbCommands(program: Command): void {
  const db = program
    .command('db')
    .description('the database: its address, its schema, the first organization')
    .option('--data <dir>', 'data folder of the embedded database')

  db.command('url')
    .description('the address of the database, password included')
    .action((_options: unknown, command: Command) => {
      const url = databaseUrl(configOf(command))
      if (url === undefined)
        throw new UsageError(
          'no embedded database was ever started in this folder',
          'signalbox serve, or name its folder with --data',
        )
      print(url)
    })

  db.command('migrate')
    .description('bring the schema up to this version')
    .action(async (_options: unknown, command: Command) => {
      const ran = await withDatabase(configOf(command), silentLog, (database) => migrateStorage(database, silentLog))
      if (command.optsWithGlobals<DbOptions>().json === true) printJson({ migrations: ran })
      else print(ran.length === 0 ? 'The schema is current.' : `Ran ${ran.join(', ')}.`)
    })

  db.command('status')
    .description('whether the schema is that of this version')
    .action(async (_options: unknown, command: Command) => {
      const schema = await withDatabase(configOf(command), silentLog, schemaState)
      if (command.optsWithGlobals<DbOptions>().json === true) printJson({ schema })
      else print(schema === 'current' ? 'The schema is current.' : 'The schema is behind: signalbox db migrate')
    })

  db.command('setup')
    .description('make the first organization and its admin; prints an API key this once')
    .requiredOption('--organization <name>')
    .requiredOption('--admin <name>', 'name of the first person')
    .action(async (options: { organization: string; admin: string }, command: Command) => {
      const { apiKey } = await withDatabase(configOf(command), silentLog, async (database) => {
        await migrateStorage(database, silentLog)
        return setUpOrganization(database, options)
      })
      if (command.optsWithGlobals<DbOptions>().json === true) printJson({ ...options, api_key: apiKey })
      else print(`${options.admin} is admin of ${options.organization}. API key, shown this once: ${apiKey}`)
    })
}

function configOf(command: Command): Config {
  const { data } = command.optsWithGlobals<DbOptions>()
  return readConfig({ databaseOnly: true, ...(data === undefined ? {} : { dataFolder: data }) })
}
