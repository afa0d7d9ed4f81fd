import * as z from 'zod'
import { pageOf, PageQuery } from './page.ts'
import { looksLikeId, Ref, text } from './text.ts'
import { RegistryRole } from './who.ts'

const ProjectName = text(128)
  .min(1)
  .regex(/^[^/\\#?%:\p{Cc}\u2028\u2029]+$/u, 'A name has no / \\ # ? % : and no line ends.')
  .refine((name) => !/^\.{1,2}$/.test(name), 'A name of dots alone would be lost in an address.')
  .refine((name) => !looksLikeId(name), 'A name that looks like an id would be taken for one.')

const Visibility = z.enum(['organization', 'restricted'])

export const NewProject = z.strictObject({
  team: Ref.describe('Name or id of the team, or your own name.'),
  name: ProjectName.refine(
    (name) => !name.startsWith('wandb-registry-'),
    'Names that begin with wandb-registry- are those of registries.',
  ),
})
export type NewProject = z.infer<typeof NewProject>

export const NewRegistry = z.strictObject({
  organization: Ref,
  name: ProjectName.max(113).describe('Without the prefix wandb-registry-.'),
  visibility: Visibility.default('organization').describe('Restricted: seen only by whom it grants a role.'),
})
export type NewRegistry = z.infer<typeof NewRegistry>

export const Project = z.object({
  id: z.string().describe('`prj_…`'),
  name: z.string(),
  entity: z.string().describe('Name of the team, person or organization that owns it.'),
  is_registry: z.boolean(),
  visibility: Visibility.nullable().describe('Of a registry; null for a project.'),
  accepted_types: z.array(z.string()).nullable().describe('Types its collections may have; null: all.'),
  protected_aliases: z.array(z.string()).describe('Aliases that only admins of the registry add, move and remove.'),
  automations_by_members: z.boolean().describe('False: only admins make automations here.'),
  role: RegistryRole.describe('Yours.'),
  created_at: z.iso.datetime(),
})
export type Project = z.infer<typeof Project>

/** What is in a place is counted as far as this. */
export const placeCountMax = 1_000

const inPlace = z.int().describe(`At most ${placeCountMax} are counted.`)

/** A project or registry in a list, with what is in it. */
export const ListedProject = Project.extend({
  collections: inPlace,
  versions: inPlace.describe(`In its collections, linked ones included; at most ${placeCountMax} are counted.`),
  automations: inPlace.describe(`On it and on its collections; at most ${placeCountMax} are counted.`),
  last_event: z.object({ id: z.string().describe('`evt_…`'), type: z.string(), at: z.iso.datetime() }).nullable(),
})
export type ListedProject = z.infer<typeof ListedProject>

export const ProjectQuery = PageQuery.extend({
  entity: Ref.optional().describe('Only those of this team, person or organization.'),
})
export type ProjectQuery = z.infer<typeof ProjectQuery>

export const GrantChange = z.strictObject({ role: RegistryRole })

/** A role in a registry, given to a team or to a person. */
export const Grant = z.object({
  id: z.string().describe('`ent_…`, of the team or person.'),
  name: z.string(),
  kind: z.enum(['team', 'person', 'service']),
  role: RegistryRole,
})
export type Grant = z.infer<typeof Grant>
export const Grants = pageOf(Grant)
