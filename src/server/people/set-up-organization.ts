import { Problem } from '../../contract/problem.ts'
import { FirstOrganization } from '../../contract/who.ts'
import { systemActor } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { issueApiKey } from './issue-api-key.ts'
import { upsertMember } from './member-store.ts'
import { hashPassword } from './password.ts'
import { anyOrganization, insertEntity, insertOrganization, insertPerson, lockOrganizations } from './person-store.ts'

export type { FirstOrganization }

export interface SetUp {
  readonly organizationId: string
  readonly personId: string
  /** Shown this once. */
  readonly apiKey: string
}

/** The first organization and its first admin, with a key: what has to be there before anybody can ask for anything. */
export async function setUpOrganization(db: Database, input: FirstOrganization): Promise<SetUp> {
  const { organization, admin, password } = parse(input)
  const passwordHash = password === undefined ? null : await hashPassword(password)
  return refuseTakenName(admin, () =>
    db.tx(async (tx) => {
      await lockOrganizations(tx)
      if (await anyOrganization(tx))
        throw new Problem('already-set-up', 'There is an organization already; its admins make everything else.')
      const organizationId = await insertOrganization(tx, organization)
      const entityId = await insertEntity(tx, { kind: 'organization', name: organization, organizationId })
      const own = await insertEntity(tx, { kind: 'user', name: admin, organizationId: null })
      const person = await insertPerson(tx, { entityId: own, kind: 'person', email: null, passwordHash })
      await upsertMember(tx, 'organization', organizationId, person.id, 'admin')
      const { key } = await issueApiKey(tx, person.id, 'first key')
      await recordAudit(tx, systemActor, {
        action: 'organization.set_up',
        subject: spellId('organization', organizationId),
        organizationId,
        entityId,
        details: { admin },
      })
      return {
        organizationId: spellId('organization', organizationId),
        personId: spellId('person', person.id),
        apiKey: key,
      }
    }),
  )
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
