import * as z from 'zod'
import { RegistryRole } from './who.ts'

const ProjectName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^/\\#?%:\r\n\0]+$/, 'A name has no / \\ # ? % : and no line ends.')
  .refine((name) => !/^[a-z]{3,4}_[0-9]+$/.test(name), 'A name that looks like an id would be taken for one.')

export const NewProject = z.strictObject({
  team: z.string().describe('Name or id of the team, or your own name.'),
  name: ProjectName.refine(
    (name) => !name.startsWith('wandb-registry-'),
    'Names that begin with wandb-registry- are those of registries.',
  ),
})
export type NewProject = z.infer<typeof NewProject>

export const NewRegistry = z.strictObject({
  organization: z.string(),
  name: ProjectName.max(113).describe('Without the prefix wandb-registry-.'),
  visibility: z.enum(['organization', 'restricted']).default('organization'),
})
export type NewRegistry = z.infer<typeof NewRegistry>

export const Project = z.object({
  id: z.string().describe('`prj_…`'),
  name: z.string(),
  entity: z.string().describe('Name of the team, person or organization that owns it.'),
  is_registry: z.boolean(),
  role: RegistryRole.describe('Yours.'),
  created_at: z.iso.datetime(),
})
export type Project = z.infer<typeof Project>

export const Grant = z.strictObject({ role: RegistryRole })
