import * as z from 'zod'
import { text } from './text.ts'
import { secretLimits } from './secret.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const webhookLimits = {
  nameCharsMax: 64,
  urlCharsMax: 2048,
  grantedSecretsMax: 50,
  customHeadersMax: 20,
  headerNameCharsMax: 128,
  headerValueCharsMax: 4096,
  timeoutMsMin: 500,
  timeoutMsMax: 30_000,
  attemptsMax: 100,
  retryDelayMsMin: 10,
  retryDelayMsMax: 24 * 3600_000,
  concurrencyMax: 1000,
  ratePerSecondMax: 10_000,
  overlapHoursMax: 30 * 24,
  tlsCaCharsMax: 16 * 1024,
} as const

export const signatureEncodings = ['base64', 'hex', 'sha256=hex'] as const
export const SignatureEncoding = z.enum(signatureEncodings)
export type SignatureEncoding = z.infer<typeof SignatureEncoding>

export const RetryPolicy = z
  .strictObject({
    attempts_max: z.int().min(1).max(webhookLimits.attemptsMax).describe('Attempts in all, the first included.'),
    delay_ms_min: z
      .int()
      .min(webhookLimits.retryDelayMsMin)
      .max(webhookLimits.retryDelayMsMax)
      .describe('The ceiling of the first wait; it doubles with every attempt.'),
    delay_ms_max: z
      .int()
      .min(webhookLimits.retryDelayMsMin)
      .max(webhookLimits.retryDelayMsMax)
      .describe('What the ceiling grows to. Each wait is a random share of its ceiling.'),
  })
  .refine((policy) => policy.delay_ms_min <= policy.delay_ms_max, {
    path: ['delay_ms_max'],
    message: 'is below `delay_ms_min`',
  })
export type RetryPolicy = z.infer<typeof RetryPolicy>

/** Waits add up to about three days: half of 10 s, 20 s, 40 s and so on to 5.7 h, then of 8 h seventeen times. */
export const defaultRetryPolicy: RetryPolicy = { attempts_max: 30, delay_ms_min: 10_000, delay_ms_max: 8 * 3600_000 }

const WebhookName = z
  .string()
  .max(webhookLimits.nameCharsMax)
  .regex(/^[-\w]+([ ]+[-\w]+)*$/, 'A name has words of letters, digits, - and _, with blanks between them.')

/** The name of a secret that has to be there: its own rule is that of the secret. */
const SecretRef = text(secretLimits.nameCharsMax)

const Header = z.strictObject({
  name: z
    .string()
    .max(webhookLimits.headerNameCharsMax)
    .regex(/^[!#$%&'*+.^`|~\w-]+$/, 'is no name of a header'),
  value: text(webhookLimits.headerValueCharsMax).describe(
    'May hold `${SECRET}` slots of granted secrets, and `${ACCESS_TOKEN}`.',
  ),
})

const Tls = z.strictObject({
  ca: text(webhookLimits.tlsCaCharsMax)
    .nullable()
    .default(null)
    .describe('PEM certificates of a private authority, trusted instead of the usual ones.'),
  verify: z
    .boolean()
    .default(true)
    .describe('False: any certificate is taken. Only where the operator set `SIGNALBOX_ALLOW_UNVERIFIED_TLS`.'),
})

const fields = {
  name: WebhookName.describe('Unique in its team.'),
  url: text(webhookLimits.urlCharsMax)
    .min(1)
    .describe('Where requests go. Path and query may hold `${SECRET}` slots of granted secrets.'),
  access_token: SecretRef.nullable().describe(
    'Name of the secret sent as `Authorization: Bearer …`; `${ACCESS_TOKEN}` in payloads.',
  ),
  secret: SecretRef.nullable().describe(
    'Name of the secret that keys `X-Wandb-Signature`; granted to payloads too, as the SDK expects. Without one the signing secret keys it.',
  ),
  granted_secrets: z
    .array(SecretRef)
    .max(webhookLimits.grantedSecretsMax)
    .refine((names) => new Set(names).size === names.length, 'names a secret twice')
    .describe('Names of secrets that payloads, headers and the address may hold.'),
  signature_encoding: SignatureEncoding.describe('How `X-Wandb-Signature` is written.'),
  headers: z
    .array(Header)
    .max(webhookLimits.customHeadersMax)
    .superRefine((headers, context) => {
      const seen = new Set<string>()
      headers.forEach(({ name }, index) => {
        if (seen.has(name.toLowerCase()))
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'stands twice' })
        seen.add(name.toLowerCase())
      })
    }),
  timeout_ms: z
    .int()
    .min(webhookLimits.timeoutMsMin)
    .max(webhookLimits.timeoutMsMax)
    .describe('For name, connection, TLS, headers and body together.'),
  retry: RetryPolicy,
  concurrency_max: z.int().min(1).max(webhookLimits.concurrencyMax).describe('Requests under way at a time.'),
  rate_per_second: z.number().min(0.001).max(webhookLimits.ratePerSecondMax).nullable().describe('Null: no limit.'),
  in_order: z.boolean().describe('One delivery at a time per subject, in the order of events.'),
  tls: Tls,
}

export const NewWebhook = z.strictObject({
  ...fields,
  access_token: fields.access_token.default(null),
  secret: fields.secret.default(null),
  granted_secrets: fields.granted_secrets.default([]),
  signature_encoding: fields.signature_encoding.default('base64'),
  headers: fields.headers.default([]),
  timeout_ms: fields.timeout_ms.default(webhookLimits.timeoutMsMax),
  retry: fields.retry.default(defaultRetryPolicy),
  concurrency_max: fields.concurrency_max.default(10),
  rate_per_second: fields.rate_per_second.default(null),
  in_order: fields.in_order.default(false),
  tls: fields.tls.prefault({}),
})
export type NewWebhook = z.infer<typeof NewWebhook>

/** What is left out stays as it is. */
export const WebhookChange = z.strictObject({
  revision: z.int().min(1).describe('The revision this change was made on.'),
  ...z.object(fields).partial().shape,
})
export type WebhookChange = z.infer<typeof WebhookChange>

export const Webhook = z.object({
  id: z.string().describe('`whk_…`'),
  team: z.string().describe('Name of the team, person or organization that owns it.'),
  name: z.string(),
  url: z.string().describe('In full for admins of the team; for others scheme, host and port.'),
  access_token: z.string().nullable(),
  secret: z.string().nullable(),
  granted_secrets: z.array(z.string()),
  signature_encoding: SignatureEncoding,
  headers: z.array(
    z.object({ name: z.string(), value: z.string().nullable().describe('Null for all but admins of the team.') }),
  ),
  timeout_ms: z.int(),
  retry: z.object({ attempts_max: z.int(), delay_ms_min: z.int(), delay_ms_max: z.int() }),
  concurrency_max: z.int(),
  rate_per_second: z.number().nullable(),
  in_order: z.boolean(),
  tls: z.object({ ca: z.string().nullable(), verify: z.boolean() }),
  paused: z.boolean().describe('Deliveries are held until it is resumed.'),
  held: z
    .int()
    .nullable()
    .describe('While it is paused or disabled: how many deliveries wait for it, counted up to 10,000; else null.'),
  disabled: z
    .object({ at: z.iso.datetime(), reason: z.string() })
    .nullable()
    .describe('Set by Signalbox when the receiver is gone for good; deliveries fail at once.'),
  misconfigured: z.string().nullable().describe('Why deliveries fail at once: a secret it uses is gone.'),
  revision: z.int().describe('Grows with every change of the settings.'),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  warnings: z.array(z.string()).describe('What was kept and will not work as things are. Only in answers to a change.'),
})
export type Webhook = z.infer<typeof Webhook>

export const SigningSecret = z.object({
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable().describe('Null for the current one.'),
})
export type SigningSecret = z.infer<typeof SigningSecret>

export const SigningSecrets = z.object({ items: z.array(SigningSecret) })

export const CreatedWebhook = Webhook.extend({
  signing_secret: z.string().describe('`whsec_…`, shown this once: with it the receiver verifies `webhook-signature`.'),
})
export type CreatedWebhook = z.infer<typeof CreatedWebhook>

export const Rotation = z.strictObject({
  overlap_hours: z
    .number()
    .min(0)
    .max(webhookLimits.overlapHoursMax)
    .default(24)
    .describe(
      'How long requests are signed with the earlier secrets too, so that the receiver can change over. 0 ends them at once.',
    ),
})
export type Rotation = z.infer<typeof Rotation>

export const RotatedSigningSecret = z.object({
  signing_secret: z.string().describe('The new one, shown this once.'),
  items: z.array(SigningSecret).describe('All that are valid now, newest first.'),
})
export type RotatedSigningSecret = z.infer<typeof RotatedSigningSecret>
