import type { Command } from 'commander'
import { eventResults, type Event, type EventQuery } from '../../contract/event.ts'
import { eventTypeNames } from '../../contract/event-types.ts'
import { readEventType } from '../automation-options.ts'
import { clientFor } from '../client-for.ts'
import { nameOf, subjectOf } from '../event-texts.ts'
import { makeChoice } from '../make-choice.ts'
import { UsageError } from '../failures.ts'
import { bold, print, printJson, printStyled, printTable, relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { readInstant, readJson } from '../read-option.ts'
import { lineOf } from '../stream-texts.ts'
import { watchForStop } from '../watch-for-stop.ts'

interface RecordOptions {
  readonly name: string
  readonly subject?: string
  readonly data?: string
  readonly id?: string
}

interface FollowOptions {
  readonly team?: string
  readonly project?: string
}

export function eventCommands(program: Command): void {
  const events = program.command('events').description('record events, look at them, and see what they did')

  events
    .command('record <project>')
    .description('record a custom event')
    .requiredOption('--name <name>', 'what happened')
    .option('--subject <subject>', 'what it happened to')
    .option('--data <json>', 'JSON, @file, or - for standard input')
    .option('--id <id>', 'under the same id it is recorded once, however often it is sent')
    .action(async (project: string, { data, ...event }: RecordOptions, command: Command) => {
      const { client, json } = clientFor(command)
      const recorded = await client.events.record(project, {
        ...event,
        ...(data === undefined ? {} : { data: readJson('--data', data) }),
      })
      if (json) printJson(recorded)
      else print(recorded.duplicate ? `${recorded.id} (recorded before: nothing new)` : recorded.id)
    })

  addListOptions(
    events
      .command('list <project>')
      .description('events of a project, newest first')
      .addOption(makeChoice('--type <type>', 'only of this type', eventTypeNames, readEventType))
      .option('--author <name>', 'only what this person or service account caused')
      .addOption(makeChoice('--result <result>', 'only what fired an automation, or none', eventResults, readResult))
      .option('--after <instant>', 'recorded then or later: 2h, 3d or ISO 8601', readInstant)
      .option('--before <instant>', 'recorded before', readInstant),
  ).action(async (project: string, { type, author, result, after, before }: EventQuery, command: Command) => {
    const { client } = clientFor(command)
    const now = new Date()
    const wanted = { type, author, result, after, before }
    await printList(command, (query) => client.events.list(project, { ...wanted, ...query }), {
      columns: [
        ['event', (event) => event.id],
        ['type', (event) => event.type],
        ['name', nameOf],
        ['subject', subjectOf],
        ['author', (event) => event.author],
        ['recorded', (event) => relativeTime(event.at, now)],
      ],
      whenEmpty: 'No events.',
    })
  })

  events
    .command('follow')
    .description('events and attempts as they come, until Ctrl-C')
    .option('--team <team>', 'only what concerns this team')
    .option('--project <project>', 'only what concerns this project')
    .action(async ({ team, project }: FollowOptions, command: Command) => {
      const { client, json } = clientFor(command)
      const stop = watchForStop()
      const stopped = new AbortController()
      void stop.asked.then(() => stopped.abort())
      for await (const streamed of client.stream({ team, project, signal: stopped.signal }))
        if (json) printJson(streamed)
        else print(lineOf(streamed))
    })

  events
    .command('show <id>')
    .description('one event')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { client, json } = clientFor(command)
      const event = await client.events.get(id)
      if (json) printJson(event)
      else show(event)
    })

  events
    .command('explain <id>')
    .description('which automations an event fired, and why the others did not fire')
    .option('--automation <id>', 'aut_…: and of this one, whether in reach or not')
    .action(async (id: string, { automation }: { readonly automation?: string }, command: Command) => {
      const { client, json } = clientFor(command)
      const explanation = await client.events.explain(id, { automation })
      if (json) return printJson(explanation)
      if (explanation.judgements.length === 0) return print('No automation was in its reach.')
      printTable(explanation.judgements, [
        ['automation', (judgement) => judgement.automation],
        ['name', (judgement) => judgement.automation_name],
        ['verdict', (judgement) => judgement.verdict],
        ['reason', (judgement) => judgement.reason],
      ])
    })

  events
    .command('around <id>')
    .description('what its variables stand for, and what happened just before and after it')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { client, json } = clientFor(command)
      const { variables, before, after } = await client.events.surroundings(id)
      if (json) return printJson({ variables, before, after })
      printTable(variables, [
        ['variable', ({ name }) => `\${${name}}`],
        ['value', ({ value }) => (value === null ? null : JSON.stringify(value))],
      ])
      const now = new Date()
      for (const event of [...after.toReversed(), ...before])
        print(`${event.id}  ${event.type}  ${relativeTime(event.at, now)}`)
    })
}

function show(event: Event): void {
  const { id, type, at, project, project_name: projectName, entity_name: entityName, author, facts } = event
  printStyled(`${bold(id)}  ${bold([type, nameOf(event)].filter((text) => text !== null).join('  '))}`)
  print(`recorded  ${at} (${relativeTime(at, new Date())})${author === null ? '' : ` by ${author}`}`)
  if (project !== null) print(`project   ${entityName}/${projectName} (${project})`)
  const about = subjectOf(event)
  if (about !== '') print(`subject   ${about}`)
  const { name: _name, subject: _subject, ...rest } = facts
  print(JSON.stringify(type === 'CUSTOM' ? rest['data'] : facts, null, 2))
}

function readResult(text: string): (typeof eventResults)[number] {
  const known = eventResults.find((result) => result === text)
  if (known === undefined) throw new UsageError(`“${text}” is no result`, `one of ${eventResults.join(', ')}`)
  return known
}
