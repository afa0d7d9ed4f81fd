import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

/** The receiver that this server may run; `deliveries` is in the key that the stream makes stale when something was sent. */
export function useReceiver(team: string) {
  return useQuery({
    queryKey: ['deliveries', 'receiver', team],
    queryFn: () => client.webhooks.builtInReceiver(team),
    enabled: team !== '',
  })
}
