import type { NewTeam, Team } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { entityRole } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getOrganization } from '../places/find-place.ts'
import { insertEntity, selectTeamsOfOrganization, setMember } from './person-store.ts'

/** A team of an organization, by its admins; who makes it is its first admin. */
export async function createTeam(context: Context, organizationRef: string, input: NewTeam): Promise<Team> {
  const organization = await getOrganization(context, organizationRef, 'admin', 'Creating a team')
  return refuseTakenName(input.name, () =>
    context.db.tx(async (tx) => {
      const { organizationId } = organization
      const id = await insertEntity(tx, { kind: 'team', name: input.name, organizationId })
      if (context.actor.kind === 'person') await setMember(tx, 'team', id, context.actor.personId, 'admin')
      await recordAudit(tx, context.actor, {
        action: 'team.create',
        subject: spellId('team', id),
        organizationId,
        entityId: id,
        details: { name: input.name },
      })
      return { id: spellId('team', id), name: input.name, organization: organization.name, role: 'admin' }
    }),
  )
}

/** The teams of an organization that the actor belongs to; its admins see all. */
export async function listTeams(context: Context, organizationRef: string): Promise<{ items: Team[] }> {
  const organization = await getOrganization(context, organizationRef, 'viewer', 'Reading teams')
  const teams = await selectTeamsOfOrganization(context.db, organization.organizationId)
  return {
    items: teams.flatMap(({ id, name }) => {
      const role = entityRole(context.actor, { id, kind: 'team', organizationId: organization.organizationId })
      return role === undefined ? [] : [{ id: spellId('team', id), name, organization: organization.name, role }]
    }),
  }
}
