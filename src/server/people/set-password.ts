import { Problem } from '../../contract/problem.ts'
import type { PasswordChange } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { auditPlaceOf, getPerson, governs } from './find-person.ts'
import { hashPassword } from './password.ts'
import { updatePassword } from './person-store.ts'
import type { SignInGate } from './sign-in.ts'

/**
 * One's own password, by who knows the present one; or that of a person all of whose places one administers. Keys that
 * exist stay in force: whoever fears for them revokes them.
 */
export async function setPassword(
  gate: SignInGate,
  context: Context,
  personRef: string,
  { password, current_password }: PasswordChange,
): Promise<void> {
  const { actor } = context
  const person = await getPerson(context, personRef)
  if (person.kind === 'service')
    throw new Problem('not-allowed', `${person.name} is a service account: it signs in by API keys only.`)
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
  const passwordHash = await hashPassword(password)
  await context.db.tx(async (tx) => {
    await updatePassword(tx, person.id, passwordHash)
    recordAudit(tx, actor, {
      action: 'person.set_password',
      subject: spellId('person', person.id),
      ...auditPlaceOf(person),
      details: { name: person.name },
    })
  })
}
