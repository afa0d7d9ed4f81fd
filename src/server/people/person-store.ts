import type { ApiKeyId, EntityId, OrganizationId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { Owner, Role } from '../access/roles.ts'

export interface PersonRow {
  readonly id: PersonId
  readonly name: string
  readonly kind: 'person' | 'service'
  readonly role: Role | null
  readonly created_at: Date
}

export interface NewEntityRow {
  readonly kind: Owner['kind']
  readonly name: string
  readonly organizationId: OrganizationId | null
}

/** Throws a unique violation on `entities_name_key_key` when the name is taken in any spelling. */
export async function insertEntity(tx: Tx, { kind, name, organizationId }: NewEntityRow): Promise<EntityId> {
  const [row] = await tx.query<{ id: EntityId }>(
    'insert into entities(kind, name, name_key, organization_id) values ($1, $2, $3, $4) returning id',
    [kind, name, name.toLowerCase(), organizationId],
  )
  return row!.id
}

export async function insertOrganization(tx: Tx, displayName: string): Promise<OrganizationId> {
  const [row] = await tx.query<{ id: OrganizationId }>(
    'insert into organizations(display_name) values ($1) returning id',
    [displayName],
  )
  return row!.id
}

export interface NewPersonRow {
  readonly entityId: EntityId
  readonly kind: 'person' | 'service'
  readonly email: string | null
  readonly passwordHash: string | null
}

export async function insertPerson(
  tx: Tx,
  { entityId, kind, email, passwordHash }: NewPersonRow,
): Promise<{ id: PersonId; created_at: Date }> {
  const [row] = await tx.query<{ id: PersonId; created_at: Date }>(
    'insert into people(entity_id, kind, email_key, password_hash) values ($1, $2, $3, $4) returning id, created_at',
    [entityId, kind, email?.toLowerCase() ?? null, passwordHash],
  )
  return row!
}

export async function anyOrganization(db: Queryable): Promise<boolean> {
  return (await db.query('select 1 from organizations limit 1')).length > 0
}

/** Answers false when the role was that already. */
export async function setMember(
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

export async function removeMember(tx: Tx, of: MemberTable, placeId: number, personId: PersonId): Promise<boolean> {
  const { table, column } = memberTables[of]
  return (
    (await tx.query(`delete from ${table} where ${column} = $1 and person_id = $2 returning 1`, [placeId, personId]))
      .length > 0
  )
}

/** Locks the members' rows, so that two admins cannot remove each other at once. */
export async function selectMembersForChange(
  tx: Tx,
  of: MemberTable,
  placeId: number,
): Promise<{ person_id: PersonId; role: Role }[]> {
  const { table, column } = memberTables[of]
  return tx.query(`select person_id, role from ${table} where ${column} = $1 order by person_id for update`, [placeId])
}

export async function selectMembers(db: Queryable, of: MemberTable, placeId: number): Promise<PersonRow[]> {
  const { table, column } = memberTables[of]
  return db.query<PersonRow>(
    `select p.id, e.name, p.kind, m.role, p.created_at from ${table} m join people p on p.id = m.person_id join entities e on e.id = p.entity_id
     where m.${column} = $1 order by e.name_key`,
    [placeId],
  )
}

/** By id, or by name in any spelling. */
export async function selectPerson(
  db: Queryable,
  by: { id: number } | { name: string },
): Promise<(PersonRow & { entity_id: EntityId; password_hash: string | null }) | undefined> {
  const [row] = await db.query<PersonRow & { entity_id: EntityId; password_hash: string | null }>(
    `select p.id, e.name, p.kind, null as role, p.created_at, p.entity_id, p.password_hash from people p join entities e on e.id = p.entity_id
     where (p.id = $1 or e.name_key = $2) and p.disabled_at is null`,
    'id' in by ? [by.id, null] : [null, by.name.toLowerCase()],
  )
  return row
}

/** Teams and organizations of a person, with the entities they are. */
export async function selectPlacesOf(
  db: Queryable,
  personId: PersonId,
): Promise<{ organizations: PlaceRow[]; teams: PlaceRow[] }> {
  const [row] = await db.query<{ organizations: PlaceRow[]; teams: PlaceRow[] }>(
    `select
      (select coalesce(json_agg(json_build_object('id', m.organization_id, 'entityId', e.id, 'name', e.name, 'role', m.role) order by e.name_key), '[]')
       from organization_members m join entities e on e.organization_id = m.organization_id and e.kind = 'organization' where m.person_id = $1) as organizations,
      (select coalesce(json_agg(json_build_object('id', e.id, 'entityId', e.id, 'name', e.name, 'role', m.role) order by e.name_key), '[]')
       from team_members m join entities e on e.id = m.team_id where m.person_id = $1 and e.archived_at is null) as teams`,
    [personId],
  )
  return row!
}

export interface PlaceRow {
  readonly id: number
  readonly entityId: EntityId
  readonly name: string
  readonly role: Role
}

export async function selectTeamsOfOrganization(
  db: Queryable,
  organizationId: OrganizationId,
): Promise<{ id: EntityId; name: string }[]> {
  return db.query(
    `select id, name from entities where organization_id = $1 and kind = 'team' and archived_at is null order by name_key`,
    [organizationId],
  )
}

export interface ApiKeyRow {
  readonly id: ApiKeyId
  readonly person_id: PersonId
  readonly name: string
  readonly hint: string
  readonly created_at: Date
  readonly last_used_at: Date | null
}

export async function insertApiKey(
  tx: Tx,
  key: { personId: PersonId; name: string; hash: Buffer; hint: string },
): Promise<ApiKeyRow> {
  const [row] = await tx.query<ApiKeyRow>(
    `insert into api_keys(person_id, name, hash, hint) values ($1, $2, $3, $4) returning id, person_id, name, hint, created_at, last_used_at`,
    [key.personId, key.name, key.hash, key.hint],
  )
  return row!
}

export async function selectApiKeys(db: Queryable, personId: PersonId): Promise<ApiKeyRow[]> {
  return db.query<ApiKeyRow>(
    'select id, person_id, name, hint, created_at, last_used_at from api_keys where person_id = $1 and revoked_at is null order by id desc',
    [personId],
  )
}

export async function selectApiKey(db: Queryable, id: number): Promise<ApiKeyRow | undefined> {
  const [row] = await db.query<ApiKeyRow>(
    'select id, person_id, name, hint, created_at, last_used_at from api_keys where id = $1 and revoked_at is null',
    [id],
  )
  return row
}

export async function revokeApiKeyRow(tx: Tx, id: ApiKeyId): Promise<boolean> {
  return (
    (await tx.query('update api_keys set revoked_at = now() where id = $1 and revoked_at is null returning 1', [id]))
      .length > 0
  )
}

export type MemberTable = 'organization' | 'team'

const memberTables = {
  organization: { table: 'organization_members', column: 'organization_id' },
  team: { table: 'team_members', column: 'team_id' },
} as const

/** One set-up at a time. */
export async function lockOrganizations(tx: Tx): Promise<void> {
  await tx.query('lock table organizations in share row exclusive mode')
}
