import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { nextOf, type Progress } from './progress.ts'

/** Undefined when all is done, and when somebody has put it away. */
export function useFirstSteps(
  team: string,
): 'pending' | { readonly progress: Progress; readonly hide: () => void } | undefined {
  const isAdmin = useIsAdmin(team)
  const [isHidden, setHidden] = useLocalStorage({
    key: `signalbox-first-steps-hidden-${team}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const { data: progress, isLoading } = useQuery({
    queryKey: ['deliveries', 'first-steps', team, isAdmin],
    queryFn: () => readProgress(team, isAdmin),
    // Whoever comes back has done a step.
    staleTime: 0,
    enabled: !isHidden,
  })
  if (isLoading) return 'pending'
  if (progress === undefined || isHidden || nextOf(progress) === 'nothing') return undefined
  return { progress, hide: () => setHidden(true) }
}

async function readProgress(team: string, isAdmin: boolean): Promise<Progress> {
  const one = { limit: 1 }
  const [projects, registries, webhooks, tests, automations, deliveries] = await Promise.all([
    client.projects.list(one),
    client.registries.list(one),
    client.webhooks.list(team, one),
    isAdmin ? client.teams.audit(team, { action: 'webhook.test', ...one }) : undefined,
    client.automations.list({ team, ...one }),
    client.deliveries.list({ team, ...one }),
  ])
  return {
    hasPlace: projects.items.length + registries.items.length > 0,
    webhook: webhooks.items[0],
    hasTested: tests && tests.items.length > 0,
    automation: automations.items[0],
    hasFired: deliveries.items.length > 0,
  }
}
