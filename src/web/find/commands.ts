import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { language } from '../api/language.ts'
import { useIsAdmin, useIsMember } from '../api/use-is-admin.ts'
import { useMe, useSignOut } from '../api/use-me.ts'
import { useSwitchTeam } from '../api/use-switch-team.ts'
import { useTeam } from '../api/use-team.ts'
import { shortcuts } from '../keys/shortcuts.ts'
import type { Choice } from '../parts/pick-list.tsx'
import { useLanguage, useText } from '../parts/use-text.ts'
import { isLanguage, languages, showIn } from '../text/language.ts'

/** What can be done from anywhere. What is made has its form on its own page; nothing is deleted from here. */
export function useCommands(showShortcuts: () => void): readonly Choice[] {
  const text = useText()
  const navigate = useNavigate()
  const me = useMe()
  const signOut = useSignOut()
  const { team, teams } = useTeam()
  const switchTeam = useSwitchTeam()
  const { setColorScheme } = useMantineColorScheme()
  const spoken = useLanguage()
  const go = (address: string) => () => void navigate({ href: address })
  const runsOrganization = me.data?.organizations.some(({ role }) => role === 'admin') === true
  const runsTeam = useIsAdmin(team)
  const isMember = useIsMember(team)
  const makes: readonly (Omit<Choice, 'key'> | false)[] = [
    isMember && { label: text.automations.create, keys: shortcuts.create, choose: go('/automations/new') },
    runsTeam && { label: text.webhooks.create, choose: go(`/teams/${team}/webhooks?panel=new`) },
    runsTeam && { label: text.secrets.create, choose: go(`/teams/${team}/secrets?panel=new`) },
    runsOrganization && { label: text.registry.newRegistry, choose: go('/registries?panel=new') },
    { label: text.registry.newProject, choose: go('/projects?panel=new') },
    { label: text.people.newKey, choose: go('/profile?panel=new') },
    ...teams
      .filter((name) => name !== team)
      .map((name) => ({ label: text.find.switchTeam(name), choose: () => switchTeam(name) })),
    { label: text.find.useLight, choose: () => setColorScheme('light') },
    { label: text.find.useDark, choose: () => setColorScheme('dark') },
    ...Object.keys(languages)
      .filter(isLanguage)
      .filter((name) => name !== spoken)
      .map((name) => ({ label: showIn[name], choose: () => void language.choose(name) })),
    { label: text.find.showShortcuts, keys: shortcuts.list, choose: showShortcuts },
    { label: text.nav.signOut, choose: () => signOut.mutate() },
  ]
  return makes.filter((one) => one !== false).map((one) => ({ ...one, key: `command-${one.label}` }))
}
