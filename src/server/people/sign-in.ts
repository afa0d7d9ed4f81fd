import { Problem } from '../../contract/problem.ts'
import type { CreatedApiKey, SignIn } from '../../contract/who.ts'
import type { Actor } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Clock } from '../base/clock.ts'
import { spellId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Database } from '../database/database.ts'
import { auditPlaceOf } from './find-person.ts'
import { issueApiKey } from './issue-api-key.ts'
import { isPassword, noPassword } from './password.ts'
import { selectPerson, selectPlacesOf, type StoredPerson } from './person-store.ts'
import { makeSignInLimits, networkOf } from './sign-in-limits.ts'

/** Where passwords are tried. */
export interface SignInGate {
  /** A new key for a name and a password. An unknown name is answered like a wrong password, and as slowly. */
  signIn(input: SignIn, from: string): Promise<CreatedApiKey>
  /** The token of a new session, for a browser; refused alike. */
  openSession(input: SignIn, from: string): Promise<string>
  /** Whether it is the person's password; counts as a try under their name. */
  knows(person: StoredPerson, password: string): Promise<boolean>
}

export function makeSignInGate(db: Database, clock: Clock): SignInGate {
  const { countTry, inTurn } = makeSignInLimits(clock)

  const knows = (person: StoredPerson | undefined, name: string, password: string): Promise<boolean> => {
    countTry(`name ${name.toLowerCase()}`, limits.signInTriesPerNameMax)
    return inTurn(() => isPassword(password, person?.password_hash ?? noPassword))
  }

  async function admit({ name, password }: SignIn, from: string, session: { readonly sessionMs?: number }) {
    countTry(`from ${networkOf(from)}`, limits.signInTriesPerAddressMax)
    const person = await selectPerson(db, { name })
    const right = await knows(person, name, password)
    if (person === undefined || !right) throw refused()
    const places = await selectPlacesOf(db, person.id)
    if (places.organizations.length + places.teams.length === 0) throw refused()
    return db.tx(async (tx) => {
      const created = await issueApiKey(tx, person.id, 'signed in', session)
      recordAudit(tx, actorOf(person), {
        action: 'person.sign_in',
        subject: spellId('person', person.id),
        ...auditPlaceOf({ ...person, places }),
        details: session.sessionMs === undefined ? { api_key: created.id } : { session: true },
      })
      return created
    })
  }

  return {
    signIn: (input, from) => admit(input, from, {}),
    openSession: async (input, from) => (await admit(input, from, { sessionMs: limits.sessionMsMax })).key,
    knows: (person, password) => knows(person, person.name, password),
  }
}

function refused(): Problem {
  return new Problem('sign-in-refused', 'The name or the password is not right.')
}

function actorOf(person: StoredPerson): Actor {
  return {
    kind: 'person',
    personId: person.id,
    entityId: person.entity_id,
    name: person.name,
    isServiceAccount: false,
    organizations: new Map(),
    teams: new Map(),
  }
}
