import * as z from 'zod'
import { eventTypeNames, type EventType } from './event-types.ts'
import { codeClasses, Redelivery } from './delivery.ts'
import { Ref } from './text.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const redeliveryLimits = {
  ratePerSecondMin: 0.1,
  ratePerSecondMax: 500,
  ratePerSecondDefault: 20,
} as const

export const endedStates = ['succeeded', 'failed', 'skipped', 'cancelled', 'expired'] as const
export const unsentStates = ['waiting', 'held'] as const

const listOf = <Name extends string>(names: readonly Name[]) => z.array(z.enum(names)).min(1).max(names.length)

const filter = {
  team: Ref.optional().describe('Deliveries to the webhooks of this team.'),
  webhook: Ref.optional().describe('`whk_…`'),
  automation: Ref.optional().describe('`aut_…`'),
  project: Ref.optional().describe(
    'Deliveries of the automations of this project or registry, those of its collections included.',
  ),
  codes: listOf(codeClasses)
    .optional()
    .describe('How the receiver answered the last attempt; `none`: not at all, or nothing was sent.'),
  event_type: z.enum(eventTypeNames as [EventType, ...EventType[]]).optional(),
  after: z.iso.datetime().optional().describe('Made at this instant or later.'),
  before: z.iso.datetime().optional().describe('Made before this instant.'),
}

/** Says whose, by one of four nouns or several, and which of those; every condition has to hold. */
function filterOf<Shape extends z.ZodRawShape>(more: Shape) {
  return z.strictObject({ ...filter, ...more }).superRefine((given, context) => {
    const { team, webhook, automation, project, after, before } = given as Partial<Record<keyof typeof filter, string>>
    const refuse = (member: string, message: string) => context.addIssue({ code: 'custom', path: [member], message })
    if ([team, webhook, automation, project].every((noun) => noun === undefined))
      refuse('team', 'is missing, and so are webhook, automation and project: say whose deliveries')
    if (after !== undefined && before !== undefined && Date.parse(after) >= Date.parse(before))
      refuse('before', 'is not later than `after`')
  })
}

const states = listOf(endedStates).default(['failed'])

export const NewRedelivery = filterOf({
  states: states.describe('What came of them. Those that somebody redelivered already are left out.'),
  mode: Redelivery.shape.mode,
  rate_per_second: z
    .number()
    .min(redeliveryLimits.ratePerSecondMin)
    .max(redeliveryLimits.ratePerSecondMax)
    .optional()
    .describe(
      `How many are made ready in a second; ${redeliveryLimits.ratePerSecondDefault} when left out, or what the named webhook takes. Webhooks are sent no more than their own limits let through.`,
    ),
})
export type NewRedelivery = z.infer<typeof NewRedelivery>

const instant = z.iso.datetime().nullable()

export const RedeliveryEstimate = z.object({
  count: z.int(),
  oldest: instant.describe('When the first of them was made.'),
  newest: instant,
  rate_per_second: z.number(),
  seconds: z.number().describe('How long it would take at that speed.'),
})
export type RedeliveryEstimate = z.infer<typeof RedeliveryEstimate>

/** Many deliveries that are redelivered at a pace. */
export const MassRedelivery = z.object({
  id: z.string().describe('`rdl_…`'),
  team: z.string(),
  webhook: z.string().nullable().describe('`whk_…`'),
  webhook_name: z.string().nullable(),
  automation: z.string().nullable().describe('`aut_…`'),
  automation_name: z.string().nullable(),
  project: z.string().nullable().describe('`prj_…`: of its automations only.'),
  project_name: z.string().nullable(),
  states: listOf(endedStates),
  codes: listOf(codeClasses).nullable(),
  event_type: z.string().nullable(),
  after: instant,
  before: instant,
  mode: z.enum(['same', 'anew']),
  rate_per_second: z.number(),
  state: z
    .enum(['running', 'paused', 'stopped', 'done'])
    .describe('`done`: all are made ready; some may still be under way.'),
  reason: z.string().nullable().describe('Why Signalbox stopped it.'),
  total: z.int().describe('What matched when it was started; nothing is added later.'),
  made: z.int().describe('Redelivered so far.'),
  under_way: z.int().describe('Of those made: waiting, held or being sent.'),
  succeeded: z.int(),
  failed: z.int(),
  skipped: z.int().describe('Could not be redelivered.'),
  skipped_because: z.array(z.object({ reason: z.string(), count: z.int() })),
  created_by: z.string().nullable(),
  created_at: z.iso.datetime(),
  finished_at: instant,
})
export type MassRedelivery = z.infer<typeof MassRedelivery>

export const RedeliveryQuery = z.strictObject({
  team: z.string().describe('By id or by name.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
})
export type RedeliveryQuery = z.infer<typeof RedeliveryQuery>

export const Cancellation = filterOf({
  states: listOf(unsentStates)
    .default([...unsentStates])
    .describe('`waiting`: for the first attempt or the next. What is being sent goes on.'),
})
export type Cancellation = z.infer<typeof Cancellation>

export const CancellationEstimate = z.object({ count: z.int(), oldest: instant, newest: instant })
export type CancellationEstimate = z.infer<typeof CancellationEstimate>

export const CancelledDeliveries = z.object({
  cancelled: z.int(),
  more: z.boolean().describe('There are more than one request cancels: repeat it.'),
})
export type CancelledDeliveries = z.infer<typeof CancelledDeliveries>
