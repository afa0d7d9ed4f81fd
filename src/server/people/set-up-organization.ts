import { Problem } from '../../contract/problem.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { hashApiKey, hintOfApiKey, makeApiKey } from '../access/api-key.ts'
import { systemActor } from '../access/context.ts'
import { hashPassword } from './password.ts'
import {
  anyOrganization,
  insertApiKey,
  insertEntity,
  insertOrganization,
  insertPerson,
  lockOrganizations,
  setMember,
} from './person-store.ts'

export interface FirstOrganization {
  readonly organization: string
  readonly admin: string
  readonly password?: string | undefined
}

/** The first organization and its first admin, with a key: what has to be there before anybody can ask for anything. */
export async function setUpOrganization(db: Database, input: FirstOrganization): Promise<{ apiKey: string }> {
  const apiKey = makeApiKey()
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  await db.tx(async (tx) => {
    await lockOrganizations(tx)
    if (await anyOrganization(tx))
      throw new Problem('already-set-up', 'There is an organization already; its admins make everything else.')
    const organizationId = await insertOrganization(tx, input.organization)
    const entityId = await insertEntity(tx, { kind: 'organization', name: input.organization, organizationId })
    const own = await insertEntity(tx, { kind: 'user', name: input.admin, organizationId: null })
    const person = await insertPerson(tx, { entityId: own, kind: 'person', email: null, passwordHash })
    await setMember(tx, 'organization', organizationId, person.id, 'admin')
    await insertApiKey(tx, {
      personId: person.id,
      name: 'first key',
      hash: hashApiKey(apiKey),
      hint: hintOfApiKey(apiKey),
    })
    await recordAudit(tx, systemActor, {
      action: 'organization.set_up',
      subject: spellId('organization', organizationId),
      organizationId,
      entityId,
      details: { admin: input.admin },
    })
  })
  return { apiKey }
}
