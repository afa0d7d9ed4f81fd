import type { CollectionId, ProjectId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import { isVisible, visibleValues, type Visible } from '../places/place-store.ts'

/** A collection as it is read and shown. */
export interface StoredCollection {
  readonly id: CollectionId
  readonly name: string
  readonly kind: 'sequence' | 'portfolio'
  readonly type: string
  readonly description: string | null
  readonly tags: readonly string[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

export async function selectStoredCollection(db: Queryable, id: CollectionId): Promise<StoredCollection | undefined> {
  const [row] = await db.query<StoredCollection>(selectOne, [id])
  return row
}

export interface CollectionPage {
  readonly projectId: ProjectId
  readonly name: string | undefined
  readonly type: string | undefined
  readonly tag: string | undefined
  readonly before: CollectionId | null
  readonly limit: number
}

/** Newest first, ids below `before`. */
export async function selectCollectionPage(db: Queryable, page: CollectionPage): Promise<StoredCollection[]> {
  const { projectId, name, type, tag, before, limit } = page
  return db.query<StoredCollection>(selectPage, [projectId, name ?? null, type ?? null, tag ?? null, before, limit])
}

/** Of every project that is visible, newest first, ids below `before`. */
export async function selectVisibleCollections(
  db: Queryable,
  visible: Visible | undefined,
  { text, before, limit }: { readonly text: string | undefined } & Pick<CollectionPage, 'before' | 'limit'>,
): Promise<(StoredCollection & { readonly projectId: ProjectId })[]> {
  return db.query(selectVisible, [...visibleValues(visible), text ?? null, before, limit])
}

/**
 * Locks collections in the order of their ids, whatever happens to them waits until the transaction ends; answers those
 * that live. Every verb locks what it changes before it reads what it decides by.
 */
export async function lockCollections(tx: Tx, ids: readonly CollectionId[]): Promise<CollectionId[]> {
  const rows = await tx.query<{ id: CollectionId }>(lock, [ids])
  return rows.map(({ id }) => id)
}

export interface NewStoredCollection {
  readonly projectId: ProjectId
  readonly name: string
  readonly kind: StoredCollection['kind']
  readonly type: string
  readonly description: string | null
}

/** Unique among the live ones of the project: constraint `collections_name`. */
export async function insertCollection(tx: Tx, collection: NewStoredCollection): Promise<CollectionId> {
  const { projectId, name, kind, type, description } = collection
  await tx.query(insertType, [projectId, type])
  const [row] = await tx.query<{ id: CollectionId }>(insert, [projectId, name, kind, type, description])
  return row!.id
}

export async function updateCollectionTexts(
  tx: Tx,
  id: CollectionId,
  { name, description }: { readonly name: string; readonly description: string | null },
): Promise<void> {
  await tx.query(update, [id, name, description])
}

export async function archiveCollection(tx: Tx, id: CollectionId): Promise<void> {
  await tx.query(archive, [id])
}

/** Answers false when it had the tag already. */
export async function insertCollectionTag(tx: Tx, id: CollectionId, tag: string): Promise<boolean> {
  return (await tx.query(insertTag, [id, tag])).length > 0
}

/** Answers false when it had no such tag. */
export async function deleteCollectionTag(tx: Tx, id: CollectionId, tag: string): Promise<boolean> {
  return (await tx.query(deleteTag, [id, tag])).length > 0
}

/** Numbers for `count` events of a locked collection, in their order: answers the first. */
export async function takeEventNumbers(tx: Tx, id: CollectionId, count: number): Promise<number> {
  const [row] = await tx.query<{ last: number }>(takeNumbers, [id, count])
  return row!.last - count + 1
}

const columns = `c.id, c.name, c.kind, t.name as type, c.description, c.created_at as "createdAt", c.updated_at as "updatedAt",
  array(select g.tag from collection_tags g where g.collection_id = c.id order by g.tag) as tags`

const selectOne = {
  name: 'select_stored_collection',
  text: `select ${columns} from collections c join artifact_types t on t.id = c.type_id where c.id = $1 and c.archived_at is null`,
}

const selectPage = {
  name: 'select_collection_page',
  text: `select ${columns} from collections c join artifact_types t on t.id = c.type_id
    where c.project_id = $1 and c.archived_at is null and ($2::text is null or c.name = $2) and ($3::text is null or t.name = $3)
      and ($4::text is null or exists (select 1 from collection_tags g where g.collection_id = c.id and g.tag = $4))
      and ($5::bigint is null or c.id < $5) order by c.id desc limit $6`,
}

const selectVisible = {
  name: 'select_visible_collections',
  text: `select ${columns}, c.project_id as "projectId" from collections c join artifact_types t on t.id = c.type_id
      join projects p on p.id = c.project_id join entities e on e.id = p.entity_id
    where c.archived_at is null and p.archived_at is null and ($4::text is null or strpos(lower(c.name), lower($4)) > 0)
      and ($5::bigint is null or c.id < $5) and ${isVisible} order by c.id desc limit $6`,
}

const lock = {
  name: 'lock_collections',
  text: 'select id from collections where id = any($1::bigint[]) and archived_at is null order by id for no key update',
}

const insertType = {
  name: 'insert_artifact_type',
  text: 'insert into artifact_types(project_id, name) values ($1, $2) on conflict (project_id, name) do nothing',
}

const insert = {
  name: 'insert_collection',
  text: `insert into collections(project_id, name, kind, type_id, description)
    select $1, $2, $3, t.id, $5 from artifact_types t where t.project_id = $1 and t.name = $4 returning id`,
}

const update = {
  name: 'update_collection',
  text: 'update collections set name = $2, description = $3, updated_at = now() where id = $1',
}

const archive = {
  name: 'archive_collection',
  text: 'update collections set archived_at = now(), updated_at = now() where id = $1',
}

const insertTag = {
  name: 'insert_collection_tag',
  text: 'insert into collection_tags(collection_id, tag) values ($1, $2) on conflict do nothing returning 1',
}

const deleteTag = {
  name: 'delete_collection_tag',
  text: 'delete from collection_tags where collection_id = $1 and tag = $2 returning 1',
}

const takeNumbers = {
  name: 'take_event_numbers',
  text: 'update collections set event_seq = event_seq + $2, updated_at = now() where id = $1 returning event_seq as last',
}
