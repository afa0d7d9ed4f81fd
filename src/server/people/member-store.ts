import type { EntityId, OrganizationId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { Role } from '../access/roles.ts'
import type { PersonRow } from './person-store.ts'

export type MemberTable = 'organization' | 'team'

/** Answers false when the role was that already. */
export async function upsertMember(
  tx: Tx,
  of: MemberTable,
  placeId: number,
  personId: PersonId,
  role: Role,
): Promise<boolean> {
  const { table, column } = memberTables[of]
  const changed = await tx.query(
    `insert into ${table}(${column}, person_id, role) values ($1, $2, $3)
     on conflict (${column}, person_id) do update set role = excluded.role where ${table}.role <> excluded.role returning 1`,
    [placeId, personId, role],
  )
  return changed.length > 0
}

/** Answers false when the person was no member. */
export async function deleteMember(tx: Tx, of: MemberTable, placeId: number, personId: PersonId): Promise<boolean> {
  const { table, column } = memberTables[of]
  const deleted = await tx.query(`delete from ${table} where ${column} = $1 and person_id = $2 returning 1`, [
    placeId,
    personId,
  ])
  return deleted.length > 0
}

/**
 * The roles of one member and of every admin who is a person, locked in the order of their ids: of two admins who take
 * each other's role at once, the second sees what the first did.
 */
export async function lockMemberAndAdmins(
  tx: Tx,
  of: MemberTable,
  placeId: number,
  personId: PersonId,
): Promise<{ person_id: PersonId; role: Role }[]> {
  const { table, column } = memberTables[of]
  return tx.query(
    `select m.person_id, m.role from ${table} m join people p on p.id = m.person_id
     where m.${column} = $1 and (m.person_id = $2 or (m.role = 'admin' and p.kind = 'person' and p.disabled_at is null))
     order by m.person_id for update of m`,
    [placeId, personId],
  )
}

/** Whether the person belongs to the organization, which they then do until the transaction ends. */
export async function holdMembership(tx: Tx, organizationId: OrganizationId, personId: PersonId): Promise<boolean> {
  const held = await tx.query(
    'select 1 from organization_members where organization_id = $1 and person_id = $2 for share',
    [organizationId, personId],
  )
  return held.length > 0
}

/** Newest people first, ids below `before`. */
export async function selectMemberPage(
  db: Queryable,
  of: MemberTable,
  placeId: number,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<PersonRow[]> {
  const { table, column } = memberTables[of]
  return db.query<PersonRow>(
    `select p.id, e.name, p.kind, m.role, p.created_at from ${table} m join people p on p.id = m.person_id join entities e on e.id = p.entity_id
     where m.${column} = $1 and ($2::bigint is null or p.id < $2) order by p.id desc limit $3`,
    [placeId, before, limit],
  )
}

/** Takes a person out of every team of an organization, and takes back what its registries granted them. */
export async function deleteRolesWithin(
  tx: Tx,
  organizationId: OrganizationId,
  person: { readonly id: PersonId; readonly entityId: EntityId },
): Promise<{ teams: string[]; registries: string[] }> {
  const teams = await tx.query<{ name: string }>(
    `delete from team_members m using entities t where t.id = m.team_id and t.organization_id = $1 and m.person_id = $2 returning t.name`,
    [organizationId, person.id],
  )
  const registries = await tx.query<{ name: string }>(
    `delete from registry_grants g using projects p join entities e on e.id = p.entity_id
     where p.id = g.project_id and e.organization_id = $1 and g.grantee_entity_id = $2 returning p.name`,
    [organizationId, person.entityId],
  )
  return { teams: teams.map(({ name }) => name), registries: registries.map(({ name }) => name) }
}

const memberTables = {
  organization: { table: 'organization_members', column: 'organization_id' },
  team: { table: 'team_members', column: 'team_id' },
} as const
