import type { Command } from 'commander'
import { codeClasses } from '../contract/delivery.ts'
import { eventTypeNames, type EventType } from '../contract/event-types.ts'
import { UsageError } from './failures.ts'
import { readInstant } from './read-option.ts'

export interface FilterOptions {
  readonly team?: string
  readonly webhook?: string
  readonly automation?: string
  readonly project?: string
  readonly codes?: (typeof codeClasses)[number][]
  readonly eventType?: EventType
  readonly after?: string
  readonly before?: string
}

/** Which of many deliveries are meant; at least one of the first four says whose. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--team <team>', 'to its webhooks, by name or id')
    .option('--webhook <id>', 'whk_…')
    .option('--automation <id>', 'aut_…')
    .option('--project <project>', 'of the automations of a project or registry, by name or id')
    .option('--codes <classes>', `by the last answer: ${codeClasses.join(', ')}`, readListOf('answer', codeClasses))
    .option('--event-type <type>', 'of events of this type', readEventType)
    .option('--after <instant>', 'made then or later: 2h, 3d or ISO 8601', readInstant)
    .option('--before <instant>', 'made before', readInstant)
}

/** The same in the words of the API. */
export function filterOf({ team, webhook, automation, project, codes, eventType, after, before }: FilterOptions) {
  return { team, webhook, automation, project, codes, event_type: eventType, after, before }
}

/** Names from a list, with commas between them. */
export function readListOf<Name extends string>(what: string, names: readonly Name[]): (text: string) => Name[] {
  return (text) =>
    text.split(',').map((one) => {
      const known = names.find((name) => name === one.trim())
      if (known === undefined) throw new UsageError(`“${one}” is no ${what}`, `one or more of ${names.join(',')}`)
      return known
    })
}

function readEventType(text: string): EventType {
  const known = eventTypeNames.find((name) => name === text)
  if (known === undefined) throw new UsageError(`“${text}” is no event type`, `one of ${eventTypeNames.join(', ')}`)
  return known
}
