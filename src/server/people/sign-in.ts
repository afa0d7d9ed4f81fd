import type { CreatedApiKey, SignIn } from '../../contract/who.ts'
import { Problem } from '../../contract/problem.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Clock } from '../base/clock.ts'
import { spellId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Database } from '../database/database.ts'
import { hashApiKey, hintOfApiKey, makeApiKey } from '../access/api-key.ts'
import { isPassword, noPassword } from './password.ts'
import { insertApiKey, selectPerson } from './person-store.ts'

/** Counts tries by name and by address, in memory: guessing is slowed down, and forgetting it at a restart does no harm. */
export interface SignInGate {
  signIn(input: SignIn, from: string): Promise<CreatedApiKey>
}

export function makeSignInGate(db: Database, clock: Clock): SignInGate {
  const tries = new Map<string, { count: number; until: number }>()

  function countTry(key: string, triesMax: number): void {
    const now = clock.monotonicMs()
    if (tries.size > limits.signInsRememberedMax)
      for (const [old, { until }] of tries) if (until < now) tries.delete(old)
    const known = tries.get(key)
    const current = known === undefined || known.until < now ? { count: 0, until: now + limits.signInWindowMs } : known
    current.count += 1
    tries.set(key, current)
    if (current.count > triesMax)
      throw new Problem('rate-limited', `Too many tries to sign in; wait ${Math.ceil((current.until - now) / 1000)} s.`)
  }

  return {
    /** A new key for a name and a password. An unknown name is answered like a wrong password, and as slowly. */
    async signIn({ name, password }, from) {
      countTry(`name ${name.toLowerCase()}`, limits.signInTriesPerNameMax)
      countTry(`from ${from}`, limits.signInTriesPerAddressMax)
      const person = await selectPerson(db, { name })
      const right = await isPassword(password, person?.password_hash ?? noPassword)
      if (person === undefined || person.password_hash === null || !right)
        throw new Problem('sign-in-refused', 'The name or the password is not right.')
      const key = makeApiKey()
      const row = await db.tx(async (tx) => {
        const inserted = await insertApiKey(tx, {
          personId: person.id,
          name: 'signed in',
          hash: hashApiKey(key),
          hint: hintOfApiKey(key),
        })
        const actor = {
          kind: 'person',
          personId: person.id,
          entityId: person.entity_id,
          name: person.name,
          isServiceAccount: false,
          organizations: new Map(),
          teams: new Map(),
        } as const
        await recordAudit(tx, actor, {
          action: 'person.sign_in',
          subject: spellId('person', person.id),
          entityId: person.entity_id,
        })
        return inserted
      })
      return {
        id: spellId('apiKey', row.id),
        name: row.name,
        hint: row.hint,
        created_at: row.created_at.toISOString(),
        last_used_at: null,
        key,
      }
    },
  }
}
