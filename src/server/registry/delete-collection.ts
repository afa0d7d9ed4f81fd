import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { archiveScope } from '../automations/archive-scope.ts'
import { lockAutomationsOf, type NamedAutomation } from '../automations/automation-store.ts'
import { spellId, type CollectionId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Tx } from '../database/database.ts'
import type { Collection } from '../places/place.ts'
import { changeCollection } from './change-collection.ts'
import { archiveCollection, lockCollections } from './collection-store.ts'
import {
  selectAliases,
  selectForeignMemberships,
  selectMembership,
  selectOwnArtifactIds,
  type Membership,
} from './membership-store.ts'
import { latest, removeMemberships } from './place-aliases.ts'
import { requireRemovable, requireUnprotected } from './protected-aliases.ts'
import { placeOfCollection, placeOfVersion, type Happening, type RegistryParts } from './record-happenings.ts'
import { nameOfVersion, versionFacts } from './version-facts.ts'
import { markDeleted, selectArtifacts } from './version-store.ts'

const hidden =
  'Versions of it are linked in a registry that you do not see: deleting it is for somebody who sees every link.'

/**
 * Deletes a collection with its automations; of a project, with its versions too. Refused while it has automations or
 * aliases, or its versions are linked elsewhere, with their list, unless `force` says that this is meant: then each link taken
 * away is an event. Its history stays, its name is free. Takes the role member, and admin where a protected alias goes with it.
 */
export async function deleteCollection(
  parts: RegistryParts,
  context: Context,
  ref: string,
  { force }: { force: boolean },
): Promise<void> {
  const toDo = 'Deleting a collection'
  await changeCollection(parts, context, {
    ref,
    least: 'member',
    toDo,
    action: 'collection.delete',
    alsoLock: async (tx, { id }) => collectionsOf(await selectLinks(tx, id)),
    async change(tx, collection) {
      const scope = { type: 'collection', id: collection.id } as const
      await refuseProtected(tx, context, collection, toDo)
      const links = await lockLinks(tx, collection.id)
      await requireRemovable(tx, context, links, { toDo, hidden })
      const automations = await lockAutomationsOf(tx, scope)
      if (!force)
        refuseUsed([...automations.map(tellAutomation), ...(await tellAliases(tx, collection)), ...links.map(tellLink)])
      refuseTooManyLinks(links)
      const unlinked = await unlinkAll(tx, links)
      await markDeleted(tx, await selectOwnArtifactIds(tx, collection.id))
      await archiveCollection(tx, collection.id)
      const gone = { type: 'DELETE_COLLECTION', places: [placeOfCollection(collection)], facts: {} } as const
      return {
        happenings: [...unlinked, gone],
        details: { links: links.length, automations: automations.length },
        afterwards: () => archiveScope(tx, scope),
      }
    },
  })
}

/** The links as they are once their collections are locked; one that came before the lock of ours is locked late. */
async function lockLinks(tx: Tx, id: CollectionId): Promise<readonly Membership[]> {
  const locked = new Set<CollectionId>()
  for (;;) {
    const links = await selectLinks(tx, id)
    const late = collectionsOf(links).filter((one) => !locked.has(one))
    if (late.length === 0) return links
    await lockCollections(tx, late)
    for (const one of late) locked.add(one)
  }
}

/** One more than may be removed tells that there are too many. */
function selectLinks(tx: Tx, id: CollectionId): Promise<readonly Membership[]> {
  return selectForeignMemberships(tx, id, limits.linksRemovedMax + 1)
}

function collectionsOf(links: readonly Membership[]): readonly CollectionId[] {
  return [...new Set(links.map(({ collectionId }) => collectionId))]
}

async function refuseProtected(tx: Tx, context: Context, collection: Collection, toDo: string): Promise<void> {
  for (const alias of collection.project.protectedAliases)
    if ((await selectMembership(tx, collection.id, { alias })) !== undefined)
      requireUnprotected(context, collection.project, [alias], toDo)
}

function refuseUsed(uses: readonly string[]): void {
  if (uses.length === 0) return
  throw new Problem(
    'in-use',
    'The collection is in use. Deleting it takes this away with it; repeat with ?force=true to do it all the same.',
    uses.slice(0, limits.mistakesMax).map((detail) => ({ detail })),
  )
}

function tellAutomation({ id, name }: NamedAutomation): string {
  return `The automation “${name}” (${spellId('automation', id)}) stands on it.`
}

/** But for the alias that the server puts on the newest version by itself. */
async function tellAliases(tx: Tx, { id, project }: Collection): Promise<readonly string[]> {
  const first = project.protectedAliases
  const aliases = await selectAliases(tx, id, { except: latest, first, limit: limits.mistakesMax })
  return aliases.map(
    ({ alias, index }) =>
      `${first.includes(alias) ? 'The protected alias' : 'The alias'} “${alias}” is on its version v${index}.`,
  )
}

function tellLink(link: Membership): string {
  return `A version of it is linked as ${nameOfVersion(link)}.`
}

function refuseTooManyLinks(links: readonly Membership[]): void {
  if (links.length <= limits.linksRemovedMax) return
  throw new Problem(
    'in-use',
    `Versions of it are linked more than ${limits.linksRemovedMax} times: unlink some of them first.`,
    links.slice(0, limits.mistakesMax).map((link) => ({ detail: tellLink(link) })),
  )
}

async function unlinkAll(tx: Tx, links: readonly Membership[]): Promise<readonly Happening[]> {
  if (links.length === 0) return []
  const artifacts = await selectArtifacts(tx, [...new Set(links.map(({ artifactId }) => artifactId))])
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]))
  const moved = await removeMemberships(tx, links)
  const unlinked = links.map((link): Happening => ({
    type: 'UNLINK_ARTIFACT',
    places: [placeOfVersion(link)],
    facts: versionFacts(byId.get(link.artifactId)!),
  }))
  return [...unlinked, ...moved]
}
