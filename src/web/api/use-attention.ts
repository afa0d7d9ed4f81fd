import { useQuery } from '@tanstack/react-query'
import type { ListedAutomation } from '../../contract/automation.ts'
import { client } from './client.ts'

const refetchMs = 30_000

/** What somebody should look at: automations that fail or paused themselves, and webhooks to which nothing goes. */
export function useAttention(team: string | undefined) {
  const found = useQuery({
    queryKey: ['attention', team],
    queryFn: async () => {
      const [{ lanes }, { items }] = await Promise.all([
        client.stats({ team: team!, minutes: 1 }),
        client.automations.list({ limit: 100 }),
      ])
      return { lanes, automations: items.filter(needsSomebody) }
    },
    enabled: team !== undefined,
    refetchInterval: refetchMs,
  })
  const { lanes = [], automations = [] } = found.data ?? {}
  return { lanes, automations, count: lanes.length + automations.length, isKnown: found.data !== undefined }
}

function needsSomebody({ misconfigured, paused_reason, enabled }: ListedAutomation): boolean {
  return enabled && (misconfigured !== null || paused_reason !== null)
}
