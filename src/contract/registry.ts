import * as z from 'zod'
import { jsonData } from './json-data.ts'
import { pageOf, PageQuery } from './page.ts'
import { looksLikeId, Ref, text } from './text.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const registryLimits = {
  collectionNameCharsMax: 128,
  artifactTypeCharsMax: 128,
  aliasCharsMax: 128,
  tagCharsMax: 128,
  aliasesPerRequestMax: 50,
  tagsPerRequestMax: 50,
  metadataKeysMax: 100,
  metadataBytesMax: 64 * 1024,
  metadataDepthMax: 64,
  descriptionCharsMax: 4096,
  digestCharsMax: 255,
  sourceRunCharsMax: 255,
  acceptedTypesMax: 100,
  protectedAliasesMax: 100,
} as const

const plainName = /^[^/\\#?%:\p{Cc}\u2028\u2029]+$/u

export const CollectionName = text(registryLimits.collectionNameCharsMax)
  .min(1)
  .regex(plainName, 'A name has no / \\ # ? % : and no line ends.')
  .refine((name) => !/^\.{1,2}$/.test(name), 'A name of dots alone would be lost in an address.')
  .refine((name) => !looksLikeId(name), 'A name that looks like an id would be taken for one.')

export const ArtifactType = text(registryLimits.artifactTypeCharsMax)
  .min(1)
  .regex(plainName, 'A type has no / \\ # ? % : and no line ends.')
  .describe('What kind of thing it is: `model`, `dataset`.')

/** `v3` names a version by its number, so no alias may. */
export const Alias = text(registryLimits.aliasCharsMax)
  .min(1)
  .regex(/^[^/:\p{Cc}\u2028\u2029]+$/u, 'An alias has no / and no : and no line ends.')
  .refine((alias) => !/^\.{1,2}$/.test(alias), 'An alias of dots alone would be lost in an address.')
  .refine((alias) => !/^v[0-9]+$/.test(alias), '`v` and a number is the number of a version, which the server gives.')
  .refine((alias) => !looksLikeId(alias), 'An alias that looks like an id would be taken for one.')

export const Tag = z
  .string()
  .max(registryLimits.tagCharsMax)
  .regex(/^[-\w]+( +[-\w]+)*$/, 'A tag has words of letters, digits, - and _, with blanks between them.')

const distinct = (items: readonly string[]): boolean => new Set(items).size === items.length
const Aliases = z.array(Alias).max(registryLimits.aliasesPerRequestMax).refine(distinct, 'names an alias twice')
const Tags = z.array(Tag).max(registryLimits.tagsPerRequestMax).refine(distinct, 'names a tag twice')
const Description = text(registryLimits.descriptionCharsMax).nullable()

export const Metadata = jsonData({
  bytesMax: registryLimits.metadataBytesMax,
  depthMax: registryLimits.metadataDepthMax,
})
  .refine((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'Metadata is a JSON object.')
  .refine(
    (value) =>
      typeof value !== 'object' || value === null || Object.keys(value).length <= registryLimits.metadataKeysMax,
    `Metadata has at most ${registryLimits.metadataKeysMax} keys at its top.`,
  )
  .meta({
    type: 'object',
    additionalProperties: true,
    description: 'Anything as JSON: `${artifact_metadata.accuracy}` in payloads, `metadata.accuracy` in filters.',
  })

export const NewCollection = z.strictObject({
  name: CollectionName.describe('Unique in its project or registry.'),
  type: ArtifactType,
  description: Description.default(null),
})
export type NewCollection = z.infer<typeof NewCollection>

/** What is left out stays as it is. */
export const CollectionChange = z.strictObject({
  name: CollectionName.optional(),
  description: Description.optional(),
})
export type CollectionChange = z.infer<typeof CollectionChange>

export const Collection = z.object({
  id: z.string().describe('`col_…`'),
  name: z.string(),
  full_name: z.string().describe('`entity/project/collection`'),
  project: z.string().describe('`prj_…`'),
  kind: z.enum(['sequence', 'portfolio']).describe('A sequence holds versions of its own; a portfolio, links to them.'),
  type: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export type Collection = z.infer<typeof Collection>
export const Collections = pageOf(Collection)

export const CollectionQuery = PageQuery.extend({
  name: text(registryLimits.collectionNameCharsMax).optional().describe('Exactly this name.'),
  type: text(registryLimits.artifactTypeCharsMax).optional(),
  tag: text(registryLimits.tagCharsMax).optional(),
})
export type CollectionQuery = z.infer<typeof CollectionQuery>

export const CollectionSearch = PageQuery.extend({
  text: text(registryLimits.collectionNameCharsMax).min(1).optional().describe('In the name, in upper or lower case.'),
})
export type CollectionSearch = z.infer<typeof CollectionSearch>

export const NewVersion = z.strictObject({
  metadata: Metadata.default({}),
  description: Description.default(null),
  aliases: Aliases.default([]).describe('Besides `latest`, which the server keeps on the newest version.'),
  tags: Tags.default([]),
  digest: text(registryLimits.digestCharsMax)
    .min(1)
    .optional()
    .describe('Of the content. The newest version with the same digest is answered instead of making another one.'),
  source_run: text(registryLimits.sourceRunCharsMax).min(1).optional().describe('Name of the run that made it.'),
  size_bytes: z.int().min(0).optional(),
  file_count: z.int().min(0).optional(),
  commit: z
    .boolean()
    .default(true)
    .describe('False: it stays pending, unseen by automations, until it is committed; then it gets its number.'),
})
export type NewVersion = z.infer<typeof NewVersion>

export const Version = z.object({
  id: z.string().describe('`art_…`: the same wherever it is linked.'),
  collection: z.string().describe('`col_…`: the collection it is shown in.'),
  full_name: z.string().describe('`entity/project/collection:v3`'),
  version: z.string().nullable().describe('`v3`, its number in the collection; null while it is pending.'),
  index: z.int().nullable(),
  state: z.enum(['pending', 'committed']),
  type: z.string(),
  aliases: z.array(z.string()).describe('In this collection.'),
  tags: z.array(z.string()),
  description: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  digest: z.string(),
  source_run: z.string().nullable(),
  size_bytes: z.int().nullable(),
  file_count: z.int().nullable(),
  author: z.string().nullable().describe('Name of who made it.'),
  created_at: z.iso.datetime(),
})
export type Version = z.infer<typeof Version>
export const Versions = pageOf(Version)

export const CreatedVersion = Version.extend({
  created: z.boolean().describe('False when the newest version already had this digest: it is the one answered.'),
})
export type CreatedVersion = z.infer<typeof CreatedVersion>

/** A version with every collection it is in, as far as you may see them. */
export const VersionDetails = Version.extend({
  memberships: z.array(
    z.object({
      collection: z.string().describe('`col_…`'),
      full_name: z.string(),
      source: z.boolean().describe('True for the collection it was made in.'),
      aliases: z.array(z.string()),
    }),
  ),
})
export type VersionDetails = z.infer<typeof VersionDetails>

export const VersionChange = z.strictObject({
  description: Description.optional(),
  metadata: Metadata.optional().describe('In place of all that was there.'),
})
export type VersionChange = z.infer<typeof VersionChange>

export const VersionRef = Ref.describe('`art_…`, or by name: `entity/project/collection:v3` or `…:alias`.')

export const NewLink = z.strictObject({
  version: VersionRef,
  aliases: Aliases.default([]).describe('In the collection it is linked to.'),
})
export type NewLink = z.infer<typeof NewLink>

export const AliasChange = z.strictObject({
  version: Ref.describe('`v3`, another alias, or `art_…`: a version in this collection.'),
  aliases: Aliases.min(1).describe('One that another version has moves.'),
})
export type AliasChange = z.infer<typeof AliasChange>

export const TagsChange = z.strictObject({ tags: Tags.min(1) })
export type TagsChange = z.infer<typeof TagsChange>

/** What is left out stays as it is. */
export const RegistryChange = z.strictObject({
  visibility: z.enum(['organization', 'restricted']).optional(),
  accepted_types: z
    .array(ArtifactType)
    .max(registryLimits.acceptedTypesMax)
    .refine(distinct, 'names a type twice')
    .nullable()
    .optional()
    .describe('Types its collections may have; null: all.'),
  protected_aliases: z
    .array(Alias)
    .max(registryLimits.protectedAliasesMax)
    .refine(distinct, 'names an alias twice')
    .optional()
    .describe('Aliases that only admins of the registry add, move and remove.'),
  automations_by_members: z.boolean().optional().describe('False: only admins make automations here.'),
})
export type RegistryChange = z.infer<typeof RegistryChange>

export const ProjectChange = RegistryChange.pick({ automations_by_members: true })
export type ProjectChange = z.infer<typeof ProjectChange>
