import type { NewPerson, NewServiceAccount, Person } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import type { Role } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getMemberPlace, type MemberPlace, type MemberPlaceRef } from './member-place.ts'
import { upsertMember } from './member-store.ts'
import { hashPassword } from './password.ts'
import { insertEntity, insertPerson } from './person-store.ts'
import { presentPerson } from './present-person.ts'

/** A person in an organization, by its admins. */
export async function createPerson(context: Context, organization: string, input: NewPerson): Promise<Person> {
  const place = await getMemberPlace(context, { organization }, 'admin', 'Adding a person')
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  return insert(context, place, { ...input, kind: 'person', email: input.email ?? null, passwordHash })
}

/** A service account of a team or organization, by its admins: acts like a person, and has API keys only. */
export async function createServiceAccount(
  context: Context,
  ref: MemberPlaceRef,
  input: NewServiceAccount,
): Promise<Person> {
  const place = await getMemberPlace(context, ref, 'admin', 'Adding a service account')
  return insert(context, place, { ...input, kind: 'service', email: null, passwordHash: null })
}

interface Newcomer {
  readonly name: string
  readonly role: Role
  readonly kind: 'person' | 'service'
  readonly email: string | null
  readonly passwordHash: string | null
}

async function insert(context: Context, place: MemberPlace, newcomer: Newcomer): Promise<Person> {
  const { name, role, kind } = newcomer
  return refuseTakenName(name, () =>
    context.db.tx(async (tx) => {
      const entityId = await insertEntity(tx, { kind: 'user', name, organizationId: null })
      const row = await insertPerson(tx, { ...newcomer, entityId })
      await upsertMember(tx, place.of, place.id, row.id, role)
      recordAudit(tx, context.actor, {
        action: kind === 'person' ? 'person.create' : 'service_account.create',
        subject: spellId('person', row.id),
        organizationId: place.organizationId,
        entityId: place.entityId,
        details: { name, role },
      })
      return presentPerson({ ...row, name, kind, role })
    }),
  )
}
