import { isDeepStrictEqual } from 'node:util'
import type { VersionChange, VersionDetails } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { changeVersion, placesOf, showVersion } from './change-version.ts'
import type { Happening, RegistryParts } from './record-happenings.ts'
import { versionFacts } from './version-facts.ts'
import { updateArtifact } from './version-store.ts'

/** Another description or other metadata: each is an event of its own. Takes the role member where it was made. */
export async function updateVersion(
  parts: RegistryParts,
  context: Context,
  ref: string,
  input: VersionChange,
): Promise<VersionDetails> {
  await changeVersion(parts, context, {
    ref,
    toDo: 'Changing a version',
    action: 'version.update',
    async change(tx, { artifact, memberships }) {
      const description = input.description === undefined ? artifact.description : input.description
      const isSameMetadata =
        input.metadata === undefined || isDeepStrictEqual(JSON.parse(artifact.metadata), input.metadata)
      const metadata = isSameMetadata ? artifact.metadata : JSON.stringify(input.metadata)
      const changed: Happening['type'][] = [
        ...(isSameMetadata ? [] : ['UPDATE_ARTIFACT_METADATA' as const]),
        ...(description === artifact.description ? [] : ['UPDATE_ARTIFACT_DESCRIPTION' as const]),
      ]
      if (changed.length === 0) return undefined
      await updateArtifact(tx, artifact.id, { description, metadata })
      const facts = versionFacts({ ...artifact, description, metadata })
      const places = placesOf(memberships)
      return {
        happenings: changed.map((type) => ({ type, places, facts })),
        details: {
          changed: [
            ...(isSameMetadata ? [] : ['metadata']),
            ...(description === artifact.description ? [] : ['description']),
          ],
        },
      }
    },
  })
  return showVersion(context, ref)
}
