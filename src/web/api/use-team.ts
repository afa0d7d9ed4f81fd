import { useLocalStorage } from '@mantine/hooks'
import { useNamed } from './use-address.ts'
import { useMe } from './use-me.ts'

/** The team one works in: that of the address, or the one chosen last; undefined for who belongs to none. */
export function useTeam() {
  const { team: addressed } = useNamed()
  const me = useMe()
  const [chosen, choose] = useLocalStorage({ key: 'signalbox-team', getInitialValueInEffect: false })
  const teams = me.data?.teams.map(({ name }) => name) ?? []
  const team = [addressed, chosen].find((name) => name !== undefined && teams.includes(name)) ?? teams[0]
  return { team, teams, choose }
}
