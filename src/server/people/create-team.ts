import type { NewTeam, Team } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getOrganization } from '../places/find-place.ts'
import { upsertMember } from './member-store.ts'
import { insertEntity } from './person-store.ts'

/** A team of an organization, by its admins; who makes it is its first admin. */
export async function createTeam(context: Context, organizationRef: string, input: NewTeam): Promise<Team> {
  const organization = await getOrganization(context, organizationRef, 'admin', 'Creating a team')
  const { organizationId } = organization
  return refuseTakenName(input.name, () =>
    context.db.tx(async (tx) => {
      const id = await insertEntity(tx, { kind: 'team', name: input.name, organizationId })
      if (context.actor.kind === 'person') await upsertMember(tx, 'team', id, context.actor.personId, 'admin')
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
