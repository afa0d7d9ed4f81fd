import type { ArtifactId, CollectionId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'

/** A version's content: the same wherever it is linked. */
export interface StoredArtifact {
  readonly id: ArtifactId
  /** The collection it was made in. */
  readonly sequenceId: CollectionId
  readonly state: 'pending' | 'committed'
  readonly digest: string
  readonly description: string | null
  /** JSON text, as it was sent. */
  readonly metadata: string
  readonly tags: readonly string[]
  readonly sourceRun: string | null
  readonly sizeBytes: number | null
  readonly fileCount: number | null
  /** Name of who made it; null for Signalbox itself. */
  readonly author: string | null
  readonly createdAt: Date
}

/** Undefined when there is none, or it was deleted. */
export async function selectArtifact(db: Queryable, id: ArtifactId): Promise<StoredArtifact | undefined> {
  const [row] = await db.query<StoredArtifact>(selectOne, [id])
  return row
}

export async function selectArtifacts(db: Queryable, ids: readonly ArtifactId[]): Promise<StoredArtifact[]> {
  return db.query<StoredArtifact>(selectMany, [ids])
}

/** The newest version of a sequence, when it has this digest. */
export async function selectNewestWithDigest(
  tx: Tx,
  sequenceId: CollectionId,
  digest: string,
): Promise<ArtifactId | undefined> {
  const [row] = await tx.query<{ id: ArtifactId }>(selectByDigest, [sequenceId, digest])
  return row?.id
}

export interface NewArtifact {
  readonly sequenceId: CollectionId
  readonly digest: string
  readonly description: string | null
  /** JSON text. */
  readonly metadata: string
  readonly sourceRun: string | null
  readonly sizeBytes: number | null
  readonly fileCount: number | null
  /** To be put on it when it is committed. */
  readonly aliases: readonly string[]
  readonly createdBy: PersonId | null
}

/** Pending: nobody sees it in a collection before it is committed. */
export async function insertArtifact(tx: Tx, artifact: NewArtifact): Promise<ArtifactId> {
  const { sequenceId, digest, description, metadata, sourceRun, sizeBytes, fileCount, aliases, createdBy } = artifact
  const values = [sequenceId, digest, description, metadata, sourceRun, sizeBytes, fileCount, aliases, createdBy]
  const [row] = await tx.query<{ id: ArtifactId }>(insert, values)
  return row!.id
}

/** Answers the aliases it was to get; undefined when it was committed before. */
export async function markCommitted(tx: Tx, id: ArtifactId): Promise<readonly string[] | undefined> {
  const [row] = await tx.query<{ aliases: string[] }>(commit, [id])
  return row?.aliases
}

export async function markDeleted(tx: Tx, ids: readonly ArtifactId[]): Promise<void> {
  await tx.query(markGone, [ids])
}

export async function updateArtifact(
  tx: Tx,
  id: ArtifactId,
  { description, metadata }: { readonly description: string | null; readonly metadata: string },
): Promise<void> {
  await tx.query(update, [id, description, metadata])
}

/** Answers the tags that are new. */
export async function insertArtifactTags(tx: Tx, id: ArtifactId, tags: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ tag: string }>(insertTags, [id, tags])
  return rows.map(({ tag }) => tag)
}

/** Answers false when it had no such tag. */
export async function deleteArtifactTag(tx: Tx, id: ArtifactId, tag: string): Promise<boolean> {
  return (await tx.query(deleteTag, [id, tag])).length > 0
}

const columns = `a.id, a.sequence_id as "sequenceId", a.state, a.digest, a.description, a.metadata_text as metadata, a.source_run as "sourceRun",
  a.size_bytes as "sizeBytes", a.file_count as "fileCount", e.name as author, a.created_at as "createdAt",
  array(select g.tag from artifact_tags g where g.artifact_id = a.id order by g.tag) as tags`

const from = `artifacts a left join people h on h.id = a.created_by left join entities e on e.id = h.entity_id`

const selectOne = {
  name: 'select_artifact',
  text: `select ${columns} from ${from} where a.id = $1 and a.state <> 'deleted'`,
}

const selectMany = {
  name: 'select_artifacts',
  text: `select ${columns} from ${from} where a.id = any($1::bigint[]) and a.state <> 'deleted'`,
}

const selectByDigest = {
  name: 'select_newest_with_digest',
  text: `select a.id from (
      select m.artifact_id from memberships m where m.collection_id = $1 order by m.version_index desc limit 1) newest
    join artifacts a on a.id = newest.artifact_id where a.digest = $2`,
}

const insert = {
  name: 'insert_artifact',
  text: `insert into artifacts(sequence_id, state, digest, description, metadata_text, metadata, source_run, size_bytes, file_count, pending_aliases, created_by)
    values ($1, 'pending', $2, $3, $4::text, $4::text::jsonb, $5, $6, $7, $8, $9) returning id`,
}

const commit = {
  name: 'commit_artifact',
  text: `update artifacts set state = 'committed', committed_at = now() where id = $1 and state = 'pending' returning pending_aliases as aliases`,
}

const markGone = {
  name: 'mark_artifacts_deleted',
  text: `update artifacts set state = 'deleted' where id = any($1::bigint[])`,
}

const update = {
  name: 'update_artifact',
  text: 'update artifacts set description = $2, metadata_text = $3::text, metadata = $3::text::jsonb where id = $1',
}

const insertTags = {
  name: 'insert_artifact_tags',
  text: `insert into artifact_tags(artifact_id, tag) select $1, tag from unnest($2::text[]) as t(tag) on conflict do nothing returning tag`,
}

const deleteTag = {
  name: 'delete_artifact_tag',
  text: 'delete from artifact_tags where artifact_id = $1 and tag = $2 returning 1',
}
