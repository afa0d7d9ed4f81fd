import * as z from 'zod'
import { eventTypeNames, type EventType } from './event-types.ts'
import { DeliveryState } from './delivery.ts'
import { FilterJson } from './filter.ts'
import { PageQuery } from './page.ts'
import { Mistake } from './problem.ts'
import { Ref, text } from './text.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const automationLimits = {
  nameCharsMax: 255,
  descriptionCharsMax: 4096,
  templateCharsMax: 64 * 1024,
  firesPerMinuteMax: 10_000,
} as const

const WebhookAction = z.strictObject({
  type: z.literal('webhook'),
  webhook: text(64).describe('`whk_…`: a webhook of a team you are a member of.'),
  template: text(automationLimits.templateCharsMax)
    .default('')
    .describe('The payload: JSON in which `${…}` stands for variables and granted secrets. Empty: `{}` is sent.'),
})

export const AutomationAction = z.discriminatedUnion('type', [
  WebhookAction,
  z.strictObject({ type: z.literal('no_op') }).describe('Records that it fired, and sends nothing.'),
])
export type AutomationAction = z.infer<typeof AutomationAction>

const fields = {
  name: text(automationLimits.nameCharsMax).regex(/\S/, 'is blank').describe('Unique in its scope.'),
  description: text(automationLimits.descriptionCharsMax).nullable(),
  enabled: z.boolean(),
  event_type: z.enum(eventTypeNames as [EventType, ...EventType[]]),
  filter: FilterJson,
  action: AutomationAction,
  fires_per_minute_max: z
    .int()
    .min(0)
    .max(automationLimits.firesPerMinuteMax)
    .describe('How often it may fire in a minute for one subject before it pauses itself. 0: as often as it likes.'),
}

const strict = z
  .boolean()
  .default(true)
  .describe(
    'False: names in the template that are neither variables nor granted secrets are kept with a warning, and render blank.',
  )

export const NewAutomation = z.strictObject({
  ...fields,
  description: fields.description.default(null),
  enabled: fields.enabled.default(true),
  filter: fields.filter.default({}),
  fires_per_minute_max: fields.fires_per_minute_max.default(60),
  strict,
})
export type NewAutomation = z.infer<typeof NewAutomation>

/** What is left out stays as it is. */
export const AutomationChange = z.strictObject({
  revision: z.int().min(1).describe('The revision this change was made on.'),
  ...z.object(fields).partial().shape,
  strict,
})
export type AutomationChange = z.infer<typeof AutomationChange>

export const Automation = z.object({
  id: z.string().describe('`aut_…`'),
  scope: z.object({
    type: z.enum(['collection', 'project', 'entity']),
    id: z.string().describe('`col_…`, `prj_…` or `ent_…`'),
    name: z
      .string()
      .describe('`team/project/collection`, `team/project`, or the name of the team, person or organization.'),
  }),
  name: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  paused_reason: z.string().nullable().describe('Set while it is paused: it matches, and its deliveries are held.'),
  fires_per_minute_max: z.int(),
  event_type: z.string(),
  filter: FilterJson.describe('As it was sent.'),
  action: z.discriminatedUnion('type', [
    z.object({ type: z.literal('webhook'), webhook: z.string(), template: z.string() }),
    z.object({ type: z.literal('no_op') }),
  ]),
  secrets: z.array(z.string()).describe('Names of the secrets its payload holds, `ACCESS_TOKEN` included.'),
  misconfigured: z
    .string()
    .nullable()
    .describe('Why its deliveries fail at once: the webhook, or a secret it needs, is gone.'),
  warnings: z.array(Mistake).describe('What was kept and may not do what was meant.'),
  revision: z.int().describe('Grows with every change.'),
  may_change: z.boolean().describe('Whether you may change it.'),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export type Automation = z.infer<typeof Automation>

/** What an automation said from one change to the next. */
export const AutomationRevision = z.object({
  revision: z.int(),
  at: z.iso.datetime().describe('From when on.'),
  by: z.string().nullable().describe('Name of who made it; null for Signalbox itself.'),
  ...Automation.pick({
    name: true,
    description: true,
    enabled: true,
    paused_reason: true,
    fires_per_minute_max: true,
    event_type: true,
    filter: true,
    action: true,
  }).shape,
})
export type AutomationRevision = z.infer<typeof AutomationRevision>

/** An automation in the list over all scopes. */
export const ListedAutomation = Automation.extend({
  last_delivery: z
    .object({ id: z.string().describe('`dlv_…`'), state: DeliveryState, finished_at: z.iso.datetime() })
    .nullable()
    .describe('The one made last among those that have ended.'),
})
export type ListedAutomation = z.infer<typeof ListedAutomation>

export const automationSorts = ['created', '-created', 'name', '-name', 'last_delivery', '-last_delivery'] as const
export type AutomationSort = (typeof automationSorts)[number]

/** What keeps it from sending comes first: a misconfigured one may be off as well. */
export const automationStates = ['on', 'off', 'paused', 'misconfigured'] as const
export type AutomationState = (typeof automationStates)[number]

export function automationStateOf({
  enabled,
  paused_reason,
  misconfigured,
}: Pick<Automation, 'enabled' | 'paused_reason' | 'misconfigured'>): AutomationState {
  if (misconfigured !== null) return 'misconfigured'
  if (!enabled) return 'off'
  return paused_reason === null ? 'on' : 'paused'
}

export const AutomationQuery = PageQuery.extend({
  text: text(automationLimits.nameCharsMax).min(1).optional().describe('In the name, in upper or lower case.'),
  event_type: fields.event_type.optional(),
  webhook: text(64).optional().describe('`whk_…`: only those that send to it.'),
  team: text(64)
    .optional()
    .describe('Name or id: only those that stand in it or its projects, or send to its webhooks.'),
  scope: Ref.optional().describe(
    'Only those that stand there: a collection, a project or registry with its collections, or a team or organization as a whole. `col_…`, `prj_…`, `ent_…`, `team/project/collection`, `team/project`, or the name of a team.',
  ),
  state: z
    .enum(automationStates)
    .optional()
    .describe('`misconfigured`: its deliveries fail at once, whether it is on or off. `paused`: it holds them.'),
  mine: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .describe('`true`: only those that you made.'),
  sort: z
    .enum(automationSorts)
    .default('-created')
    .describe(
      'A minus is the other way round: `-created`, newest first; `-last_delivery`, whose last ended delivery was made latest, and those without one behind.',
    ),
})
export type AutomationQuery = z.infer<typeof AutomationQuery>
