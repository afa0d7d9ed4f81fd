import type { Command } from 'commander'
import { askForValue } from '../ask.ts'
import { clientFor } from '../client-for.ts'
import { addDeleteOptions, confirmDelete } from '../confirm.ts'
import { findTeam } from '../find-team.ts'
import { relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone } from '../print-thing.ts'

interface Of {
  readonly team?: string
}

export function secretCommands(program: Command): void {
  const secrets = program.command('secrets').description('values that webhooks and payloads use, and nobody reads back')
  const inTeam = (command: Command): Command =>
    command.option('--team <team>', 'by name or id; your only team when left out')

  inTeam(addListOptions(secrets.command('list').description('names, and what uses them'))).action(
    async ({ team }: Of, command: Command) => {
      const { client } = clientFor(command)
      const of = await findTeam(client, team)
      const now = new Date()
      await printList(command, (query) => client.secrets.list(of, query), {
        columns: [
          ['name', (secret) => secret.name],
          ['webhooks', ({ used_by: { webhooks } }) => webhooks.map(({ name }) => name).join(', ') || null],
          ['automations', ({ used_by: { automations } }) => automations.map(({ name }) => name).join(', ') || null],
          ['written', (secret) => relativeTime(secret.updated_at, now)],
          ['last used', ({ last_used_at: at }) => (at === null ? null : relativeTime(at, now))],
        ],
        whenEmpty: 'No secrets.',
      })
    },
  )

  inTeam(
    secrets.command('create <name>').description('keep a value, which is asked for or read from standard input'),
  ).action(async (name: string, { team }: Of, command: Command) => {
    const { client } = clientFor(command)
    const of = await findTeam(client, team)
    const made = await client.secrets.create(of, { name, value: await askForValue('value') })
    printDone(
      command,
      made,
      `${made.name} is kept. Payloads say \${${made.name}}, once it is granted to their webhook.`,
    )
  })

  inTeam(secrets.command('replace <name>').description('another value, from the next attempt on')).action(
    async (name: string, { team }: Of, command: Command) => {
      const { client } = clientFor(command)
      const of = await findTeam(client, team)
      const made = await client.secrets.replace(of, name, await askForValue('new value'))
      printDone(command, made, `${made.name} has its new value.`)
    },
  )

  addDeleteOptions(inTeam(secrets.command('delete <name>').description('wipe a value')), { force: true }).action(
    async (name: string, { team }: Of, command: Command) => {
      const { client } = clientFor(command)
      const of = await findTeam(client, team)
      await client.secrets.delete(of, name, await confirmDelete(command, `the secret ${name} of ${of}`))
      printDone(command, null, `${name} is deleted.`)
    },
  )
}
