import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { atLeast, notFound, type RegistryRole } from '../access/roles.ts'
import { parseId, spellId, type ArtifactId, type CollectionId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import { selectCollections } from '../places/collection-store.ts'
import { getCollection, projectRole } from '../places/find-place.ts'
import { fullNameOf, type Collection, type Project } from '../places/place.ts'
import { selectProjects } from '../places/place-store.ts'
import { lockCollections } from './collection-store.ts'
import { selectMembership, selectMemberships, type Membership, type MembershipRef } from './membership-store.ts'
import { selectArtifact, type StoredArtifact } from './version-store.ts'

export interface FoundVersion {
  readonly artifact: StoredArtifact
  /** The collection it was made in. */
  readonly source: Collection
  /** Where it is, as far as the actor may see it: its source first, then by id. None while it is pending. */
  readonly places: readonly VisiblePlace[]
  /** The place it was named by; undefined while it is pending. */
  readonly at: Membership | undefined
  /** The highest role that the actor has in a place of it. */
  readonly role: RegistryRole
}

export interface VisiblePlace {
  readonly membership: Membership
  readonly project: Project
  readonly role: RegistryRole
}

/** By id (`art_42`) or by name (`entity/project/collection:v3`, or an alias). Whoever sees a place of it sees it. */
export async function findVersion(context: Context, ref: string): Promise<FoundVersion> {
  const id = parseId('artifact', ref)
  const named = id === undefined ? await findByName(context, ref) : undefined
  const artifact = await selectArtifact(context.db, id ?? named?.artifactId ?? 0)
  const source = artifact === undefined ? undefined : await findSource(context.db, artifact.sequenceId)
  if (artifact === undefined || source === undefined) throw notFound('version', ref)
  const places = await seePlaces(context, await selectMemberships(context.db, artifact.id))
  const inSource = projectRole(context, source.project)
  const roles = [...places.map(({ role }) => role), ...(inSource === undefined ? [] : [inSource])]
  const [first, ...others] = roles
  if (first === undefined) throw notFound('version', ref)
  const role = others.reduce((best, other) => (atLeast(other, best) ? other : best), first)
  const at = places.find(({ membership }) => membership.collectionId === named?.collectionId) ?? places[0]
  return { artifact, source, places, at: at?.membership, role }
}

/**
 * The same, for members of the project that it was made in: what it says is said in every place of it, and anybody who sees
 * it may link it to a registry of theirs. Who sees it by a link is not told where it was made.
 */
export async function getOwnVersion(context: Context, ref: string, toDo: string): Promise<FoundVersion> {
  const found = await findVersion(context, ref)
  const role = projectRole(context, found.source.project)
  if (role === undefined || !atLeast(role, 'member'))
    throw new Problem(
      'not-allowed',
      `${toDo} takes the role member in the project that it was made in; yours is ${role ?? 'none'}.`,
    )
  return found
}

/** `v3`, an alias, or `art_42`, of one collection. */
export function membershipRef(text: string): MembershipRef {
  const artifactId = parseId('artifact', text)
  if (artifactId !== undefined) return { artifactId }
  const [, number] = /^v(\d{1,9})$/.exec(text) ?? []
  return number === undefined ? { alias: text } : { index: Number(number) }
}

/**
 * Locks a version: the collections of all its places, and these besides. Answers it as it is then, or undefined when it
 * was deleted meanwhile.
 */
export async function lockVersion(
  tx: Tx,
  id: ArtifactId,
  ...besides: readonly CollectionId[]
): Promise<{ readonly artifact: StoredArtifact; readonly memberships: readonly Membership[] } | undefined> {
  const before = await selectArtifact(tx, id)
  if (before === undefined) return undefined
  const places = await selectMemberships(tx, id)
  // Who links it to another collection locks its source too, so no place is added once that is locked.
  await lockCollections(tx, [before.sequenceId, ...places.map(({ collectionId }) => collectionId), ...besides])
  const artifact = await selectArtifact(tx, id)
  if (artifact === undefined) return undefined
  const memberships = await selectMemberships(tx, id)
  const late = memberships.filter((now) => !places.some((then) => then.id === now.id))
  if (late.length === 0) return { artifact, memberships }
  await lockCollections(
    tx,
    late.map(({ collectionId }) => collectionId),
  )
  return { artifact, memberships: await selectMemberships(tx, id) }
}

async function findByName(context: Context, ref: string): Promise<Membership> {
  const colon = ref.lastIndexOf(':')
  if (colon === -1) throw notFound('version', ref)
  const collection = await getCollection(context, ref.slice(0, colon), 'restricted_viewer', 'Reading a version')
  const membership = await selectMembership(context.db, collection.id, membershipRef(ref.slice(colon + 1)))
  if (membership === undefined) throw notFound('version', ref)
  return membership
}

async function findSource(db: Queryable, id: CollectionId): Promise<Collection | undefined> {
  const [found] = await selectCollections(db, { id })
  const [project] = found === undefined ? [] : await selectProjects(db, { id: found.projectId })
  return found === undefined || project === undefined ? undefined : { ...found, project }
}

async function seePlaces(context: Context, memberships: readonly Membership[]): Promise<VisiblePlace[]> {
  const projects = new Map<number, Project | undefined>()
  const seen: VisiblePlace[] = []
  for (const membership of memberships) {
    const { projectId } = membership
    if (!projects.has(projectId)) projects.set(projectId, (await selectProjects(context.db, { id: projectId }))[0])
    const project = projects.get(projectId)
    const role = project === undefined ? undefined : projectRole(context, project)
    if (project !== undefined && role !== undefined) seen.push({ membership, project, role })
  }
  return seen
}

/** The version that a number, an alias or an id names in a collection; not found when there is none. */
export async function getMembership(tx: Queryable, collection: Collection, ref: string): Promise<Membership> {
  const membership = await selectMembership(tx, collection.id, membershipRef(ref))
  if (membership === undefined)
    throw new Problem(
      'not-found',
      `There is no version “${ref}” in ${fullNameOf(collection)} (${spellId('collection', collection.id)}).`,
    )
  return membership
}
