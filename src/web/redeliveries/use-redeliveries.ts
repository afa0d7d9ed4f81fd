import { useQuery } from '@tanstack/react-query'
import type { MassRedelivery } from '../../contract/redelivery.ts'
import { client } from '../api/client.ts'
import { useTeam } from '../api/use-team.ts'

const lookMs = 2_000

/** Redeliveries of the team that are not over, and the newest that is; looked at often while one goes on. */
export function useRedeliveries(): readonly MassRedelivery[] {
  const { team } = useTeam()
  const { data } = useQuery({
    queryKey: ['redeliveries', team],
    queryFn: () => client.redeliveries.list({ team: team ?? '', limit: 10 }),
    enabled: team !== undefined,
    refetchInterval: ({ state: { data: known } }) => (known?.items.some(goesOn) === true ? lookMs : false),
  })
  return data?.items ?? []
}

export function goesOn({ state, under_way: underWay }: MassRedelivery): boolean {
  return state === 'running' || underWay > 0
}
