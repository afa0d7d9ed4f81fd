import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { changeVersion, placesOf } from './change-version.ts'
import type { Membership } from './membership-store.ts'
import { latest, removeMemberships } from './place-aliases.ts'
import { requireRemovable } from './protected-aliases.ts'
import type { RegistryParts } from './record-happenings.ts'
import { nameOfVersion, versionFacts } from './version-facts.ts'
import { markDeleted } from './version-store.ts'

const hidden =
  'The version is linked in a registry that you do not see: deleting it is for somebody who sees every place of it.'

/**
 * Takes a version out of every collection; its number is not given again. Refused while it is linked or has aliases, with
 * their list, unless `force` says that this is meant. Takes the role member where it was made, and admin in a registry
 * where an alias of it is protected.
 */
export async function deleteVersion(
  parts: RegistryParts,
  context: Context,
  ref: string,
  { force }: { force: boolean },
): Promise<void> {
  const toDo = 'Deleting a version'
  await changeVersion(parts, context, {
    ref,
    toDo,
    action: 'version.delete',
    async change(tx, { artifact, memberships }) {
      await requireRemovable(tx, context, memberships, { toDo, hidden })
      if (!force) refuseUsed(memberships)
      const moved = await removeMemberships(tx, memberships)
      await markDeleted(tx, [artifact.id])
      const gone = { type: 'DELETE_ARTIFACT', places: placesOf(memberships), facts: versionFacts(artifact) } as const
      return { happenings: [gone, ...moved], details: { versions: memberships.map(nameOfVersion) } }
    },
  })
}

function refuseUsed(memberships: readonly Membership[]): void {
  const uses = memberships.flatMap((membership) => [
    ...(membership.isSource ? [] : [{ detail: `It is linked as ${nameOfVersion(membership)}.` }]),
    ...membership.aliases
      .filter((alias) => alias !== latest)
      .map((alias) => ({ detail: `It has the alias “${alias}” in ${membership.project}/${membership.collection}.` })),
  ])
  if (uses.length > 0)
    throw new Problem(
      'in-use',
      'The version is in use. Deleting it takes it out of every collection, with its aliases; repeat with ?force=true to do it all the same.',
      uses,
    )
}
