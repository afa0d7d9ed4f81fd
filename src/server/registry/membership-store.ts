import type { ArtifactId, CollectionId, EntityId, OrganizationId, ProjectId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'

/** A version's place in one collection, with the names of everything it stands in. */
export interface Membership {
  readonly id: number
  readonly artifactId: ArtifactId
  readonly index: number
  /** Sorted. */
  readonly aliases: readonly string[]
  /** True for the collection that the version was made in. */
  readonly isSource: boolean
  readonly collectionId: CollectionId
  readonly collection: string
  readonly type: string
  readonly projectId: ProjectId
  readonly project: string
  readonly entityId: EntityId
  readonly entity: string
  readonly organizationId: OrganizationId | null
  /** The organization's own entity; null for a person's project, or when it is the owner itself. */
  readonly organizationEntityId: EntityId | null
}

/** Every place of a version: its source first, then by the id of the collection. */
export async function selectMemberships(db: Queryable, artifactId: ArtifactId): Promise<Membership[]> {
  return db.query<Membership>(selectOfArtifact, [artifactId])
}

export type MembershipRef =
  | { readonly index: number }
  | { readonly alias: string }
  | { readonly artifactId: ArtifactId }

/** The version that a number, an alias or an id names in a collection. */
export async function selectMembership(
  db: Queryable,
  collectionId: CollectionId,
  ref: MembershipRef,
): Promise<Membership | undefined> {
  const by = [
    'index' in ref ? ref.index : null,
    'alias' in ref ? ref.alias : null,
    'artifactId' in ref ? ref.artifactId : null,
  ]
  const [row] = await db.query<Membership>(selectOne, [collectionId, ...by])
  return row
}

/** A collection's versions, newest first, numbers below `before`. */
export async function selectMembershipPage(
  db: Queryable,
  page: { readonly collectionId: CollectionId; readonly before: number | null; readonly limit: number },
): Promise<Membership[]> {
  return db.query<Membership>(selectPage, [page.collectionId, page.before, page.limit])
}

/** Gives the version the collection's next number. Answers undefined when it is there already. */
export async function insertMembership(
  tx: Tx,
  collectionId: CollectionId,
  artifactId: ArtifactId,
): Promise<number | undefined> {
  const [row] = await tx.query<{ id: number }>(insert, [collectionId, artifactId])
  return row?.id
}

/** With its aliases. */
export async function deleteMemberships(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx.query(deleteMany, [ids])
}

/** Puts an alias on a version, or moves it there. Answers false when it was there already. */
export async function putAlias(tx: Tx, { collectionId, id }: Membership, alias: string): Promise<boolean> {
  return (await tx.query(put, [collectionId, alias, id])).length > 0
}

/** Answers false when there was no such alias. */
export async function deleteAlias(tx: Tx, collectionId: CollectionId, alias: string): Promise<boolean> {
  return (await tx.query(deleteOne, [collectionId, alias])).length > 0
}

/** An alias and the number of the version that has it. */
export interface PlacedAlias {
  readonly alias: string
  readonly index: number
}

/** Aliases in a collection, besides `except`, by name; at most `limit` of them, those of `first` before the others. */
export async function selectAliases(
  db: Queryable,
  collectionId: CollectionId,
  { except, first, limit }: { readonly except: string; readonly first: readonly string[]; readonly limit: number },
): Promise<PlacedAlias[]> {
  return db.query<PlacedAlias>(selectPlaced, [collectionId, except, first, limit])
}

/** The newest version that is left in a collection. */
export async function selectNewestMembership(
  db: Queryable,
  collectionId: CollectionId,
): Promise<Membership | undefined> {
  const [row] = await selectMembershipPage(db, { collectionId, before: null, limit: 1 })
  return row
}

/** Where versions of a sequence are linked; at most `limit` of these. */
export async function selectForeignMemberships(
  db: Queryable,
  sequenceId: CollectionId,
  limit: number,
): Promise<Membership[]> {
  return db.query<Membership>(selectForeign, [sequenceId, limit])
}

/** Ids of a collection's artifacts that were made in it, pending ones too. */
export async function selectOwnArtifactIds(tx: Tx, sequenceId: CollectionId): Promise<ArtifactId[]> {
  const rows = await tx.query<{ id: ArtifactId }>(selectOwn, [sequenceId])
  return rows.map(({ id }) => id)
}

const columns = `m.id, m.artifact_id as "artifactId", m.version_index as index,
  array(select l.alias from aliases l where l.membership_id = m.id order by l.alias) as aliases,
  a.sequence_id = m.collection_id as "isSource", m.collection_id as "collectionId", c.name as collection, t.name as type,
  c.project_id as "projectId", p.name as project, e.id as "entityId", e.name as entity, e.organization_id as "organizationId", nullif(o.id, e.id) as "organizationEntityId"`

const from = `memberships m join artifacts a on a.id = m.artifact_id
  join collections c on c.id = m.collection_id and c.archived_at is null join artifact_types t on t.id = c.type_id
  join projects p on p.id = c.project_id and p.archived_at is null join entities e on e.id = p.entity_id
  left join entities o on o.organization_id = e.organization_id and o.kind = 'organization'`

const selectOfArtifact = {
  name: 'select_memberships',
  text: `select ${columns} from ${from} where m.artifact_id = $1 order by a.sequence_id = m.collection_id desc, m.collection_id`,
}

const selectOne = {
  name: 'select_membership',
  text: `select ${columns} from ${from} where m.collection_id = $1 and (m.version_index = $2 or m.artifact_id = $4
    or m.id = (select l.membership_id from aliases l where l.collection_id = $1 and l.alias = $3))`,
}

const selectPage = {
  name: 'select_membership_page',
  text: `select ${columns} from ${from} where m.collection_id = $1 and ($2::int is null or m.version_index < $2) order by m.version_index desc limit $3`,
}

const selectPlaced = {
  name: 'select_placed_aliases',
  text: `select l.alias, m.version_index as index from aliases l join memberships m on m.id = l.membership_id
    where l.collection_id = $1 and l.alias <> $2 order by l.alias = any($3::text[]) desc, l.alias limit $4`,
}

const selectForeign = {
  name: 'select_foreign_memberships',
  text: `select ${columns} from ${from} where a.sequence_id = $1 and m.collection_id <> $1 order by m.collection_id, m.id limit $2`,
}

const selectOwn = {
  name: 'select_own_artifact_ids',
  text: `select id from artifacts where sequence_id = $1 and state <> 'deleted'`,
}

const insert = {
  name: 'insert_membership',
  text: `with known as (select 1 from memberships where collection_id = $1 and artifact_id = $2),
    numbered as (update collections set next_index = next_index + 1 where id = $1 and not exists (select 1 from known) returning next_index - 1 as index)
    insert into memberships(collection_id, artifact_id, version_index) select $1, $2, index from numbered returning id`,
}

const deleteMany = { name: 'delete_memberships', text: 'delete from memberships where id = any($1::bigint[])' }

const put = {
  name: 'put_alias',
  text: `insert into aliases(collection_id, alias, membership_id) values ($1, $2, $3)
    on conflict (collection_id, alias) do update set membership_id = excluded.membership_id
    where aliases.membership_id <> excluded.membership_id returning 1`,
}

const deleteOne = {
  name: 'delete_alias',
  text: 'delete from aliases where collection_id = $1 and alias = $2 returning 1',
}
