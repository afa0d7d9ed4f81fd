import { Problem } from '../../contract/problem.ts'
import type { NewLink, Version } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { atLeast, notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { getCollection } from '../places/find-place.ts'
import { fullNameOf, type Collection } from '../places/place.ts'
import { changeCollection } from './change-collection.ts'
import { requireAcceptedType } from './create-collection.ts'
import { findVersion, getMembership, lockVersion, type FoundVersion } from './find-version.ts'
import { insertMembership, selectMembership } from './membership-store.ts'
import { latest, placeAliases, removeMemberships } from './place-aliases.ts'
import { presentVersion } from './present-version.ts'
import { readProject, requireUnprotected } from './protected-aliases.ts'
import { placeOfVersion, recordHappenings, type RegistryParts } from './record-happenings.ts'
import { nameOfVersion, versionFacts } from './version-facts.ts'
import { selectArtifact } from './version-store.ts'

/**
 * Links a version to a collection of a registry, where it gets a number and aliases of its own, `latest` among them. One
 * that is linked already only gets the aliases it lacks. Takes the role member there, and viewer where the version is.
 */
export async function linkVersion(
  parts: RegistryParts,
  context: Context,
  ref: string,
  { version: versionRef, aliases }: NewLink,
): Promise<{ readonly version: Version; readonly created: boolean }> {
  const toDo = 'Linking a version'
  const collection = await getCollection(context, ref, 'member', toDo)
  const found = await findLinkable(context, versionRef)
  refuseUnfit(collection, found)
  return context.db.tx(async (tx) => {
    const locked = await lockVersion(tx, found.artifact.id, collection.id)
    if (locked === undefined) throw notFound('version', versionRef)
    requireUnprotected(context, await readProject(tx, collection.project), aliases, toDo)
    const { artifact, memberships } = locked
    const isNew = (await insertMembership(tx, collection.id, artifact.id)) !== undefined
    if (isNew && memberships.length >= limits.linksPerVersionMax)
      throw refuse('#/version', `The version is linked ${limits.linksPerVersionMax} times, and no more are taken.`)
    const linked = await selectMembership(tx, collection.id, { artifactId: artifact.id })
    if (linked === undefined) throw notFound('collection', ref)
    const wanted = isNew ? [...new Set([latest, ...aliases])] : aliases
    const { membership, happenings } = await placeAliases(tx, artifact, linked, wanted)
    const link = { type: 'LINK_ARTIFACT', places: [placeOfVersion(membership)], facts: versionFacts(artifact) } as const
    const happened = isNew ? [link, ...happenings] : happenings
    await recordHappenings(parts, context, tx, happened)
    if (happened.length > 0)
      recordAudit(tx, context.actor, {
        action: isNew ? 'collection.link' : 'collection.add_aliases',
        subject: spellId('collection', collection.id),
        organizationId: collection.project.entity.organizationId,
        entityId: collection.project.entity.id,
        details: { name: collection.name, version: nameOfVersion(membership), aliases },
      })
    return { version: presentVersion(artifact, membership), created: isNew }
  })
}

/** Takes a link away, with its aliases; the version stays where it was made. Takes the role member. */
export async function unlinkVersion(
  parts: RegistryParts,
  context: Context,
  ref: string,
  versionRef: string,
): Promise<void> {
  const toDo = 'Unlinking a version'
  await changeCollection(parts, context, {
    ref,
    least: 'member',
    toDo,
    action: 'collection.unlink',
    async change(tx, collection) {
      const membership = await getMembership(tx, collection, versionRef)
      if (membership.isSource)
        throw refuse('#/path/version', `${nameOfVersion(membership)} was made here: delete the version instead.`)
      requireUnprotected(context, collection.project, membership.aliases, toDo)
      const artifact = (await selectArtifact(tx, membership.artifactId))!
      const moved = await removeMemberships(tx, [membership])
      const unlink = {
        type: 'UNLINK_ARTIFACT',
        places: [placeOfVersion(membership)],
        facts: versionFacts(artifact),
      } as const
      return { happenings: [unlink, ...moved], details: { version: nameOfVersion(membership) } }
    },
  })
}

async function findLinkable(context: Context, versionRef: string): Promise<FoundVersion> {
  const found = await findVersion(context, versionRef).catch((error: unknown) => {
    if (error instanceof Problem && error.type === 'not-found')
      throw refuse('#/version', `There is no version “${versionRef}” that you may see.`)
    throw error
  })
  if (!atLeast(found.role, 'viewer'))
    throw refuse('#/version', 'Linking a version takes the role viewer where it is; yours is restricted viewer.')
  return found
}

function refuseUnfit(collection: Collection, { artifact, source }: FoundVersion): void {
  if (collection.kind === 'sequence')
    throw refuse(
      '#/path/id',
      `${fullNameOf(collection)} holds versions of its own; link to a collection of a registry.`,
    )
  if (artifact.state === 'pending') throw refuse('#/version', 'The version is pending: commit it first.')
  if (source.type !== collection.type)
    throw refuse(
      '#/version',
      `The version is of type “${source.type}”; ${fullNameOf(collection)} takes “${collection.type}”.`,
    )
  requireAcceptedType(collection.project, source.type, '#/version')
}

function refuse(pointer: string, detail: string): Problem {
  return new Problem('request-invalid', detail, [{ pointer, detail }])
}
