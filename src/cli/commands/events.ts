import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { UsageError } from '../failures.ts'
import { clientFor, type GlobalOptions } from '../client-for.ts'
import { print, printJson, printTable, relativeTime } from '../print.ts'

export function eventCommands(program: Command): void {
  const events = program.command('events').description('record events and look at them')

  events
    .command('record <project>')
    .description('record a custom event')
    .requiredOption('--name <name>', 'what happened')
    .option('--subject <subject>', 'what it happened to')
    .option('--data <json>', 'JSON, @file, or - for standard input')
    .option('--id <id>', 'makes recording idempotent')
    .action(
      async (
        project: string,
        options: { name: string; subject?: string; data?: string; id?: string },
        command: Command,
      ) => {
        const { client, json } = clientFor(command.optsWithGlobals<GlobalOptions>())
        const { name, subject, id } = options
        const data = options.data === undefined ? undefined : parseData(readData(options.data))
        const recorded = await client.events.record(project, {
          name,
          ...(subject === undefined ? {} : { subject }),
          ...(id === undefined ? {} : { id }),
          ...(data === undefined ? {} : { data }),
        })
        if (json) printJson(recorded)
        else print(recorded.duplicate ? `${recorded.id} (it was recorded before)` : recorded.id)
      },
    )

  events
    .command('list <project>')
    .description('events of a project, newest first')
    .option('--limit <n>', 'how many', Number, 20)
    .option('--cursor <cursor>', 'the page after this one')
    .action(async (project: string, options: { limit: number; cursor?: string }, command: Command) => {
      const { client, json } = clientFor(command.optsWithGlobals<GlobalOptions>())
      const page = await client.events.list(project, {
        limit: options.limit,
        ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
      })
      if (json) return printJson(page)
      const now = new Date()
      printTable(
        page.items,
        [
          ['event', (event) => event.id],
          ['type', (event) => event.type],
          ['name', (event) => (typeof event.facts['name'] === 'string' ? event.facts['name'] : null)],
          ['author', (event) => event.author],
          ['recorded', (event) => relativeTime(event.at, now)],
        ],
        'No events yet.',
      )
      if (page.next !== null) print(`more: --cursor ${page.next}`)
    })

  events
    .command('show <id>')
    .description('one event')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { client, json } = clientFor(command.optsWithGlobals<GlobalOptions>())
      const event = await client.events.get(id)
      if (json) printJson(event)
      else print(JSON.stringify(event, null, 2))
    })

  events
    .command('explain <id>')
    .description('which automations an event fired, and why the others did not fire')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { client, json } = clientFor(command.optsWithGlobals<GlobalOptions>())
      const explanation = await client.events.explain(id)
      if (json) return printJson(explanation)
      printTable(
        explanation.judgements,
        [
          ['automation', (judgement) => judgement.automation],
          ['name', (judgement) => judgement.automation_name],
          ['verdict', (judgement) => judgement.verdict],
          ['reason', (judgement) => judgement.reason],
        ],
        'No automation was in its reach.',
      )
    })
}

function readData(given: string): string {
  if (given === '-') return readFileSync(0, 'utf8')
  return given.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given
}

function parseData(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('--data is not valid JSON', `--data '{"loss": 0.25}'`)
  }
}
