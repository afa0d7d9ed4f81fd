import { Problem } from '../../contract/problem.ts'
import type { AliasChange, Version } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { changeCollection } from './change-collection.ts'
import { getMembership } from './find-version.ts'
import { deleteAlias, selectMembership } from './membership-store.ts'
import { placeAliases } from './place-aliases.ts'
import { presentVersion } from './present-version.ts'
import { requireUnprotected } from './protected-aliases.ts'
import { placeOfVersion, type RegistryParts } from './record-happenings.ts'
import { nameOfVersion, versionFacts } from './version-facts.ts'
import { selectArtifact } from './version-store.ts'

/**
 * Puts aliases on a version of a collection; one that another version had moves, which is one event. Takes the role
 * member, and admin for a protected alias.
 */
export async function addAliases(
  parts: RegistryParts,
  context: Context,
  ref: string,
  { version: versionRef, aliases }: AliasChange,
): Promise<Version> {
  let answer: Version | undefined
  await changeCollection(parts, context, {
    ref,
    least: 'member',
    toDo: 'Adding an alias',
    action: 'collection.add_aliases',
    async change(tx, collection) {
      requireUnprotected(context, collection.project, aliases, 'Adding an alias')
      const before = await getMembership(tx, collection, versionRef)
      const artifact = (await selectArtifact(tx, before.artifactId))!
      const { membership, happenings } = await placeAliases(tx, artifact, before, aliases)
      answer = presentVersion(artifact, membership)
      if (happenings.length === 0) return undefined
      return {
        happenings,
        details: { version: nameOfVersion(membership), aliases: happenings.map(({ facts }) => facts['alias']) },
      }
    },
  })
  return answer!
}

/** Takes the role member, and admin for a protected alias. */
export async function removeAlias(parts: RegistryParts, context: Context, ref: string, alias: string): Promise<void> {
  await changeCollection(parts, context, {
    ref,
    least: 'member',
    toDo: 'Removing an alias',
    action: 'collection.remove_alias',
    async change(tx, collection) {
      const membership = await selectMembership(tx, collection.id, { alias })
      if (membership === undefined) throw new Problem('not-found', `${collection.name} has no alias “${alias}”.`)
      requireUnprotected(context, collection.project, [alias], 'Removing an alias')
      await deleteAlias(tx, collection.id, alias)
      const artifact = (await selectArtifact(tx, membership.artifactId))!
      const after = { ...membership, aliases: membership.aliases.filter((other) => other !== alias) }
      return {
        happenings: [
          {
            type: 'REMOVE_ARTIFACT_ALIAS',
            places: [placeOfVersion(after)],
            facts: { ...versionFacts(artifact), alias },
          },
        ],
        details: { version: nameOfVersion(membership), alias },
      }
    },
  })
}
