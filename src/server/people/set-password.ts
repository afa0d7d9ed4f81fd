import { Problem } from '../../contract/problem.ts'
import { PasswordChange } from '../../contract/who.ts'
import { systemActor, type Actor, type Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { revokeSessions } from './api-key-store.ts'
import { auditPlaceOf, findPerson, getPerson, governs, type FoundPerson } from './find-person.ts'
import { hashPassword } from './password.ts'
import { updatePassword } from './person-store.ts'
import type { SignInGate } from './sign-in.ts'

/**
 * One's own password, by who knows the present one; or that of a person all of whose places one administers. Whoever was
 * signed in with the earlier one has to sign in again, but for the browser that asks. Keys that exist stay in force:
 * whoever fears for them revokes them.
 */
export async function setPassword(
  gate: SignInGate,
  context: Context,
  personRef: string,
  { password, current_password }: PasswordChange,
): Promise<void> {
  const { actor, db } = context
  const person = await getPerson(context, personRef)
  refuseServiceAccount(person)
  const isSelf = actor.kind === 'person' && actor.personId === person.id
  if (!isSelf && !governs(actor, person.places))
    throw new Problem(
      'not-allowed',
      `Setting the password of ${person.name} takes the role admin in every organization they belong to.`,
    )
  if (isSelf && person.password_hash !== null && !(await gate.knows(person, current_password ?? '')))
    throw new Problem('request-invalid', 'Your present password is another one.', [
      { pointer: '#/current_password', detail: current_password === undefined ? 'is missing' : 'is not right' },
    ])
  await replacePassword(db, actor, person, password)
}

/** Anybody’s, the last admin’s too, by the operator on the machine of the database. */
export async function resetPassword(db: Database, ref: string, given: string): Promise<void> {
  const parsed = PasswordChange.shape.password.safeParse(given)
  if (!parsed.success) throw new Problem('request-invalid', 'A password has 12 characters or more.')
  const person = await findPerson({ db }, ref)
  if (person === undefined) throw notFound('person', ref)
  refuseServiceAccount(person)
  await replacePassword(db, systemActor, person, parsed.data)
}

function refuseServiceAccount({ kind, name }: FoundPerson): void {
  if (kind === 'service')
    throw new Problem('not-allowed', `${name} is a service account: it signs in by API keys only.`)
}

async function replacePassword(db: Database, actor: Actor, person: FoundPerson, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db.tx(async (tx) => {
    await updatePassword(tx, person.id, passwordHash)
    await revokeSessions(tx, person.id, actor.kind === 'person' ? (actor.apiKeyId ?? null) : null)
    recordAudit(tx, actor, {
      action: 'person.set_password',
      subject: spellId('person', person.id),
      ...auditPlaceOf(person),
      details: { name: person.name },
    })
  })
}
