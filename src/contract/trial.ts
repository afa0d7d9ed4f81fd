import * as z from 'zod'
import { AutomationAction } from './automation.ts'
import { Event } from './event.ts'
import { eventTypeNames, type EventType } from './event-types.ts'
import { FilterJson } from './filter.ts'
import { PayloadPiece } from './payload.ts'
import { Mistake } from './problem.ts'
import { text } from './text.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const trialLimits = { simulationDaysMax: 7, simulatedEventsMax: 100 } as const

const EventName = z.enum(eventTypeNames as [EventType, ...EventType[]])
const triedEvent = text(64)
  .optional()
  .describe('`evt_…`, an event that happened; without it, an example of one as it might happen in the scope.')

export const DryRun = z.strictObject({ event: triedEvent })
export type DryRun = z.infer<typeof DryRun>

/** An automation that is not saved, as far as a dry run needs it. Names in its payload that nothing has refuse nothing here. */
export const NewDryRun = z.strictObject({
  event_type: EventName,
  filter: FilterJson.default({}),
  action: AutomationAction,
  event: triedEvent,
})
export type NewDryRun = z.infer<typeof NewDryRun>

const Verdict = z.enum(['fired', 'not-matched', 'disabled', 'other-event-type'])

/** What an automation would make of an event. Nothing is kept, and nothing sent. */
export const DryRunResult = z.object({
  event: Event.describe('The event that was judged. One without a past has an id that leads nowhere.'),
  sample: z.boolean().describe('True when the event is an example.'),
  verdict: Verdict.describe('`fired`: it would.'),
  reason: z.string().nullable().describe('Why it would not.'),
  through: z.string().nullable().describe('The place it would fire through: `entity/project/collection`.'),
  payload: z
    .string()
    .nullable()
    .describe(
      'Exactly what would be sent, secrets as `‹secret NAME›`; also where it does not match. Null for a no-op.',
    ),
  pieces: z.array(PayloadPiece).nullable().describe('The same in pieces: put together, they are the payload.'),
  values: z
    .record(z.string(), z.unknown())
    .describe('What each variable stands for in this event; one that is left out is blank.'),
  blanks: z.array(z.string()).describe('Variables of the payload for which the event has no value: `${tag}`.'),
  mistakes: z
    .array(Mistake)
    .describe(
      'Names in the payload that nothing has: they are blank, and saving refuses them unless `strict` is false.',
    ),
  warnings: z.array(Mistake),
})
export type DryRunResult = z.infer<typeof DryRunResult>

const days = z.number().int().min(1).max(trialLimits.simulationDaysMax)
const limit = z.number().int().min(1).max(trialLimits.simulatedEventsMax)
const Only = z.enum(['fired', 'missed'])

export const NewSimulation = z.strictObject({
  event_type: EventName,
  filter: FilterJson.default({}),
  days: days.default(trialLimits.simulationDaysMax).describe('How far to look back.'),
  only: Only.optional().describe('`missed`: those it would not have fired on, with the reason.'),
  limit: limit.default(50),
})
export type NewSimulation = z.infer<typeof NewSimulation>

export const SimulationQuery = z.strictObject({
  days: z.coerce.number().pipe(days).default(trialLimits.simulationDaysMax),
  only: Only.optional(),
  limit: z.coerce.number().pipe(limit).default(50),
})
export type SimulationQuery = z.infer<typeof SimulationQuery>

/** Past events of its type in its scope, newest first, judged by what the automation says now. */
export const Simulation = z.object({
  items: z.array(z.object({ event: Event, verdict: z.enum(['fired', 'not-matched']), reason: z.string().nullable() })),
  judged: z.int().describe('Events of the type that were judged.'),
  fired: z.int().describe('How many of them it would have fired on.'),
  since: z.iso
    .datetime()
    .describe('Every event since then was looked at; nearer than asked where there were too many.'),
})
export type Simulation = z.infer<typeof Simulation>
