import type { NewPerson, NewServiceAccount, Person } from '../../contract/who.ts'
import { Problem } from '../../contract/problem.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { parseId, spellId, type PersonId } from '../base/ids.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import type { Context } from '../access/context.ts'
import { hashPassword } from './password.ts'
import {
  insertEntity,
  insertPerson,
  removeMember,
  selectMembers,
  selectMembersForChange,
  selectPerson,
  setMember,
  type MemberTable,
  type PersonRow,
} from './person-store.ts'
import { notFound, type Role } from '../access/roles.ts'

/** An organization or a team whose members are asked about or changed. */
export interface MemberPlace {
  readonly of: MemberTable
  /** The organization's id, or the team's entity. */
  readonly id: number
  readonly name: string
  readonly entityId: number
  readonly organizationId: number | null
}

/** A person in an organization. The caller has checked that the actor is its admin. */
export async function addPerson(context: Context, place: MemberPlace, input: NewPerson): Promise<Person> {
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  return addToPlace(context, place, { ...input, kind: 'person', email: input.email ?? null, passwordHash })
}

/** A service account of a team: acts like a person, signs in by keys only. */
export async function addServiceAccount(
  context: Context,
  place: MemberPlace,
  input: NewServiceAccount,
): Promise<Person> {
  return addToPlace(context, place, { ...input, kind: 'service', email: null, passwordHash: null })
}

async function addToPlace(
  context: Context,
  place: MemberPlace,
  person: { name: string; role: Role; kind: 'person' | 'service'; email: string | null; passwordHash: string | null },
): Promise<Person> {
  return refuseTakenName(person.name, () =>
    context.db.tx(async (tx) => {
      const entityId = await insertEntity(tx, { kind: 'user', name: person.name, organizationId: null })
      const row = await insertPerson(tx, { ...person, entityId })
      await setMember(tx, place.of, place.id, row.id, person.role)
      await recordAudit(tx, context.actor, {
        action: `${person.kind === 'person' ? 'person' : 'service_account'}.create`,
        subject: spellId('person', row.id),
        organizationId: place.organizationId,
        entityId: place.entityId,
        details: { name: person.name, role: person.role },
      })
      return presentPerson({ ...row, name: person.name, kind: person.kind, role: person.role })
    }),
  )
}

export async function listMembers(context: Context, place: MemberPlace): Promise<{ items: Person[] }> {
  return { items: (await selectMembers(context.db, place.of, place.id)).map(presentPerson) }
}

/** Gives a role, or takes membership away (`role` undefined). The last admin of an organization stays. */
export async function changeMember(
  context: Context,
  place: MemberPlace,
  personRef: string,
  role: Role | undefined,
): Promise<void> {
  const person = await getPerson(context, personRef)
  await context.db.tx(async (tx) => {
    const members = await selectMembersForChange(tx, place.of, place.id)
    const others = members.filter((member) => member.person_id !== person.id)
    const isMember = others.length < members.length
    if (role === undefined && !isMember) throw notFound('member', personRef)
    if (
      place.of === 'organization' &&
      isMember &&
      role !== 'admin' &&
      !others.some((member) => member.role === 'admin')
    )
      throw new Problem(
        'last-admin',
        `${person.name} is the last admin of ${place.name}: make somebody else admin first.`,
      )
    const changed =
      role === undefined
        ? await removeMember(tx, place.of, place.id, person.id)
        : await setMember(tx, place.of, place.id, person.id, role)
    if (!changed) return
    await recordAudit(tx, context.actor, {
      action: role === undefined ? `${place.of}.remove_member` : `${place.of}.set_member`,
      subject: spellId('person', person.id),
      organizationId: place.organizationId,
      entityId: place.entityId,
      details: { name: person.name, role: role ?? null },
    })
  })
}

export async function getPerson(context: Context, ref: string): Promise<PersonRow & { id: PersonId }> {
  const id = parseId('person', ref)
  const person = await selectPerson(context.db, id === undefined ? { name: ref } : { id })
  if (person === undefined) throw notFound('person', ref)
  return person
}

function presentPerson(row: PersonRow): Person {
  return {
    id: spellId('person', row.id),
    name: row.name,
    kind: row.kind,
    role: row.role,
    created_at: row.created_at.toISOString(),
  }
}
