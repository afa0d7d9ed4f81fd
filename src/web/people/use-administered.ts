import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'

/** The organization of the team, for its admins. */
export function useAdministered(team: string): string | undefined {
  const organizations = useMe().data?.organizations ?? []
  const found = useQuery({ queryKey: ['team', team], queryFn: () => client.teams.get(team) })
  return organizations.find(({ name, role }) => name === found.data?.organization && role === 'admin')?.name
}
