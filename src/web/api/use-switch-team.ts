import { notifications } from '@mantine/notifications'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useText } from '../parts/use-text.ts'
import { useTeam } from './use-team.ts'

/** Keeps the kind of page where the address names the team: from one webhook to the other team's webhooks, and says so. */
export function useSwitchTeam(): (name: string) => void {
  const text = useText()
  const { choose } = useTeam()
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (name) => {
    choose(name)
    const [, before, kind, thing] = /^\/teams\/([^/]+)\/([^/]+)(\/.+)?$/.exec(path) ?? []
    if (before === undefined || kind === undefined || before === name) return
    if (thing !== undefined)
      notifications.show({
        role: 'status',
        color: 'idle',
        message: text.nav.switched(decodeURIComponent(before), name),
        closeButtonProps: { 'aria-label': text.common.close },
      })
    void navigate({ href: `/teams/${name}/${kind}` })
  }
}
