import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useStays } from '../api/leaving.ts'

/** The first hundred webhooks of a team, to choose from. */
export function useWebhooks(team: string | undefined) {
  const stays = useStays()
  return useQuery({
    select: (webhooks) => webhooks.filter(stays),
    queryKey: ['webhooks', team, 'choice'],
    queryFn: async () => (await client.webhooks.list(team!, { limit: 100 })).items,
    enabled: team !== undefined && team !== '',
  })
}

export function useWebhookName(id: string | undefined): string | undefined {
  return useWebhook(id)?.name
}

/** Undefined while unknown, and for who may not see it. */
export function useWebhook(id: string | undefined) {
  return useQuery({
    queryKey: ['webhook', id],
    queryFn: () => client.webhooks.get(id!),
    enabled: id !== undefined,
    retry: false,
  }).data
}
