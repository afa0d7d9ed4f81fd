import * as z from 'zod'
import { DeliveryState } from './delivery.ts'
import { PageQuery } from './page.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const statsLimits = { minutesMax: 60 * 24 * 60, minutesDefault: 60, bucketsMax: 24 * 60 } as const

/** How long a bucket is, in minutes. */
export const bucketMinutes = { minute: 1, hour: 60 } as const

/** By exactly one of the nouns. */
export const StatsQuery = z
  .strictObject({
    team: z.string().optional().describe('Deliveries to the webhooks of this team.'),
    webhook: z.string().optional(),
    automation: z.string().optional(),
    minutes: z.coerce
      .number()
      .int()
      .min(1)
      .max(statsLimits.minutesMax)
      .default(statsLimits.minutesDefault)
      .describe('How far back, the present bucket included.'),
    bucket: z
      .enum(['minute', 'hour'])
      .default('minute')
      .describe('What is counted together. By the minute a day can be looked back, by the hour 60 days.'),
  })
  .refine(({ minutes, bucket }) => minutes / bucketMinutes[bucket] <= statsLimits.bucketsMax, {
    path: ['minutes'],
    message: `are more than ${statsLimits.bucketsMax} buckets: ask by the hour`,
  })
export type StatsQuery = z.infer<typeof StatsQuery>

const count = z.int().min(0)
const latency = z.number().nullable()

const BucketCounts = z.object({
  at: z.iso.datetime(),
  succeeded: count,
  failed: count,
  skipped: count,
  cancelled: count,
  expired: count,
})

const Lane = z.object({
  webhook: z.string().describe('`whk_…`'),
  webhook_name: z.string().nullable().describe('Null where you are not a member of its team.'),
  state: z.enum(['paused', 'disabled', 'broken']).describe('`broken`: it failed too often in a row, and rests.'),
  since: z.iso.datetime().nullable().describe('When it was paused or disabled, or began to fail.'),
  until: z.iso.datetime().nullable().describe('When a broken one is tried again.'),
  waiting: count.describe('Deliveries that wait for it.'),
})

export const Stats = z.object({
  from: z.iso.datetime().describe('The start of a bucket.'),
  to: z.iso.datetime(),
  counted_from: z.iso
    .datetime()
    .describe(
      '`from`, or a later instant where there were too many: before it, deliveries are counted in part or not at all.',
    ),
  buckets: z
    .array(BucketCounts)
    .describe(
      'Every minute or hour, oldest first: what has become of the deliveries made in it, as far as they have ended. The newest 500,000 are counted.',
    ),
  attempts: z
    .object({
      count,
      succeeded: count,
      p50_ms: latency,
      p90_ms: latency,
      p99_ms: latency,
    })
    .describe(
      'Attempts of the deliveries made since `from` that have ended or wait for another attempt, of the newest 10,000 at most, and how long they took from the first look-up to the last byte; null when there are none.',
    ),
  events: z
    .object({ recorded: count, fired: count.describe('Those of which an automation made a delivery.') })
    .nullable()
    .describe(
      'Of a team: events since `from` in its places, and in registries of its organization that you may see; the newest 20,000 are counted. Null for a webhook and an automation.',
    ),
  oldest_waiting: z
    .object({ delivery: z.string().describe('`dlv_…`'), since: z.iso.datetime() })
    .nullable()
    .describe('Made first of those that wait, whenever that was.'),
  waiting: count.describe('Now, whenever they were made. At most 100,000 unfinished deliveries are counted.'),
  held: count.describe('Of a paused automation, or a webhook that is paused or disabled.'),
  sending: count,
  lanes: z.array(Lane).describe('Webhooks to which nothing goes just now; at most 100.'),
})
export type Stats = z.infer<typeof Stats>

export const webhookStatsHours = 24

/** How it went with one webhook in the last 24 hours. */
export const WebhookStats = z.object({
  webhook: z.string().describe('`whk_…`'),
  webhook_name: z.string(),
  hours: z
    .array(z.object({ at: z.iso.datetime(), succeeded: count, failed: count }))
    .describe(
      'Every hour, oldest first: what has become of the deliveries made in it, expired ones being failed. The newest 10,000 of each are counted.',
    ),
  p99_ms: latency.describe('Of the newest 1,000 attempts of deliveries that ended; null when there are none.'),
  last_delivery: z
    .object({ id: z.string().describe('`dlv_…`'), state: DeliveryState, finished_at: z.iso.datetime() })
    .nullable()
    .describe('The one made last among those that have ended, whenever that was.'),
})
export type WebhookStats = z.infer<typeof WebhookStats>

export const WebhookStatsQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(20).default(10) })
export type WebhookStatsQuery = z.infer<typeof WebhookStatsQuery>
