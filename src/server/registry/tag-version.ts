import { Problem } from '../../contract/problem.ts'
import type { VersionDetails } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { changeVersion, placesOf, showVersion } from './change-version.ts'
import type { RegistryParts } from './record-happenings.ts'
import { versionFacts } from './version-facts.ts'
import { deleteArtifactTag, insertArtifactTags } from './version-store.ts'

/** Puts tags on a version, wherever it is linked; those it has are left alone. Takes the role member where it was made. */
export async function addVersionTags(
  parts: RegistryParts,
  context: Context,
  ref: string,
  tags: readonly string[],
): Promise<VersionDetails> {
  await changeVersion(parts, context, {
    ref,
    toDo: 'Tagging a version',
    action: 'version.add_tags',
    async change(tx, { artifact, memberships }) {
      const added = await insertArtifactTags(tx, artifact.id, tags)
      if (added.length === 0) return undefined
      const facts = versionFacts({ ...artifact, tags: [...artifact.tags, ...added].toSorted() })
      const places = placesOf(memberships)
      return {
        happenings: added.map((tag) => ({ type: 'ADD_ARTIFACT_TAG', places, facts: { ...facts, tag } })),
        details: { tags: added },
      }
    },
  })
  return showVersion(context, ref)
}

/** Takes the role member where the version was made. */
export async function removeVersionTag(
  parts: RegistryParts,
  context: Context,
  ref: string,
  tag: string,
): Promise<VersionDetails> {
  await changeVersion(parts, context, {
    ref,
    toDo: 'Removing a tag',
    action: 'version.remove_tag',
    async change(tx, { artifact, memberships }) {
      if (!(await deleteArtifactTag(tx, artifact.id, tag)))
        throw new Problem('not-found', `The version has no tag “${tag}”.`)
      const facts = versionFacts({ ...artifact, tags: artifact.tags.filter((other) => other !== tag) })
      return {
        happenings: [{ type: 'REMOVE_ARTIFACT_TAG', places: placesOf(memberships), facts: { ...facts, tag } }],
        details: { tag },
      }
    },
  })
  return showVersion(context, ref)
}
