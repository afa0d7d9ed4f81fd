import * as z from 'zod'
import { eventTypeNames, type EventType } from './event-types.ts'
import { jsonData, whyNotKept } from './json-data.ts'
import { PageQuery } from './page.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const eventLimits = {
  nameCharsMax: 255,
  subjectCharsMax: 255,
  idCharsMax: 255,
  dataBytesMax: 64 * 1024,
  dataDepthMax: 64,
  batchMax: 1000,
} as const

const keepable = (charsMax: number) =>
  z
    .string()
    .max(charsMax)
    .refine((text) => whyNotKept(text) === undefined, 'contains a NUL character or half of a surrogate pair')

/** What a caller says happened. */
export const NewCustomEvent = z.strictObject({
  name: keepable(eventLimits.nameCharsMax)
    .min(1)
    .describe('What happened, `evaluation.finished`. Automations filter on it; `${event_name}`.'),
  subject: keepable(eventLimits.subjectCharsMax)
    .default('')
    .describe('What it happened to; deliveries may go in order per subject. `${event_subject}`.'),
  data: jsonData({ bytesMax: eventLimits.dataBytesMax, depthMax: eventLimits.dataDepthMax })
    .default({})
    .describe('Anything as JSON, at most 64 KiB: `${event_data.path}` in payloads, `data.path` in filters.'),
  id: keepable(eventLimits.idCharsMax)
    .min(1)
    .optional()
    .describe(
      'Makes recording idempotent: a repeat under the same id, unique in the project for all time, records nothing.',
    ),
})
export type NewCustomEvent = z.infer<typeof NewCustomEvent>

export const NewCustomEventBatch = z.strictObject({
  events: z
    .array(NewCustomEvent)
    .min(1)
    .max(eventLimits.batchMax)
    .superRefine((events, context) => {
      const seen = new Set<string>()
      events.forEach(({ id }, index) => {
        if (id !== undefined && seen.has(id))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: 'stands twice in this batch' })
        if (id !== undefined) seen.add(id)
      })
    })
    .describe('All of them are recorded, or none.'),
})
export type NewCustomEventBatch = z.infer<typeof NewCustomEventBatch>

export const RecordedEvent = z.object({
  id: z.string().describe('`evt_…`'),
  duplicate: z.boolean().describe('True when it had been recorded before under the same id: nothing was recorded now.'),
})
export type RecordedEvent = z.infer<typeof RecordedEvent>

export const RecordedEvents = z.object({ events: z.array(RecordedEvent) })

/** A place that an event concerns. */
export const EventPlace = z.object({
  entity_name: z.string(),
  project: z.string().nullable().describe('`prj_…`; null for what concerns a team as a whole.'),
  project_name: z.string().nullable(),
  collection: z.string().nullable().describe('`col_…`'),
  collection_name: z.string().nullable(),
  version: z.string().nullable().describe('`v3`, its number in this collection.'),
  artifact: z.string().nullable().describe('`art_…`'),
  aliases: z.array(z.string()).describe('Of the version in this collection, after the change.'),
})
export type EventPlace = z.infer<typeof EventPlace>

/** An event as it was recorded. */
export const Event = z.object({
  id: z.string(),
  type: z.string().describe('`CUSTOM`, `ADD_ARTIFACT_ALIAS`, …'),
  at: z.iso.datetime(),
  project: z.string().nullable().describe('`prj_…`'),
  project_name: z.string().nullable(),
  entity_name: z.string().nullable(),
  subject: z.string().describe('What ordering is about.'),
  author: z.string().nullable(),
  facts: z
    .record(z.string(), z.unknown())
    .describe('What the type tells: for `CUSTOM` its `name`, `subject` and `data`; the added `alias`; the `metadata`.'),
  places: z
    .array(EventPlace)
    .describe(
      'Where it happened, as far as you may see it: a version has one wherever it is linked, its source first.',
    ),
})
export type Event = z.infer<typeof Event>

/** What payloads would say of an event, and what happened beside it. */
export const EventSurroundings = z.object({
  variables: z
    .array(z.object({ name: z.string(), value: z.unknown().describe('Null: it renders blank.') }))
    .describe('Those that events of its type have, with the values at this event, in its first place.'),
  before: z.array(Event).describe('The five before it in the same collection or, without one, project; nearest first.'),
  after: z.array(Event).describe('The five after it; nearest first.'),
})
export type EventSurroundings = z.infer<typeof EventSurroundings>

export const eventResults = ['fired', 'none'] as const

/** A page may hold fewer than `limit`, even none, and yet have a `next`: so many events were looked at. */
export const EventQuery = PageQuery.extend({
  type: z.enum(eventTypeNames as [EventType, ...EventType[]]).optional(),
  author: z.string().max(200).optional().describe('Name of who caused it, in full.'),
  result: z.enum(eventResults).optional().describe('`fired`: an automation made a delivery of it; `none`: none did.'),
  after: z.iso.datetime().optional().describe('Recorded at this instant or later.'),
  before: z.iso.datetime().optional().describe('Recorded before this instant.'),
})
export type EventQuery = z.infer<typeof EventQuery>

/** A page of what has come since the cursor; `next` is always given. */
export const FollowedEvents = z.object({ items: z.array(Event), next: z.string() })
