import type { Command } from 'commander'
import { automationSorts, automationStates, type AutomationSort, type AutomationState } from '../contract/automation.ts'
import { eventTypeNames, type EventType } from '../contract/event-types.ts'
import { hasScope, readEventType, type ScopeOptions } from './automation-options.ts'
import { UsageError } from './failures.ts'
import { makeChoice } from './make-choice.ts'

interface HubOptions extends ScopeOptions {
  readonly text?: string
  readonly event?: EventType
  readonly webhook?: string
  readonly state?: AutomationState
  readonly mine?: true
  readonly sort?: AutomationSort
}

/** Which of all automations are listed, and in which order. */
export function addHubOptions(command: Command): Command {
  return command
    .option('--text <text>', 'of all you may see, those with it in their names')
    .addOption(makeChoice('--event <type>', 'those that watch it', eventTypeNames, readEventType))
    .option('--webhook <id>', 'those that send to it')
    .addOption(makeChoice('--state <state>', 'those in this state', automationStates, readOneOf(automationStates)))
    .option('--mine', 'those that you made')
    .addOption(
      makeChoice('--sort <order>', 'a minus is the other way round', automationSorts, readOneOf(automationSorts)),
    )
}

/** The same in the words of the API; the list of one place takes none of them. */
export function hubQuery(options: HubOptions) {
  const { text, event, webhook, state, mine, sort } = options
  const query = {
    text,
    event_type: event,
    webhook,
    state,
    ...(mine === undefined ? {} : { mine }),
    ...(sort === undefined ? {} : { sort }),
  }
  if (hasScope(options) && Object.values(query).some((value) => value !== undefined))
    throw new UsageError(
      'the list of one place is neither narrowed down nor sorted',
      'signalbox automations list --state off --sort -last_delivery',
    )
  return query
}

function readOneOf<Name extends string>(names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const known = names.find((name) => name === text)
    if (known === undefined) throw new UsageError(`“${text}” is none of them`, `one of ${names.join(', ')}`)
    return known
  }
}
