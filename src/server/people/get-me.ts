import { Problem } from '../../contract/problem.ts'
import type { Me } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { spellId } from '../base/ids.ts'
import { selectPlacesOf } from './person-store.ts'

/** Who asks, and where they belong. */
export async function getMe(context: Context): Promise<Me> {
  const { actor } = context
  if (actor.kind !== 'person') throw new Problem('not-allowed', 'Signalbox itself is nobody.')
  const { organizations, teams } = await selectPlacesOf(context.db, actor.personId)
  return {
    id: spellId('person', actor.personId),
    name: actor.name,
    kind: actor.isServiceAccount ? 'service' : 'person',
    organizations: organizations.map(({ id, name, role }) => ({ id: spellId('organization', id), name, role })),
    teams: teams.map(({ id, name, role }) => ({ id: spellId('team', id), name, role })),
  }
}
