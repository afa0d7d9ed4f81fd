import { randomBytes } from 'node:crypto'
import { hashApiKey, makeApiKey } from '../../src/server/access/api-key.ts'
import { authenticateApiKey } from '../../src/server/access/authenticate.ts'
import type { Context } from '../../src/server/access/context.ts'
import type { Role } from '../../src/server/access/roles.ts'
import { systemClock, type Clock } from '../../src/server/base/clock.ts'
import type { Database } from '../../src/server/database/database.ts'

/** Somebody with an API key, and the context of what they ask. */
export interface TestPerson {
  readonly name: string
  readonly key: string
  readonly context: Context
}

/** An organization with one team and one project, and somebody for every role, straight into the tables. */
export interface TestTeam {
  readonly organization: string
  readonly organizationId: number
  readonly team: string
  readonly teamId: number
  /** `team/name`. */
  readonly project: string
  readonly projectId: number
  readonly admin: TestPerson
  readonly member: TestPerson
  readonly viewer: TestPerson
  readonly organizationAdmin: TestPerson
  /** In the organization, and in no team of it. */
  readonly colleague: TestPerson
  /** In another organization. */
  readonly stranger: TestPerson
}

export async function makeTeam(db: Database, clock: Clock = systemClock): Promise<TestTeam> {
  const unique = randomBytes(4).toString('hex')
  const organization = await insertOrganization(db, `org-${unique}`)
  const other = await insertOrganization(db, `other-${unique}`)
  const team = `team-${unique}`
  const teamId = await insertEntity(db, 'team', team, organization.id)
  const [project] = await db.query<{ id: number }>(
    `insert into projects(entity_id, name) values ($1, 'models') returning id`,
    [teamId],
  )
  const person = async (
    name: string,
    roles: { organizationId: number; inOrganization: Role; inTeam?: Role },
  ): Promise<TestPerson> => {
    const fullName = `${name}-${unique}`
    const entityId = await insertEntity(db, 'user', fullName, null)
    const [row] = await db.query<{ id: number }>(
      `insert into people(entity_id, kind) values ($1, 'person') returning id`,
      [entityId],
    )
    await db.query('insert into organization_members values ($1, $2, $3)', [
      roles.organizationId,
      row!.id,
      roles.inOrganization,
    ])
    if (roles.inTeam !== undefined)
      await db.query('insert into team_members values ($1, $2, $3)', [teamId, row!.id, roles.inTeam])
    const key = makeApiKey()
    await db.query(`insert into api_keys(person_id, name, hash, hint) values ($1, 'test', $2, 'test')`, [
      row!.id,
      hashApiKey(key),
    ])
    const actor = await authenticateApiKey(db, key)
    return { name: fullName, key, context: { actor: actor!, clock, db } }
  }
  const here = { organizationId: organization.id, inOrganization: 'member' as const }
  return {
    organization: organization.name,
    organizationId: organization.id,
    team,
    teamId,
    project: `${team}/models`,
    projectId: project!.id,
    admin: await person('admin', { ...here, inTeam: 'admin' }),
    member: await person('member', { ...here, inTeam: 'member' }),
    viewer: await person('viewer', { ...here, inTeam: 'viewer' }),
    organizationAdmin: await person('boss', { ...here, inOrganization: 'admin' }),
    colleague: await person('colleague', here),
    stranger: await person('stranger', { organizationId: other.id, inOrganization: 'admin' }),
  }
}

async function insertOrganization(db: Database, name: string): Promise<{ id: number; name: string }> {
  const [row] = await db.query<{ id: number }>('insert into organizations(display_name) values ($1) returning id', [
    name,
  ])
  await insertEntity(db, 'organization', name, row!.id)
  return { id: row!.id, name }
}

async function insertEntity(db: Database, kind: string, name: string, organizationId: number | null): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    'insert into entities(kind, name, name_key, organization_id) values ($1, $2, $2, $3) returning id',
    [kind, name, organizationId],
  )
  return row!.id
}
