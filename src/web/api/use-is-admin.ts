import { useMe } from './use-me.ts'

/** Whether one administers a team; an organization's admins administer its teams. */
export function useIsAdmin(team: string | undefined): boolean {
  const me = useMe().data
  if (me === undefined || team === undefined) return false
  return (
    me.teams.some(({ name, role }) => name === team && role === 'admin') ||
    me.organizations.some(({ role }) => role === 'admin')
  )
}

/** Whether one may do what members of a team do. */
export function useIsMember(team: string | undefined): boolean {
  const isAdmin = useIsAdmin(team)
  const me = useMe().data
  return isAdmin || (me?.teams.some(({ name, role }) => name === team && role === 'member') ?? false)
}
