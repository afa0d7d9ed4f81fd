import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

const most = { limit: 100 }
const none: ReadonlyMap<string, string> = new Map()

/** Automations that one may see and webhooks of a team, by id: the newest hundred of each. */
export function useNames(team: string | undefined) {
  const automations = useQuery({
    queryKey: ['automations', 'names'],
    queryFn: async () => namesOf((await client.automations.list(most)).items),
  })
  const webhooks = useQuery({
    queryKey: ['webhooks', team, 'names'],
    queryFn: async () => namesOf((await client.webhooks.list(team!, most)).items),
    enabled: team !== undefined,
  })
  return { automations: automations.data ?? none, webhooks: webhooks.data ?? none }
}

function namesOf(items: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(items.map(({ id, name }) => [id, name]))
}
