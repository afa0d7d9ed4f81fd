import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { connect } from '../../sdk/connect.ts'
import type { GlobalOptions } from '../client-for.ts'
import { print, printJson } from '../print.ts'
import { readSettings, writeCredentials } from '../settings.ts'

export function loginCommand(program: Command): void {
  program
    .command('login')
    .description('remember a server and an API key; with --name, a new key for a name and password')
    .option('--name <name>', 'sign in with a password, which is asked for')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { name?: string }>()
      const { url } = readSettings(options)
      const apiKey =
        options.name === undefined
          ? (options.apiKey ?? (await ask('API key: ')))
          : await keyForPassword(url, options.name)
      const me = await connect({ url, apiKey }).me()
      const file = writeCredentials({ url, apiKey })
      if (options.json === true) printJson({ name: me.name, url, file })
      else print(`signed in as ${me.name} at ${url}; remembered in ${file}`)
    })
}

async function keyForPassword(url: string, name: string): Promise<string> {
  const password = await ask('password: ')
  return (await connect({ url }).signIn({ name, password })).key
}

/** From the terminal, or a line of standard input. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    process.stderr.write(question)
    for await (const line of lines) return line.trim()
    return ''
  } finally {
    lines.close()
  }
}
