import type { SignalboxClient } from '../sdk/connect.ts'
import { UsageError } from './failures.ts'

/** The team that was named, or the only one whoever asks belongs to. */
export async function findTeam(client: SignalboxClient, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const { teams } = await client.me()
  const [only, ...others] = teams
  if (only !== undefined && others.length === 0) return only.name
  const names = teams.map(({ name }) => name).join(', ')
  throw new UsageError(
    only === undefined ? 'you belong to no team' : `you belong to several teams: ${names}`,
    '--team <team>',
  )
}
