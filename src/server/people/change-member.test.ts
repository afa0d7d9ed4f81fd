import { expect, test } from 'vitest'
import type { Problem } from '../../contract/problem.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { makeTeam } from '../../../test/support/team.ts'
import { removeMember, setMember } from './change-member.ts'

const database = useDatabase()

test('of two last admins who take each other’s role at once, exactly one succeeds', async () => {
  for (let round = 0; round < 10; round++) {
    const { db } = database
    const { organizationAdmin: first, admin: other, organization, organizationId } = await makeTeam(db)
    await setMember(first.context, { organization }, other.name, 'admin')
    const second = {
      ...other.context,
      actor: { ...other.context.actor, organizations: new Map([[organizationId, 'admin' as const]]) },
    }
    const outcomes = await Promise.allSettled([
      setMember(first.context, { organization }, other.name, 'viewer'),
      removeMember(second as typeof other.context, { organization }, first.name),
    ])
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => (reason as Problem).type)).toEqual(['last-admin'])
    const admins = await db.query(`select 1 from organization_members where organization_id = $1 and role = 'admin'`, [
      organizationId,
    ])
    expect(admins).toHaveLength(1)
  }
})
