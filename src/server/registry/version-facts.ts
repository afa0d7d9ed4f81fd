import { spellVersion } from '../automations/read-event.ts'
import { placeOfVersion } from './record-happenings.ts'
import type { Membership } from './membership-store.ts'
import type { StoredArtifact } from './version-store.ts'

/** What every event about a version tells of it, as it is after the change. */
export function versionFacts({ metadata, tags, description }: StoredArtifact): Record<string, unknown> {
  return {
    metadata: JSON.parse(metadata) as unknown,
    tags,
    ...(description === null ? {} : { description }),
  }
}

/** `entity/project/collection:v3` */
export function nameOfVersion(membership: Membership): string {
  return spellVersion(placeOfVersion(membership), `v${membership.index}`)!
}
