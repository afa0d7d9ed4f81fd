import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useTeam } from './use-team.ts'

/** Keeps the kind of page where the address names the team: from one webhook to the other team's webhooks. */
export function useSwitchTeam(): (name: string) => void {
  const { choose } = useTeam()
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (name) => {
    choose(name)
    if (path.startsWith('/teams/'))
      void navigate({ href: path.replace(/^\/teams\/[^/]+(\/[^/]+).*$/, `/teams/${name}$1`) })
  }
}
