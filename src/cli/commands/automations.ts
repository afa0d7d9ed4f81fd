import type { Command } from 'commander'
import type { Automation, AutomationRevision } from '../../contract/automation.ts'
import { eventTypeNames } from '../../contract/event-types.ts'
import type { Mistake } from '../../contract/problem.ts'
import type { DryRunResult } from '../../contract/trial.ts'
import {
  addAutomationOptions,
  addScopeOptions,
  hasScope,
  automationInput,
  readEventType,
  readScope,
  type ScopeOptions,
} from '../automation-options.ts'
import { clientFor } from '../client-for.ts'
import { addDeleteOptions, confirmDelete } from '../confirm.ts'
import { UsageError } from '../failures.ts'
import { addHubOptions, hubQuery } from '../hub-options.ts'
import { makeChoice } from '../make-choice.ts'
import { print, printJson, printTable, relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printBlock, printDone, printThing, wantsJson } from '../print-thing.ts'
import { wholeNumber } from '../read-option.ts'
import { requireChange } from '../require-change.ts'

interface TrialOptions {
  readonly days: number
  readonly missed?: true
  readonly limit: number
}

export function automationCommands(program: Command): void {
  const automations = program.command('automations').description('what is sent when something happens')

  addHubOptions(
    addScopeOptions(
      addListOptions(automations.command('list').description('automations of one place, or of all you may see')),
    ),
  ).action(async (options: ScopeOptions, command: Command) => {
    const { client } = clientFor(command)
    const filter = hubQuery(options)
    const scope = hasScope(options) ? readScope(options) : undefined
    const list = { project: 'listOfProject', collection: 'listOfCollection', team: 'listOfTeam' } as const
    const fetchPage = (query: { limit: number; cursor?: string }) =>
      scope === undefined
        ? client.automations.list({ ...filter, ...query })
        : client.automations[list[scope.kind]](scope.ref, query)
    await printList<Automation>(command, fetchPage, {
      columns: [
        ['automation', (automation) => automation.id],
        ['name', (automation) => automation.name],
        ['on', (automation) => automation.scope.name],
        ['event', (automation) => automation.event_type],
        ['sends to', ({ action }) => (action.type === 'webhook' ? action.webhook : 'nobody')],
        ['state', stateOf],
        ['revision', (automation) => automation.revision],
      ],
      whenEmpty: 'No automations.',
    })
  })

  automations
    .command('show <id>')
    .description('one automation: its filter, its payload, and what is wrong with it')
    .action(async (id: string, _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.automations.get(id))
    })

  addListOptions(
    automations.command('revisions <id>').description('what it said before, and who changed it, newest first'),
  ).action(async (id: string, _options: unknown, command: Command) => {
    const { client } = clientFor(command)
    const now = new Date()
    await printList<AutomationRevision>(command, (query) => client.automations.revisions(id, query), {
      columns: [
        ['revision', ({ revision }) => revision],
        ['made', ({ at }) => relativeTime(at, now)],
        ['by', ({ by }) => by ?? 'Signalbox'],
        ['name', ({ name }) => name],
        ['event', (revision) => revision.event_type],
        ['sends to', ({ action }) => (action.type === 'webhook' ? action.webhook : 'nobody')],
        ['state', ({ enabled, paused_reason: paused }) => (enabled ? (paused === null ? 'on' : 'paused') : 'disabled')],
      ],
      whenEmpty: 'No revisions.',
    })
  })

  addAutomationOptions(addScopeOptions(automations.command('create').description('a new automation')))
    .option('--disabled', 'do not let it fire yet')
    .action(async (options: ScopeOptions & { readonly disabled?: true }, command: Command) => {
      const { client } = clientFor(command)
      const { kind, ref } = readScope(options)
      const { name, event_type, action, ...input } = await automationInput(client, command)
      if (name === undefined || event_type === undefined || action === undefined)
        throw new UsageError(
          'an automation has a name, an event and an action',
          '--name deploy --event ADD_ARTIFACT_ALIAS --webhook whk_1 --template @payload.json, or --no-op',
        )
      const create = { project: 'createInProject', collection: 'createInCollection', team: 'createInTeam' } as const
      const body = { ...input, name, event_type, action, ...(options.disabled === true ? { enabled: false } : {}) }
      const made = await client.automations[create[kind]](ref, body)
      printDone(command, made, `${made.id} “${made.name}” is made, on ${made.scope.name}.`)
      if (!wantsJson(command)) printWarnings(made)
    })

  addAutomationOptions(automations.command('edit <id>').description('change what the options name')).action(
    async (id: string, _options: unknown, command: Command) => {
      requireChange(command)
      const { client } = clientFor(command)
      const before = await client.automations.get(id)
      const input = await automationInput(client, command, before)
      const changed = await client.automations.update(id, { revision: before.revision, ...input })
      printDone(command, changed, `${changed.id} is at revision ${changed.revision}.`)
      if (!wantsJson(command)) printWarnings(changed)
    },
  )

  for (const [verb, about] of [
    ['enable', 'let it fire'],
    ['disable', 'let it match nothing'],
    ['pause', 'let it match, and hold what it would send'],
    ['resume', 'send what was held, and go on'],
    ['restore', 'undo its deletion'],
  ] as const)
    automations
      .command(`${verb} <id>`)
      .description(about)
      .action(async (id: string, _options: unknown, command: Command) => {
        const automation = await clientFor(command).client.automations[verb](id)
        printDone(command, automation, `${automation.id} “${automation.name}” ${tellState(automation)}.`)
      })

  automations
    .command('dry-run <id>')
    .description('whether it would fire, why, and what exactly it would send')
    .option('--event <id>', 'on an event that happened; an example when left out')
    .action(async (id: string, { event }: { readonly event?: string }, command: Command) => {
      const result = await clientFor(command).client.automations.dryRun(id, event === undefined ? {} : { event })
      if (wantsJson(command)) printJson(result)
      else showDryRun(result)
    })

  automations
    .command('simulate <id>')
    .description('which past events it would fire on now, and why not on the others')
    .option('--days <n>', 'how far back', wholeNumber('number of days', 1, 7, '--days 7'), 7)
    .option('--missed', 'only those it would not fire on')
    .option('--limit <n>', 'how many to show', wholeNumber('number', 1, 100, '--limit 50'), 50)
    .action(async (id: string, { days, missed, limit }: TrialOptions, command: Command) => {
      const { client } = clientFor(command)
      const only = missed === true ? ({ only: 'missed' } as const) : {}
      const simulation = await client.automations.simulate(id, { days, limit, ...only })
      if (wantsJson(command)) return printJson(simulation)
      const now = new Date()
      print(`fires on ${simulation.fired} of ${simulation.judged} events since ${relativeTime(simulation.since, now)}`)
      if (simulation.items.length > 0)
        printTable(simulation.items, [
          ['event', ({ event }) => event.id],
          ['recorded', ({ event }) => relativeTime(event.at, now)],
          ['verdict', ({ verdict }) => verdict],
          ['reason', ({ reason }) => reason],
        ])
    })

  automations
    .command('presets')
    .description('webhooks and payloads for GitHub, Slack, Teams and Discord, ready to be filled in')
    .addOption(
      makeChoice('--event <type>', 'for this event type', eventTypeNames, readEventType).default('ADD_ARTIFACT_ALIAS'),
    )
    .action(async ({ event }: { readonly event: ReturnType<typeof readEventType> }, command: Command) => {
      const { items } = await clientFor(command).client.automations.presets({ event_type: event })
      if (wantsJson(command)) return printJson({ items })
      for (const { name, title, url, access_token: token, secrets, note, template } of items) {
        printThing(
          command,
          undefined,
          [name, title],
          [
            ['url', url],
            ['access token', token],
            ['secrets', secrets.map((secret) => `${secret.name}: ${secret.about}`)],
            ['note', note],
          ],
        )
        printBlock('payload', template)
        print('')
      }
    })

  addDeleteOptions(automations.command('delete <id>').description('delete an automation; its history stays'), {
    force: false,
  }).action(async (id: string, _options: unknown, command: Command) => {
    await confirmDelete(command, `the automation ${id}`)
    await clientFor(command).client.automations.delete(id)
    printDone(command, null, `${id} is deleted.`)
  })
}

function stateOf({ enabled, paused_reason: paused, misconfigured }: Automation): string {
  if (!enabled) return 'disabled'
  if (paused !== null) return `paused: ${paused}`
  return misconfigured === null ? 'fires' : `misconfigured: ${misconfigured}`
}

/** Each verb changes one of two things; the other may keep it from firing all the same. */
function tellState({ enabled, paused_reason: paused }: Automation): string {
  if (enabled) return paused === null ? 'fires' : 'is paused: it matches, and holds what it would send'
  return paused === null
    ? 'is disabled: it matches nothing'
    : 'is disabled and paused: it matches nothing, and holds what it still has to send'
}

function show(command: Command, automation: Automation): void {
  const { action, scope } = automation
  printThing(
    command,
    automation,
    [automation.id, automation.name],
    [
      ['description', automation.description],
      ['scope', `${scope.name} (${scope.type} ${scope.id})`],
      ['event', automation.event_type],
      ['state', stateOf(automation)],
      ['sends to', action.type === 'webhook' ? action.webhook : 'nobody: a no-op'],
      ['secrets', automation.secrets],
      [
        'pauses after',
        automation.fires_per_minute_max === 0 ? 'never' : `${automation.fires_per_minute_max} a minute for one subject`,
      ],
      ['revision', automation.revision],
    ],
  )
  if (wantsJson(command)) return
  printBlock('filter', JSON.stringify(automation.filter))
  if (action.type === 'webhook') printBlock('payload', action.template)
  printWarnings(automation)
}

function printWarnings({ warnings, misconfigured }: Automation): void {
  printRemarks('warning', warnings)
  if (misconfigured !== null) print(`misconfigured: ${misconfigured}`)
}

function showDryRun({
  event,
  sample,
  verdict,
  reason,
  through,
  payload,
  blanks,
  mistakes,
  warnings,
}: DryRunResult): void {
  print(
    `${sample ? 'an example of' : event.id} ${event.type}: ${verdict === 'fired' ? 'it would fire' : 'it would not fire'}`,
  )
  if (reason !== null) print(`because ${reason}`)
  if (through !== null) print(`through ${through}`)
  if (payload !== null) printBlock(verdict === 'fired' ? 'it would send' : 'it would have sent', payload)
  if (blanks.length > 0) print(`blank: ${blanks.join(', ')}`)
  printRemarks('mistake', mistakes)
  printRemarks('warning', warnings)
}

function printRemarks(kind: string, remarks: readonly Mistake[]): void {
  for (const { line, column, detail } of remarks)
    print(`${kind}: ${line === undefined ? '' : `line ${line}, column ${column}: `}${detail}`)
}
