import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useText } from './use-text.ts'

/** To who may not change what a page shows: who may. */
export function ForAdmins({
  team,
  say,
}: {
  readonly team: string
  /** In place of the sentence about changing. */
  readonly say?: (team: string, admins: readonly string[]) => string
}) {
  const text = useText()
  const admins = useQuery({
    queryKey: ['members', team, 'admins'],
    queryFn: async () => {
      const { items } = await client.teams.members.list(team, { limit: 100 })
      return items.filter(({ role, kind }) => role === 'admin' && kind === 'person').map(({ name }) => name)
    },
  })
  return (
    <Text size="sm" c="dimmed">
      {(say ?? text.people.forAdmins)(team, admins.data ?? [])}
    </Text>
  )
}
