import type { Command } from 'commander'
import { clientFor } from '../client-for.ts'
import { print, printJson } from '../print.ts'

export function meCommand(program: Command): void {
  program
    .command('me')
    .description('who the API key belongs to, and where they belong')
    .action(async (_options: unknown, command: Command) => {
      const { client, json } = clientFor(command)
      const me = await client.me()
      if (json) return printJson(me)
      print(`${me.name} (${me.id})`)
      for (const { name, role } of me.organizations) print(`  ${role} of organization ${name}`)
      for (const { name, role } of me.teams) print(`  ${role} of team ${name}`)
    })
}
