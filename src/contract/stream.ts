import * as z from 'zod'
import { Attempt, DeliveryState } from './delivery.ts'
import { Event } from './event.ts'

export const StreamQuery = z.strictObject({
  team: z
    .string()
    .optional()
    .describe(
      'Only what concerns this team: its events, and attempts for them, by its automations or at its webhooks.',
    ),
  project: z.string().optional().describe('Only what concerns this project or registry.'),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe('The `id` of the last message, for clients that cannot send it as `Last-Event-ID`, which wins.'),
})
export type StreamQuery = z.infer<typeof StreamQuery>

export const StreamHeaders = z.looseObject({
  'last-event-id': z
    .string()
    .max(200)
    .optional()
    .describe('The `id` of the last message: the stream goes on behind it. Without one it begins now.'),
})

/** An attempt as it happens; the whole of it stands in its delivery. */
export const StreamedAttempt = Attempt.pick({
  number: true,
  at: true,
  outcome: true,
  status: true,
  detail: true,
}).extend({
  delivery: z.string().describe('`dlv_…`'),
  state: DeliveryState.describe('Of the delivery, when the attempt was read for the stream.'),
  event: z.string().nullable().describe('`evt_…`'),
  automation: z.string().nullable().describe('`aut_…`'),
  webhook: z.string().nullable().describe('`whk_…`'),
  team: z
    .string()
    .nullable()
    .describe("Name of the webhook's team; null, as is `detail`, where you are not a member of it."),
})
export type StreamedAttempt = z.infer<typeof StreamedAttempt>

/** OpenAPI 3.1 has no word for messages in a stream, so their shapes stand in an extension. */
export const StreamMessages = z
  .string()
  .describe(
    'Server-sent events without an end. `event: event` has an Event as `data`, `event: attempt` a StreamedAttempt; each has an `id`, with which the stream goes on without a gap and without a repeat. A comment comes every 15 seconds.',
  )
  .meta({ 'x-messages': { event: shapeOf(Event), attempt: shapeOf(StreamedAttempt) } })

function shapeOf(shape: z.ZodType): unknown {
  const { $schema: _, ...described } = z.toJSONSchema(shape)
  return described
}
