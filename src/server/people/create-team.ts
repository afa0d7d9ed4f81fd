import type { NewTeam, Team } from '../../contract/who.ts'
import { actorIdOf, type Actor, type Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId, type EntityId, type OrganizationId, type PersonId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { getOrganization } from '../places/find-place.ts'
import { upsertMember } from './member-store.ts'
import { insertEntity } from './person-store.ts'

/** A team of an organization, by its admins; who makes it is its first admin. */
export async function createTeam(context: Context, organizationRef: string, input: NewTeam): Promise<Team> {
  const organization = await getOrganization(context, organizationRef, 'admin', 'Creating a team')
  const { organizationId } = organization
  return refuseTakenName(input.name, () =>
    context.db.tx(async (tx) => {
      const admin = actorIdOf(context.actor)
      const id = await addTeam(tx, context.actor, { name: input.name, organizationId, admin })
      return { id: spellId('team', id), name: input.name, organization: organization.name, role: 'admin' }
    }),
  )
}

interface AddedTeam {
  readonly name: string
  readonly organizationId: OrganizationId
  readonly admin: PersonId | null
}

/** Throws a unique violation on `entities_name_key_key` when the name is taken in any spelling. */
export async function addTeam(tx: Tx, actor: Actor, { name, organizationId, admin }: AddedTeam): Promise<EntityId> {
  const id = await insertEntity(tx, { kind: 'team', name, organizationId })
  if (admin !== null) await upsertMember(tx, 'team', id, admin, 'admin')
  recordAudit(tx, actor, {
    action: 'team.create',
    subject: spellId('team', id),
    organizationId,
    entityId: id,
    details: { name },
  })
  return id
}
