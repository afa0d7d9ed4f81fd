import type { Command } from 'commander'
import { connect } from '../../sdk/connect.ts'
import { askSecretly } from '../ask.ts'
import type { GlobalOptions } from '../client-for.ts'
import { print, printJson } from '../print.ts'
import { readSettings, writeCredentials } from '../settings.ts'

type LoginOptions = GlobalOptions & { readonly name?: string }

export function loginCommand(program: Command): void {
  program
    .command('login')
    .description('remember a server and an API key, which is asked for; with --name, a password is')
    .option('--name <name>', 'get a new key for the name and password of a person')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<LoginOptions>()
      const { url } = readSettings(options)
      const apiKey = await obtainKey(url, options)
      // What does not work is not remembered.
      const me = await connect({ url, apiKey }).me()
      const file = writeCredentials({ url, apiKey })
      if (options.json === true) printJson({ url, id: me.id, name: me.name, file })
      else print(`You are ${me.name} at ${url}. Remembered in ${file}.`)
    })
}

async function obtainKey(url: string, { name, apiKey }: LoginOptions): Promise<string> {
  if (name === undefined) return apiKey ?? (await askSecretly('API key'))
  const { key } = await connect({ url }).signIn({ name, password: await askSecretly('password') })
  return key
}
