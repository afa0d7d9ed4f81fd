import type { PageQuery } from '../../contract/page.ts'
import type { Organization, Team } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { entityRole, notFound } from '../access/roles.ts'
import { spellId } from '../base/ids.ts'
import { getEntity, getOrganization } from '../places/find-place.ts'
import { selectTeamPage } from './person-store.ts'

export async function readOrganization(context: Context, ref: string): Promise<Organization> {
  const organization = await getOrganization(context, ref, 'viewer', 'Reading an organization')
  const { organizationId, name } = organization
  return { id: spellId('organization', organizationId), name, role: entityRole(context.actor, organization)! }
}

export async function readTeam(context: Context, ref: string): Promise<Team> {
  const team = await getEntity(context, ref, 'viewer', 'Reading a team')
  if (team.kind !== 'team' || team.organizationId === null) throw notFound('team', ref)
  return {
    id: spellId('team', team.id),
    name: team.name,
    organization: team.organizationName!,
    role: entityRole(context.actor, team)!,
  }
}

/** The teams of an organization that the actor belongs to, newest first; its admins see all. */
export async function listTeams(
  context: Context,
  organizationRef: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: Team[]; next: string | null }> {
  const { actor, db } = context
  const organization = await getOrganization(context, organizationRef, 'viewer', 'Reading teams')
  const { organizationId } = organization
  const before = readIdCursor('team', cursor)
  const seesAll = actor.kind === 'system' || entityRole(actor, organization) === 'admin'
  const only = seesAll ? null : [...actor.teams.keys()]
  const rows = await selectTeamPage(db, organizationId, only, { before, limit: limit + 1 })
  const items = rows.slice(0, limit).map(({ id, name }): Team => ({
    id: spellId('team', id),
    name,
    organization: organization.name,
    role: entityRole(actor, { id, kind: 'team', organizationId })!,
  }))
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}
