import { Problem } from '../../contract/problem.ts'
import { FirstOrganization } from '../../contract/who.ts'
import { systemActor } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Database, Queryable } from '../database/database.ts'
import { addTeam } from './create-team.ts'
import { issueApiKey } from './issue-api-key.ts'
import { upsertMember } from './member-store.ts'
import { hashPassword } from './password.ts'
import { anyOrganization, insertEntity, insertOrganization, insertPerson, lockOrganizations } from './person-store.ts'

export type { FirstOrganization }

/**
 * The first organization and its first admin, with a key or a session, and their first team: what has to be there before
 * anybody can ask for anything. What it answers is shown this once.
 */
export async function setUpOrganization(
  db: Database,
  input: FirstOrganization,
  session: { readonly sessionMs?: number } = {},
): Promise<{ readonly apiKey: string }> {
  const { organization, team, admin, password } = parse(input)
  const passwordHash = password === undefined ? null : await hashPassword(password)
  return db.tx(async (tx) => {
    await lockOrganizations(tx)
    await refuseSecondSetUp(tx)
    const organizationId = await insertOrganization(tx, organization)
    const entityId = await insertEntity(tx, { kind: 'organization', name: organization, organizationId })
    const own = await insertEntity(tx, { kind: 'user', name: admin, organizationId: null })
    const person = await insertPerson(tx, { entityId: own, kind: 'person', email: null, passwordHash })
    await upsertMember(tx, 'organization', organizationId, person.id, 'admin')
    const { key } = await issueApiKey(tx, person.id, session.sessionMs === undefined ? 'first key' : 'set up', session)
    recordAudit(tx, systemActor, {
      action: 'organization.set_up',
      subject: spellId('organization', organizationId),
      organizationId,
      entityId,
      details: { admin },
    })
    if (team !== undefined) await addTeam(tx, systemActor, { name: team, organizationId, admin: person.id })
    return { apiKey: key }
  })
}

export async function refuseSecondSetUp(db: Queryable): Promise<void> {
  if (await anyOrganization(db))
    throw new Problem('already-set-up', 'There is an organization already; its admins make everything else.')
}

/** Names come from a command line, past the doors that parse them elsewhere. */
function parse(input: FirstOrganization): FirstOrganization {
  const parsed = FirstOrganization.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Problem(
    'request-invalid',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '),
  )
}
