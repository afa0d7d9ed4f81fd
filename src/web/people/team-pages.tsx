import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { client } from '../api/client.ts'
import { useNamed } from '../api/use-address.ts'
import { NoSuchPage } from '../parts/no-such-page.tsx'
import { isNotFound } from '../parts/problem-text.ts'

/** The pages of a team that one may see; each is asked for while it is found out whether one may. */
export function TeamPages() {
  const { team = '' } = useNamed()
  const { error } = useQuery({ queryKey: ['team', team], queryFn: () => client.teams.get(team), staleTime: 60_000 })
  return isNotFound(error) ? <NoSuchPage /> : <Outlet />
}
