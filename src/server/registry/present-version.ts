import type { Collection as CollectionShape, Version, VersionDetails } from '../../contract/registry.ts'
import { spellId } from '../base/ids.ts'
import { fullNameOf, type Collection, type Project } from '../places/place.ts'
import type { StoredCollection } from './collection-store.ts'
import type { FoundVersion } from './find-version.ts'
import type { Membership } from './membership-store.ts'
import { nameOfVersion } from './version-facts.ts'
import type { StoredArtifact } from './version-store.ts'

export function presentCollection(collection: StoredCollection, project: Project): CollectionShape {
  const { id, name, kind, type, description, tags, createdAt, updatedAt } = collection
  return {
    id: spellId('collection', id),
    name,
    full_name: fullNameOf({ name, project }),
    project: spellId('project', project.id),
    kind,
    type,
    description,
    tags: [...tags],
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  }
}

/** A version as it stands in one collection. */
export function presentVersion(artifact: StoredArtifact, membership: Membership): Version {
  return {
    ...presentArtifact(artifact),
    collection: spellId('collection', membership.collectionId),
    full_name: nameOfVersion(membership),
    version: `v${membership.index}`,
    index: membership.index,
    type: membership.type,
    aliases: [...membership.aliases],
  }
}

/** A version that has no number yet: it stands nowhere, and is named by the collection it is made in. */
export function presentPending(artifact: StoredArtifact, source: Collection): Version {
  return {
    ...presentArtifact(artifact),
    collection: spellId('collection', source.id),
    full_name: fullNameOf(source),
    version: null,
    index: null,
    type: source.type,
    aliases: [],
  }
}

export function presentFound({ artifact, source, places, at }: FoundVersion): VersionDetails {
  return {
    ...(at === undefined ? presentPending(artifact, source) : presentVersion(artifact, at)),
    memberships: places.map(({ membership }) => ({
      collection: spellId('collection', membership.collectionId),
      full_name: nameOfVersion(membership),
      source: membership.isSource,
      aliases: [...membership.aliases],
    })),
  }
}

function presentArtifact(artifact: StoredArtifact) {
  const { id, state, tags, description, metadata, digest, sourceRun, sizeBytes, fileCount, author, createdAt } =
    artifact
  return {
    id: spellId('artifact', id),
    state,
    tags: [...tags],
    description,
    metadata: JSON.parse(metadata) as Record<string, unknown>,
    digest,
    source_run: sourceRun,
    size_bytes: sizeBytes,
    file_count: fileCount,
    author,
    created_at: createdAt.toISOString(),
  }
}
