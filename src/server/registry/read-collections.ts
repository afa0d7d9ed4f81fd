import type {
  Collection as CollectionShape,
  CollectionQuery,
  CollectionSearch,
  Version,
  VersionDetails,
} from '../../contract/registry.ts'
import { Problem } from '../../contract/problem.ts'
import type { PageQuery } from '../../contract/page.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { notFound } from '../access/roles.ts'
import { spellId } from '../base/ids.ts'
import { getCollection, getProject, visibleTo } from '../places/find-place.ts'
import { selectProjectsById } from '../places/place-store.ts'
import { showVersion } from './change-version.ts'
import { selectCollectionPage, selectStoredCollection, selectVisibleCollections } from './collection-store.ts'
import { selectMembershipPage } from './membership-store.ts'
import { presentCollection, presentVersion } from './present-version.ts'
import { selectArtifacts } from './version-store.ts'

/** For whoever sees its project or registry. */
export async function readCollection(context: Context, ref: string): Promise<CollectionShape> {
  const { id, project } = await getCollection(context, ref, 'restricted_viewer', 'Reading a collection')
  const stored = await selectStoredCollection(context.db, id)
  if (stored === undefined) throw notFound('collection', ref)
  return presentCollection(stored, project)
}

/** Newest first. */
export async function listCollections(
  context: Context,
  projectRef: string,
  { name, type, tag, limit, cursor }: CollectionQuery,
): Promise<{ items: CollectionShape[]; next: string | null }> {
  const project = await getProject(context, projectRef, 'restricted_viewer', 'Reading collections')
  const before = readIdCursor('collection', cursor)
  const rows = await selectCollectionPage(context.db, {
    projectId: project.id,
    name,
    type,
    tag,
    before,
    limit: limit + 1,
  })
  const items = rows.slice(0, limit).map((row) => presentCollection(row, project))
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}

/** Of every project and registry that the actor may see, newest first. */
export async function listAllCollections(
  context: Context,
  { text, limit, cursor }: CollectionSearch,
): Promise<{ items: CollectionShape[]; next: string | null }> {
  const rows = await selectVisibleCollections(context.db, visibleTo(context), {
    text,
    before: readIdCursor('collection', cursor),
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const projects = await selectProjectsById(context.db, [...new Set(shown.map(({ projectId }) => projectId))])
  const byId = new Map(projects.map((project) => [project.id, project]))
  return {
    // One whose project was deleted between the two statements is left out.
    items: shown.flatMap((row) => {
      const project = byId.get(row.projectId)
      return project === undefined ? [] : [presentCollection(row, project)]
    }),
    next: rows.length > limit ? spellId('collection', shown.at(-1)!.id) : null,
  }
}

/** The versions of a collection, newest first. */
export async function listVersions(
  context: Context,
  ref: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: Version[]; next: string | null }> {
  const { id: collectionId } = await getCollection(context, ref, 'restricted_viewer', 'Reading versions')
  const page = { collectionId, before: readVersionCursor(cursor), limit: limit + 1 }
  const memberships = await selectMembershipPage(context.db, page)
  const shown = memberships.slice(0, limit)
  const artifacts = await selectArtifacts(
    context.db,
    shown.map(({ artifactId }) => artifactId),
  )
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]))
  return {
    // One that was deleted between the two statements is left out.
    items: shown.flatMap((membership) => {
      const artifact = byId.get(membership.artifactId)
      return artifact === undefined ? [] : [presentVersion(artifact, membership)]
    }),
    next: memberships.length > limit ? `v${shown.at(-1)!.index}` : null,
  }
}

/** One version, with every place of it that the actor may see. */
export async function readVersion(context: Context, ref: string): Promise<VersionDetails> {
  return showVersion(context, ref)
}

/** The cursor of versions is the number of the last one shown. */
function readVersionCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  const [, index] = /^v(\d{1,9})$/.exec(cursor) ?? []
  if (index !== undefined) return Number(index)
  throw new Problem('request-invalid', 'The cursor is not one that a page ended with.', [
    { pointer: '#/query/cursor', detail: 'Send the `next` of the page before, unchanged.' },
  ])
}
