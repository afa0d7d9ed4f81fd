import type { Tx } from '../database/database.ts'
import {
  deleteMemberships,
  putAlias,
  selectMembership,
  selectNewestMembership,
  type Membership,
} from './membership-store.ts'
import { placeOfVersion, type Happening } from './record-happenings.ts'
import { nameOfVersion, versionFacts } from './version-facts.ts'
import { selectArtifact, type StoredArtifact } from './version-store.ts'

/** The alias that the server keeps on the newest version of a collection. */
export const latest = 'latest'

/**
 * Puts aliases on a version of a locked collection, or moves them there; one that it has already is left alone. Answers an
 * event for each that came, which names the version that had it before.
 */
export async function placeAliases(
  tx: Tx,
  artifact: StoredArtifact,
  membership: Membership,
  aliases: readonly string[],
): Promise<{ readonly membership: Membership; readonly happenings: readonly Happening[] }> {
  const { collectionId } = membership
  // They are sent together, and done one after the other.
  const placing = aliases.map((alias) =>
    Promise.all([selectMembership(tx, collectionId, { alias }), putAlias(tx, membership, alias)]),
  )
  const reading = selectMembership(tx, collectionId, { artifactId: membership.artifactId })
  const [placed, after] = await Promise.all([Promise.all(placing), reading])
  const moved = placed.flatMap(([previous, isNew], index) => (isNew ? [{ alias: aliases[index]!, previous }] : []))
  if (moved.length === 0 || after === undefined) return { membership, happenings: [] }
  const happenings = moved.map(({ alias, previous }): Happening => {
    const before = previous === undefined ? {} : { previous_version: nameOfVersion(previous) }
    return {
      type: 'ADD_ARTIFACT_ALIAS',
      places: [placeOfVersion(after)],
      facts: { ...versionFacts(artifact), alias, ...before },
    }
  })
  return { membership: after, happenings }
}

/** Takes versions out of a locked collection, and puts `latest` on the newest that is left. Answers the event of that. */
export async function removeMemberships(tx: Tx, removed: readonly Membership[]): Promise<readonly Happening[]> {
  await deleteMemberships(
    tx,
    removed.map(({ id }) => id),
  )
  const happenings: Happening[] = []
  for (const membership of removed.filter(({ aliases }) => aliases.includes(latest))) {
    const newest = await selectNewestMembership(tx, membership.collectionId)
    const artifact = newest === undefined ? undefined : await selectArtifact(tx, newest.artifactId)
    if (newest === undefined || artifact === undefined || !(await putAlias(tx, newest, latest))) continue
    const after = (await selectMembership(tx, newest.collectionId, { alias: latest }))!
    happenings.push({
      type: 'ADD_ARTIFACT_ALIAS',
      places: [placeOfVersion(after)],
      facts: { ...versionFacts(artifact), alias: latest, previous_version: nameOfVersion(membership) },
    })
  }
  return happenings
}
