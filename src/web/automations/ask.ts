import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import type { NewAutomation } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { actionOf, filterOf, hasFilter, type Draft, type Scope } from './draft.ts'

const typingPauseMs = 300

/** The operations that stand once for each kind of scope. */
const doors = {
  project: {
    create: client.automations.createInProject,
    simulate: client.automations.simulateInProject,
    dryRun: client.automations.dryRunInProject,
  },
  collection: {
    create: client.automations.createInCollection,
    simulate: client.automations.simulateInCollection,
    dryRun: client.automations.dryRunInCollection,
  },
  team: {
    create: client.automations.createInTeam,
    simulate: client.automations.simulateInTeam,
    dryRun: client.automations.dryRunInTeam,
  },
} as const

export function createAutomation(scope: Scope, automation: Omit<NewAutomation, 'fires_per_minute_max' | 'strict'>) {
  return doors[scope.kind].create(scope.ref, automation)
}

/** Which events of the last days the draft would have fired on; what was answered last stays until the next answer. */
export function useSimulation(draft: Draft) {
  const [{ scope, eventType, regex, leaveOut, conditions }] = useDebouncedValue(draft, typingPauseMs)
  return useQuery({
    queryKey: ['simulation', scope, eventType, regex, leaveOut, conditions],
    queryFn: () =>
      doors[scope.kind].simulate(scope.ref, {
        event_type: eventType,
        filter: filterOf({ ...draft, eventType, regex, leaveOut, conditions }),
        limit: 10,
      }),
    enabled: scope.ref !== '' && hasFilter({ ...draft, conditions }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** What would be sent for an event that happened, or for an example of one; nothing before a webhook is chosen. */
export function useDryRun(draft: Draft, event: string | undefined) {
  const [settled] = useDebouncedValue(draft, typingPauseMs)
  const { scope, eventType, sends, webhook, template } = settled
  return useQuery({
    queryKey: ['dry-run', scope, eventType, hasFilter(settled) && filterOf(settled), sends, webhook, template, event],
    queryFn: () =>
      doors[scope.kind].dryRun(scope.ref, {
        event_type: eventType,
        filter: filterOf(settled),
        action: webhook === '' ? { type: 'no_op' } : actionOf(settled),
        ...(event === undefined ? {} : { event }),
      }),
    enabled: scope.ref !== '' && hasFilter(settled),
    placeholderData: keepPreviousData,
    retry: false,
  })
}
