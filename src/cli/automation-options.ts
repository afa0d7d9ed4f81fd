import type { Command } from 'commander'
import type { Automation } from '../contract/automation.ts'
import { eventTypeNames, type EventType } from '../contract/event-types.ts'
import type { SignalboxClient } from '../sdk/connect.ts'
import { everyItem } from '../sdk/every-item.ts'
import { UsageError } from './failures.ts'
import { makeChoice } from './make-choice.ts'
import { readJson, readObject, readText, wholeNumber } from './read-option.ts'
import { registryPrefix } from './try-example.ts'

/** Where an automation stands. */
export interface ScopeOptions {
  readonly project?: string
  readonly registry?: string
  readonly collection?: string
  readonly team?: string
}

export type AutomationScope = { readonly kind: 'project' | 'collection' | 'team'; readonly ref: string }

export function addScopeOptions(command: Command): Command {
  return command
    .option('--project <project>', 'on what happens in a project')
    .option('--registry <registry>', 'or in a registry, with or without its prefix')
    .option('--collection <collection>', 'or in one collection, by id or entity/project/collection')
    .option('--team <team>', 'or anywhere in a team or organization')
}

export function readScope({ project, registry, collection, team }: ScopeOptions): AutomationScope {
  const given: AutomationScope[] = [
    ...(project === undefined ? [] : [{ kind: 'project', ref: project } as const]),
    ...(registry === undefined ? [] : [{ kind: 'project', ref: registryRef(registry) } as const]),
    ...(collection === undefined ? [] : [{ kind: 'collection', ref: collection } as const]),
    ...(team === undefined ? [] : [{ kind: 'team', ref: team } as const]),
  ]
  const [scope, other] = given
  if (scope !== undefined && other === undefined) return scope
  throw new UsageError(
    'an automation stands in one place',
    'exactly one of --project, --registry, --collection, --team',
  )
}

export function hasScope({ project, registry, collection, team }: ScopeOptions): boolean {
  return [project, registry, collection, team].some((given) => given !== undefined)
}

/** `models` is the registry `wandb-registry-models`; ids and full names are taken as they are. */
export function registryRef(name: string): string {
  const [, owner = '', last = name] = /^(.*\/)?([^/]*)$/.exec(name) ?? []
  return /^prj_\d+$/.test(name) || last.startsWith(registryPrefix) ? name : `${owner}${registryPrefix}${last}`
}

export interface AutomationInput {
  name?: string
  description?: string | null
  enabled?: boolean
  event_type?: EventType
  filter?: unknown
  action?: { type: 'webhook'; webhook: string; template: string } | { type: 'no_op' }
  fires_per_minute_max?: number
  strict?: boolean
}

interface AutomationOptions {
  readonly name?: string
  readonly description?: string
  readonly event?: EventType
  readonly filter?: string
  readonly aliasRegex?: string
  readonly tagRegex?: string
  readonly webhook?: string
  readonly template?: string
  readonly disabled?: true
  readonly op?: boolean
  readonly firesPerMinute?: number
  readonly lax?: true
  readonly from?: string
}

export function addAutomationOptions(command: Command): Command {
  return command
    .option('--name <name>', 'unique in its scope')
    .option('--description <text>')
    .addOption(makeChoice('--event <type>', 'what it watches', eventTypeNames, readEventType))
    .option('--filter <json>', 'JSON, @file, or - for standard input')
    .option('--alias-regex <pattern>', 'the filter {"alias": {"$regex": pattern}}')
    .option('--tag-regex <pattern>', 'the filter {"tag": {"$regex": pattern}}')
    .option('--webhook <webhook>', 'whk_…, or the name of one of your teams’')
    .option('--template <template>', 'the payload: JSON with ${…}, @file, or - for standard input')
    .option('--no-op', 'record that it fired, and send nothing')
    .option(
      '--fires-per-minute <n>',
      'for one subject, before it pauses itself; 0: no limit',
      wholeNumber('number', 0, 1_000_000, '--fires-per-minute 60'),
    )
    .option('--lax', 'keep names in the payload that are not known')
    .option('--from <file>', 'the automation as JSON, - for standard input; other options win')
}

/** What the options say, and nothing else. The file, or `before`, fills what an action needs and is not named. */
export async function automationInput(
  client: SignalboxClient,
  command: Command,
  before?: Automation,
): Promise<AutomationInput> {
  const options = command.opts<AutomationOptions>()
  const { name, description, event, firesPerMinute, lax, from } = options
  const filter = readFilterOptions(options)
  const file = from === undefined ? {} : readObject<AutomationInput>('--from', from)
  const action = await readAction(client, options, file.action ?? before?.action)
  return {
    ...file,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description === '' ? null : description }),
    ...(event === undefined ? {} : { event_type: event }),
    ...(filter === undefined ? {} : { filter }),
    ...(action === undefined ? {} : { action }),
    ...(firesPerMinute === undefined ? {} : { fires_per_minute_max: firesPerMinute }),
    ...(lax === true ? { strict: false } : {}),
  }
}

function readFilterOptions({ filter, aliasRegex, tagRegex }: AutomationOptions): unknown {
  const given: unknown[] = [
    ...(filter === undefined ? [] : [readJson('--filter', filter)]),
    ...(aliasRegex === undefined ? [] : [{ alias: { $regex: aliasRegex } }]),
    ...(tagRegex === undefined ? [] : [{ tag: { $regex: tagRegex } }]),
  ]
  return given.length > 1 ? { $and: given } : given[0]
}

async function readAction(
  client: SignalboxClient,
  { op, webhook, template }: AutomationOptions,
  rest: AutomationInput['action'],
): Promise<AutomationInput['action']> {
  if (webhook === undefined && template === undefined) return op === false ? { type: 'no_op' } : undefined
  if (op === false) throw new UsageError('a no-op sends nothing', '--no-op, or --webhook and --template')
  const known = rest?.type === 'webhook' ? rest : undefined
  const id = webhook === undefined ? known?.webhook : await findWebhookId(client, webhook)
  if (id === undefined) throw new UsageError('a payload is sent to a webhook', '--webhook whk_1')
  return {
    type: 'webhook',
    webhook: id,
    template: template === undefined ? (known?.template ?? '') : readText(template),
  }
}

async function findWebhookId(client: SignalboxClient, ref: string): Promise<string> {
  if (/^whk_\d+$/.test(ref)) return ref
  const { teams } = await client.me()
  const found: { readonly id: string; readonly team: string }[] = []
  for (const { name: team } of teams) {
    const webhooks = everyItem((cursor) =>
      client.webhooks.list(team, { limit: 100, ...(cursor === undefined ? {} : { cursor }) }),
    )
    for await (const { id, name } of webhooks) if (name === ref) found.push({ id, team })
  }
  const [only, ...others] = found
  if (only === undefined) throw new UsageError(`none of your teams has a webhook “${ref}”`, 'signalbox webhooks list')
  if (others.length === 0) return only.id
  const all = found.map(({ id, team }) => `${id} of ${team}`).join(', ')
  throw new UsageError(`several of your teams have a webhook “${ref}”: ${all}`, `--webhook ${only.id}`)
}

export function readEventType(text: string): EventType {
  const known = eventTypeNames.find((name) => name === text.toUpperCase())
  if (known === undefined) throw new UsageError(`“${text}” is no event type`, `one of ${eventTypeNames.join(', ')}`)
  return known
}
