import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { notFound, type Role } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { findPerson, mayKnow, type FoundPerson } from './find-person.ts'
import { getMemberPlace, type MemberPlace, type MemberPlaceRef } from './member-place.ts'
import { deleteMember, deleteRolesWithin, holdMembership, lockMemberAndAdmins, upsertMember } from './member-store.ts'

/**
 * Gives a role in an organization or a team. Into a team come members of its organization; into an organization whoever
 * the actor may know of, and who was taken out of everything before.
 */
export async function setMember(context: Context, ref: MemberPlaceRef, personRef: string, role: Role): Promise<void> {
  const place = await getMemberPlace(context, ref, 'admin', 'Changing roles')
  const person = await getCandidate(context, place, personRef)
  await context.db.tx(async (tx) => {
    if (role !== 'admin') await keepAnAdmin(tx, place, person)
    if (place.of === 'team' && !isMember(place, person) && !(await holdMembership(tx, place.organizationId, person.id)))
      throw notFound('person', personRef)
    if (!(await upsertMember(tx, place.of, place.id, person.id, role))) return
    recordAudit(tx, context.actor, {
      action: `${place.of}.set_member`,
      subject: spellId('person', person.id),
      organizationId: place.organizationId,
      entityId: place.entityId,
      details: { name: person.name, role },
    })
  })
}

/**
 * Ends membership. Who leaves an organization leaves its teams too, and what its registries granted to them; who leaves
 * their last place is answered no more.
 */
export async function removeMember(context: Context, ref: MemberPlaceRef, personRef: string): Promise<void> {
  const place = await getMemberPlace(context, ref, 'admin', 'Removing members')
  const person = await findPerson(context, personRef)
  if (person === undefined || !isMember(place, person)) throw notFound('member', personRef)
  await context.db.tx(async (tx) => {
    await keepAnAdmin(tx, place, person)
    if (!(await deleteMember(tx, place.of, place.id, person.id))) return
    const also =
      place.of === 'organization'
        ? await deleteRolesWithin(tx, place.organizationId, { id: person.id, entityId: person.entity_id })
        : {}
    recordAudit(tx, context.actor, {
      action: `${place.of}.remove_member`,
      subject: spellId('person', person.id),
      organizationId: place.organizationId,
      entityId: place.entityId,
      details: { name: person.name, ...also },
    })
  })
}

/** A team may be without an admin, since the organization's admins are admins of every team. */
async function keepAnAdmin(tx: Tx, place: MemberPlace, person: FoundPerson): Promise<void> {
  const locked = await lockMemberAndAdmins(tx, place.of, place.id, person.id)
  if (place.of === 'team' || person.kind === 'service') return
  const isAdmin = locked.some(({ person_id, role }) => person_id === person.id && role === 'admin')
  if (isAdmin && !locked.some(({ person_id, role }) => person_id !== person.id && role === 'admin'))
    throw new Problem(
      'last-admin',
      `${person.name} is the last admin of ${place.name}: make somebody else admin first.`,
    )
}

async function getCandidate(context: Context, place: MemberPlace, ref: string): Promise<FoundPerson> {
  const person = await findPerson(context, ref)
  if (person === undefined) throw notFound('person', ref)
  const { organizations, teams } = person.places
  if (isMember(place, person)) return person
  if (place.of === 'team') {
    if (organizations.some(({ id }) => id === place.organizationId)) return person
  } else if (mayKnow(context.actor, person) || organizations.length + teams.length === 0) return person
  throw notFound('person', ref)
}

function isMember(place: MemberPlace, { places }: FoundPerson): boolean {
  const among = place.of === 'organization' ? places.organizations : places.teams
  return among.some(({ id }) => id === place.id)
}
