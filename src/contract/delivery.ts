import * as z from 'zod'
import { text } from './text.ts'

export const deliveryStates = [
  'waiting',
  'held',
  'sending',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'expired',
] as const
export const DeliveryState = z.enum(deliveryStates)
export type DeliveryState = z.infer<typeof DeliveryState>

/** How a receiver answered: by the first digit of its status, or not at all. */
export const codeClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const
export type CodeClass = (typeof codeClasses)[number]

/** Of a text that is looked for. */
export const searchedCharsMin = 3

/** One delivery in a list. */
export const DeliverySummary = z.object({
  id: z.string().describe('`dlv_…`'),
  state: DeliveryState,
  reason: z
    .string()
    .nullable()
    .describe(
      'Why it ended, or is held, where that needs saying; what it names is for members of the team that owns the webhook.',
    ),
  event: z.string().nullable().describe('`evt_…`'),
  event_type: z.string().nullable().describe('`ADD_ARTIFACT_ALIAS`; null when the event is kept no more.'),
  automation: z.string().nullable().describe('`aut_…`'),
  automation_name: z.string().nullable(),
  automation_revision: z.int().nullable(),
  webhook: z.string().nullable().describe('`whk_…`; null for a no-op.'),
  webhook_name: z.string().nullable().describe('Null where you are not a member of its team.'),
  redelivery_of: z.string().nullable().describe('`dlv_…`: the delivery that somebody asked for again.'),
  attempts: z.int().describe('Made so far, the one under way included.'),
  created_at: z.iso.datetime(),
  next_attempt_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
})
export type DeliverySummary = z.infer<typeof DeliverySummary>

/** How a delivery that has ended is sent again. */
export const Redelivery = z
  .strictObject({
    mode: z
      .enum(['same', 'anew'])
      .default('same')
      .describe(
        '`same`: the payload as it was rendered, under the same `webhook-id`. `anew`: rendered by what the automation says today, under a new one.',
      ),
    webhook: z
      .string()
      .optional()
      .describe(
        '`whk_…`: to another webhook than it went to, of a team in which you are a member; the payload as it was, with the secrets that this one lends.',
      ),
  })
  .superRefine(({ mode, webhook }, context) => {
    if (mode === 'anew' && webhook !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['webhook'],
        message: 'takes the payload as it was: what is rendered anew goes where the automation says',
      })
  })
export type Redelivery = z.infer<typeof Redelivery>

export const Explanation = z.object({
  title: z.string().describe('In a few words: `401 rejected`, `Name not found`.'),
  what: z.string().describe('What happened, in plain words.'),
  try: z.string().describe('What to do.'),
})

/** What `anew` would send now, to be laid beside what was sent. Nothing is kept, and nothing sent. */
export const RedeliveryDryRun = z.object({
  payload: z.string().describe('Secrets read `‹secret NAME›`.'),
  webhook: z.string().describe('`whk_…`: where it would go, which may be another than it went to.'),
  webhook_name: z.string(),
  automation_revision: z.int(),
  matches: z.boolean().describe('Whether the automation would fire on the event today. It is sent all the same.'),
  reason: z.string().nullable().describe('Why it would not; null where you may not read the automation.'),
})
export type RedeliveryDryRun = z.infer<typeof RedeliveryDryRun>

const HeaderList = z.array(z.tuple([z.string(), z.string()]))

export const Attempt = z.object({
  number: z.int().describe('From 1.'),
  at: z.iso.datetime(),
  outcome: z.enum(['succeeded', 'rejected', 'unreachable', 'refused', 'interrupted']),
  status: z.int().nullable().describe("The receiver's HTTP status."),
  detail: z.string().nullable(),
  explanation: Explanation.nullable().describe('Of a failure. Null where you may not see what was answered.'),
  phases_ms: z
    .object({ dns: z.number(), connect: z.number(), tls: z.number(), first_byte: z.number(), body: z.number() })
    .nullable(),
  request_headers: HeaderList.nullable().describe(
    'Secret values read `‹secret NAME›`. Null where you may not see them.',
  ),
  response: z
    .object({
      headers: HeaderList,
      body: z.string().nullable().describe('The first part of the answer, as text or, where it is no UTF-8, base64.'),
      encoding: z.enum(['utf-8', 'base64']),
      bytes: z.int().nullable().describe('Length of the answer as far as it was read.'),
    })
    .nullable(),
})
export type Attempt = z.infer<typeof Attempt>

export const Delivery = DeliverySummary.extend({
  message_id: z.string().describe('The `webhook-id` header: stable over retries, for receivers to deduplicate by.'),
  details: z
    .enum(['shown', 'hidden'])
    .describe(
      'Payload, headers and answers are for members of the team that owns the webhook; for others they are hidden.',
    ),
  may_act: z.boolean().describe('Whether you may redeliver it, try it now and cancel it, as members of that team may.'),
  payload: z.string().nullable().describe('The rendered payload; secrets read `‹secret NAME›`.'),
  redelivered_as: z
    .array(z.object({ id: z.string().describe('`dlv_…`'), created_at: z.iso.datetime() }))
    .describe('Its redeliveries as far as you may know of them, newest first, the last twenty.'),
  attempt_list: z.array(Attempt),
})
export type Delivery = z.infer<typeof Delivery>

/** A page may hold fewer than `limit`, even none, and yet have a `next`: so many deliveries were looked at. */
export const DeliveryQuery = z.strictObject({
  team: z.string().optional().describe('Deliveries of the webhooks of this team.'),
  webhook: z.string().optional(),
  automation: z.string().optional(),
  project: z
    .string()
    .optional()
    .describe('Deliveries of the automations of this project or registry, those of its collections included.'),
  event: z.string().optional(),
  state: DeliveryState.optional(),
  code: z
    .enum(codeClasses)
    .optional()
    .describe('How the receiver answered the last attempt; `none`: not at all, or nothing was sent.'),
  text: text(200)
    .min(searchedCharsMin)
    .optional()
    .describe(
      'In the payload, or in the part of an answer that is kept, letter by letter; `after` has to be given, 31 days back at most. Secrets are not looked into, nor what is hidden from you.',
    ),
  after: z.iso.datetime().optional().describe('Made at this instant or later.'),
  before: z.iso.datetime().optional().describe('Made before this instant.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
})
export type DeliveryQuery = z.infer<typeof DeliveryQuery>
