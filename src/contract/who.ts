import * as z from 'zod'
import { pageOf, PageQuery } from './page.ts'
import { looksLikeId, Ref, text } from './text.ts'

export const Role = z.enum(['admin', 'member', 'viewer'])
export const RegistryRole = z.enum(['admin', 'member', 'viewer', 'restricted_viewer'])
export type RegistryRole = z.infer<typeof RegistryRole>

/** Names of people, teams and organizations: one namespace, in which upper and lower case do not differ. */
export const EntityName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][-_A-Za-z0-9]*$/, 'A name has letters, digits, - and _, and begins with a letter or digit.')
  .refine((name) => !looksLikeId(name), 'A name that looks like an id would be taken for one.')

export const Membership = z.object({ name: z.string(), id: z.string(), role: Role })

/** Who asks, and where they belong. */
export const Me = z.object({
  id: z.string().describe('`usr_…`'),
  name: z.string(),
  kind: z.enum(['person', 'service']),
  organizations: z.array(Membership),
  teams: z.array(Membership),
})
export type Me = z.infer<typeof Me>

const Password = text(1024).min(12).describe('For signing in: 12 characters or more.')

export const NewPerson = z.strictObject({
  name: EntityName,
  role: Role.default('member').describe('In the organization.'),
  email: z.email().max(254).optional(),
  password: Password.optional().describe('For signing in; without one the person has only API keys.'),
})
export type NewPerson = z.infer<typeof NewPerson>

export const NewServiceAccount = z.strictObject({
  name: EntityName,
  role: Role.default('member').describe('In the team or organization.'),
})
export type NewServiceAccount = z.infer<typeof NewServiceAccount>

export const Person = z.object({
  id: z.string().describe('`usr_…`'),
  name: z.string(),
  kind: z.enum(['person', 'service']),
  role: Role.nullable().describe('In the place that was asked about.'),
  created_at: z.iso.datetime(),
})
export type Person = z.infer<typeof Person>
export const People = pageOf(Person)

export const NewTeam = z.strictObject({ name: EntityName })
export type NewTeam = z.infer<typeof NewTeam>

export const Team = z.object({
  id: z.string().describe('`team_…`'),
  name: z.string(),
  organization: z.string(),
  role: Role.describe('Yours.'),
})
export type Team = z.infer<typeof Team>
export const Teams = pageOf(Team)

export const Organization = z.object({
  id: z.string().describe('`org_…`'),
  name: z.string(),
  role: Role.describe('Yours.'),
})
export type Organization = z.infer<typeof Organization>

const firstNames = {
  organization: EntityName,
  team: EntityName.describe('Name of the first team.'),
  admin: EntityName.describe('Name of the first person, who is admin of both.'),
}

/** The first organization and its first admin, whom the operator makes on the machine itself. */
export const FirstOrganization = z
  .strictObject({ ...firstNames, team: firstNames.team.optional(), password: Password.optional() })
  .superRefine(refuseSameNames)
export type FirstOrganization = z.infer<typeof FirstOrganization>

/** The same over HTTP, by whoever has read the code from the terminal of the server. */
export const SetUp = z
  .strictObject({
    code: text(64).min(1).describe('From the terminal of the server, once: `ABCD-EFGH`, in any spelling.'),
    ...firstNames,
    password: Password,
  })
  .superRefine(refuseSameNames)
export type SetUp = z.infer<typeof SetUp>

export const SetUpState = z.object({ needed: z.boolean().describe('There is no organization yet.') })
export type SetUpState = z.infer<typeof SetUpState>

type FirstNames = { readonly [place in keyof typeof firstNames]?: string | undefined }

/** Nobody else is there who could have taken a name: they can only take it from each other. */
function refuseSameNames(names: FirstNames, context: z.RefinementCtx): void {
  const taken = new Map<string, string>()
  for (const [place, whose] of [
    ['organization', 'The organization'],
    ['team', 'The team'],
    ['admin', 'The person'],
  ] as const) {
    const key = names[place]?.toLowerCase()
    if (key === undefined) continue
    const message = `${taken.get(key)} has this name, and no two of them have the same.`
    if (taken.has(key)) context.addIssue({ code: 'custom', path: [place], message })
    else taken.set(key, whose)
  }
}

export const RoleChange = z.strictObject({ role: Role })

export const NewApiKey = z.strictObject({
  name: text(100).min(1).describe('What it is for.'),
  person: Ref.optional().describe('A service account of places you administer; yourself when left out.'),
})
export type NewApiKey = z.infer<typeof NewApiKey>

export const ApiKey = z.object({
  id: z.string().describe('`key_…`'),
  name: z.string(),
  hint: z.string().describe('Its last four characters.'),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>
export const ApiKeys = pageOf(ApiKey)
export const ApiKeyQuery = PageQuery.extend({
  person: Ref.optional().describe('A service account of places you administer; yourself when left out.'),
})
export type ApiKeyQuery = z.infer<typeof ApiKeyQuery>
export const CreatedApiKey = ApiKey.extend({ key: z.string().describe('Shown this once.') })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const SignIn = z.strictObject({ name: text(64), password: text(1024) })
export type SignIn = z.infer<typeof SignIn>

export const PasswordChange = z.strictObject({
  password: Password,
  current_password: text(1024).optional().describe('Your own is changed only by who knows it.'),
})
export type PasswordChange = z.infer<typeof PasswordChange>

export const AuditEntry = z.object({
  id: z.string().describe('`aud_…`'),
  at: z.iso.datetime(),
  actor: z.string().nullable().describe('Name of who did it; null for Signalbox itself.'),
  action: z.string().describe('`webhook.create`: noun and verb.'),
  subject: z.string().describe('Id of what it was done to.'),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditQuery = PageQuery.extend({
  action: text(100).optional().describe('`webhook.create`, or `webhook` for everything done to webhooks.'),
  actor: Ref.optional().describe('`usr_…` or the name of a person or service account.'),
  subject: text(100).optional().describe('Id of what it was done to.'),
})
export type AuditQuery = z.infer<typeof AuditQuery>
