import { Problem } from '../../contract/problem.ts'
import type { CreatedVersion, NewVersion } from '../../contract/registry.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { makeUuid, type ArtifactId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { getCollection, requireProjectRole } from '../places/find-place.ts'
import { fullNameOf, type Collection } from '../places/place.ts'
import { lockCollections } from './collection-store.ts'
import { findVersion } from './find-version.ts'
import { insertMembership, selectMembership } from './membership-store.ts'
import { latest, placeAliases } from './place-aliases.ts'
import { presentPending, presentVersion } from './present-version.ts'
import { placeOfVersion, recordHappenings, type Happening, type RegistryParts } from './record-happenings.ts'
import { versionFacts } from './version-facts.ts'
import {
  insertArtifact,
  insertArtifactTags,
  markCommitted,
  selectArtifact,
  selectNewestWithDigest,
  type StoredArtifact,
} from './version-store.ts'

/**
 * Makes a version in a collection of a project and, unless `commit` is false, gives it its number and `latest`. When the
 * newest version has the same digest it is answered instead, with the aliases and tags it lacks. Takes the role member.
 * Its events are its record: there is no audit row.
 */
export async function createVersion(
  parts: RegistryParts,
  context: Context,
  ref: string,
  input: NewVersion,
): Promise<CreatedVersion> {
  const collection = await getCollection(context, ref, 'member', 'Adding a version')
  if (collection.kind === 'portfolio')
    throw new Problem('request-invalid', `${fullNameOf(collection)} holds links: link a version to it.`, [
      { pointer: '#/path/id', detail: 'Versions are made in a collection of a project.' },
    ])
  return context.db.tx(async (tx) => {
    await requireLock(tx, collection, ref)
    const known = input.digest === undefined ? undefined : await selectNewestWithDigest(tx, collection.id, input.digest)
    if (known !== undefined) return complete(parts, context, tx, { collection, id: known, input })
    const id = await beginArtifact(tx, context, collection, input)
    if (!input.commit) return { ...presentPending((await selectArtifact(tx, id))!, collection), created: true }
    return commitArtifact(parts, context, tx, { collection, id })
  })
}

/** Gives a pending version its number, `latest` and the aliases it was to get. A second call answers the same. */
export async function commitVersion(parts: RegistryParts, context: Context, ref: string): Promise<CreatedVersion> {
  const { artifact, source } = await findVersion(context, ref)
  requireProjectRole(context, source.project, 'member', {
    noun: 'version',
    name: ref,
    toDo: 'Committing a version',
  })
  return context.db.tx(async (tx) => {
    await requireLock(tx, source, ref)
    return commitArtifact(parts, context, tx, { collection: source, id: artifact.id })
  })
}

async function beginArtifact(tx: Tx, context: Context, collection: Collection, input: NewVersion): Promise<ArtifactId> {
  const id = await insertArtifact(tx, {
    sequenceId: collection.id,
    digest: input.digest ?? `unknown:${makeUuid(context.clock.now())}`,
    description: input.description,
    metadata: JSON.stringify(input.metadata),
    sourceRun: input.source_run ?? null,
    sizeBytes: input.size_bytes ?? null,
    fileCount: input.file_count ?? null,
    aliases: input.aliases,
    createdBy: actorIdOf(context.actor),
  })
  if (input.tags.length > 0) await insertArtifactTags(tx, id, input.tags)
  return id
}

interface Begun {
  readonly collection: Collection
  readonly id: ArtifactId
}

async function commitArtifact(
  parts: RegistryParts,
  context: Context,
  tx: Tx,
  { collection, id }: Begun,
): Promise<CreatedVersion> {
  const aliases = await markCommitted(tx, id)
  const artifact = await selectArtifact(tx, id)
  if (artifact === undefined) throw notFound('version', `art_${id}`)
  if (aliases !== undefined) await insertMembership(tx, collection.id, id)
  const placed = (await selectMembership(tx, collection.id, { artifactId: id }))!
  if (aliases === undefined) return { ...presentVersion(artifact, placed), created: false }
  const { membership, happenings } = await placeAliases(tx, artifact, placed, [...new Set([latest, ...aliases])])
  const places = [placeOfVersion(membership)] as const
  const facts = versionFacts(artifact)
  await recordHappenings(parts, context, tx, [
    { type: 'CREATE_ARTIFACT', places, facts },
    ...happenings,
    ...artifact.tags.map((tag): Happening => ({ type: 'ADD_ARTIFACT_TAG', places, facts: { ...facts, tag } })),
  ])
  return { ...presentVersion(artifact, membership), created: true }
}

/** The newest version has the content already: it gets what it lacks of the rest. */
async function complete(
  parts: RegistryParts,
  context: Context,
  tx: Tx,
  { collection, id, input }: Begun & { readonly input: NewVersion },
): Promise<CreatedVersion> {
  const before = (await selectMembership(tx, collection.id, { artifactId: id }))!
  const added = input.tags.length === 0 ? [] : await insertArtifactTags(tx, id, input.tags)
  const artifact: StoredArtifact = (await selectArtifact(tx, id))!
  const { membership, happenings } = await placeAliases(tx, artifact, before, input.aliases)
  const places = [placeOfVersion(membership)] as const
  const facts = versionFacts(artifact)
  await recordHappenings(parts, context, tx, [
    ...happenings,
    ...added.map((tag): Happening => ({ type: 'ADD_ARTIFACT_TAG', places, facts: { ...facts, tag } })),
  ])
  return { ...presentVersion(artifact, membership), created: false }
}

async function requireLock(tx: Tx, { id }: Collection, ref: string): Promise<void> {
  const [locked] = await lockCollections(tx, [id])
  if (locked === undefined) throw notFound('collection', ref)
}
