import type { Command } from 'commander'
import type { Config } from '../../server/config.ts'
import { askSecretly } from '../ask.ts'
import type { GlobalOptions } from '../client-for.ts'
import { RefusedError } from '../failures.ts'
import { openOperatorDatabase, type OperatorDatabase } from '../operator-database.ts'
import { print, printJson } from '../print.ts'

type DbOptions = GlobalOptions & { readonly data?: string }

interface SetupOptions {
  readonly organization: string
  readonly team?: string
  readonly admin: string
  readonly password?: true
}

/** For the operator, on the machine of the database: these need no API key. */
export function dbCommands(program: Command): void {
  const db = program
    .command('db')
    .description('the database: its address, its schema, the first organization')
    .option('--data <dir>', 'data folder of the embedded database; also SIGNALBOX_DATA')

  db.command('url')
    .description('the address of the database, password included')
    .action(async (_options: unknown, command: Command) => {
      const { json, database } = await prepare(command)
      const url = database.url() ?? refuseMissing(database.config)
      if (json) printJson({ url })
      else print(url)
    })

  db.command('migrate')
    .description('bring the schema up to this version')
    .action(async (_options: unknown, command: Command) => {
      const { json, database } = await prepare(command)
      const migrations = await database.migrate()
      if (json) printJson({ migrations })
      else print(migrations.length === 0 ? 'The schema is current.' : `Ran ${migrations.join(', ')}.`)
    })

  db.command('status')
    .description('where the database is, and whether its schema is that of this version')
    .action(async (_options: unknown, command: Command) => {
      const { json, database } = await prepare(command)
      if (database.url() === undefined) refuseMissing(database.config)
      const schema = await database.schema()
      if (json) return printJson({ database: database.where(), schema })
      print(database.where())
      print(schema === 'current' ? 'The schema is current.' : 'The schema is behind: signalbox db migrate')
    })

  db.command('setup')
    .description('make the first organization and its admin; prints an API key, this once')
    .requiredOption('--organization <name>', 'name of the organization')
    .option('--team <name>', 'name of a first team; its admin is the same person')
    .requiredOption('--admin <name>', 'name of the first person')
    .option('--password', 'for signing in: asks for one, or takes a line of standard input')
    .action(async ({ organization, team, admin, password: asksPassword }: SetupOptions, command: Command) => {
      const { json, database } = await prepare(command)
      const password = asksPassword === true ? await askSecretly('password for the admin') : undefined
      const { apiKey } = await database.setUp({ organization, team, admin, password })
      if (json) printJson({ organization, ...(team === undefined ? {} : { team }), admin, api_key: apiKey })
      else print(`${admin} is admin of ${organization}. The API key, shown this once:\n${apiKey}`)
    })

  db.command('password')
    .description('set a forgotten password, the last admin’s too: asks for it, or takes a line of standard input')
    .argument('<person>', 'usr_… or a name')
    .action(async (person: string, _options: unknown, command: Command) => {
      const { json, database } = await prepare(command)
      if (database.url() === undefined) refuseMissing(database.config)
      await database.setPassword(person, await askSecretly(`new password of ${person}`))
      if (json) printJson({ person })
      else print(`${person} signs in with it from now on. Sessions of ${person} have ended; API keys stay in force.`)
    })
}

async function prepare(command: Command): Promise<{ json: boolean; database: OperatorDatabase }> {
  const { data, json } = command.optsWithGlobals<DbOptions>()
  return { json: json === true, database: await openOperatorDatabase(data) }
}

function refuseMissing({ dataFolder }: Config): never {
  throw new RefusedError(
    `no embedded database was ever started in ${dataFolder}`,
    'signalbox serve, another folder with --data, or DATABASE_URL',
  )
}
