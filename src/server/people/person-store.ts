import type { EntityId, OrganizationId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { Owner, Role } from '../access/roles.ts'

export interface PersonRow {
  readonly id: PersonId
  readonly name: string
  readonly kind: 'person' | 'service'
  readonly role: Role | null
  readonly created_at: Date
}

/** A person with what only signing in needs. */
export interface StoredPerson extends PersonRow {
  readonly entity_id: EntityId
  readonly password_hash: string | null
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

/** Throws a unique violation on `people_email_key_key` when somebody else has the address. */
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

export async function updatePassword(tx: Tx, id: PersonId, passwordHash: string): Promise<void> {
  await tx.query('update people set password_hash = $2 where id = $1', [id, passwordHash])
}

/** By id, or by name in any spelling; nobody who was disabled. */
export async function selectPerson(
  db: Queryable,
  by: { id: number } | { name: string },
): Promise<StoredPerson | undefined> {
  const [row] = await db.query<StoredPerson>(
    `select p.id, e.name, p.kind, null as role, p.created_at, p.entity_id, p.password_hash from people p join entities e on e.id = p.entity_id
     where (p.id = $1 or e.name_key = $2) and p.disabled_at is null`,
    'id' in by ? [by.id, null] : [null, by.name.toLowerCase()],
  )
  return row
}

export interface OrganizationPlace {
  readonly id: OrganizationId
  readonly entityId: EntityId
  readonly name: string
  readonly role: Role
}

export interface TeamPlace {
  readonly id: EntityId
  readonly organizationId: OrganizationId
  readonly name: string
  readonly role: Role
}

export interface PlacesOfPerson {
  readonly organizations: readonly OrganizationPlace[]
  readonly teams: readonly TeamPlace[]
}

export async function selectPlacesOf(db: Queryable, personId: PersonId): Promise<PlacesOfPerson> {
  const [row] = await db.query<PlacesOfPerson>(
    `select
      (select coalesce(json_agg(json_build_object('id', m.organization_id, 'entityId', e.id, 'name', e.name, 'role', m.role) order by e.name_key), '[]')
       from organization_members m join entities e on e.organization_id = m.organization_id and e.kind = 'organization' where m.person_id = $1) as organizations,
      (select coalesce(json_agg(json_build_object('id', e.id, 'organizationId', e.organization_id, 'name', e.name, 'role', m.role) order by e.name_key), '[]')
       from team_members m join entities e on e.id = m.team_id where m.person_id = $1 and e.archived_at is null) as teams`,
    [personId],
  )
  return row!
}

/** Newest first, ids below `before`. Without `only` every team of the organization. */
export async function selectTeamPage(
  db: Queryable,
  organizationId: OrganizationId,
  only: readonly EntityId[] | null,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<{ id: EntityId; name: string }[]> {
  return db.query(
    `select id, name from entities where organization_id = $1 and kind = 'team' and archived_at is null
       and ($2::bigint[] is null or id = any($2)) and ($3::bigint is null or id < $3) order by id desc limit $4`,
    [organizationId, only, before, limit],
  )
}

export async function anyOrganization(db: Queryable): Promise<boolean> {
  return (await db.query('select 1 from organizations limit 1')).length > 0
}

/** One set-up at a time. */
export async function lockOrganizations(tx: Tx): Promise<void> {
  await tx.query('lock table organizations in share row exclusive mode')
}
