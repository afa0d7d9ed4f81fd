import * as z from 'zod'
import { automationLimits } from './automation.ts'
import { Attempt, Explanation } from './delivery.ts'
import { eventTypeNames, type EventType } from './event-types.ts'
import { Mistake } from './problem.ts'
import { text } from './text.ts'
import { NewWebhook, WebhookChange, webhookLimits } from './webhook.ts'

const TestPayload = z
  .strictObject({
    template: text(automationLimits.templateCharsMax).describe('As in an automation. It is not kept.'),
    event: text(64).optional().describe('`evt_…`: an event that happened, to fill the variables from.'),
    sample: z
      .enum(eventTypeNames as [EventType, ...EventType[]])
      .optional()
      .describe('Without an event: an example of this type; `ADD_ARTIFACT_ALIAS` when left out.'),
  })
  .refine(({ event, sample }) => event === undefined || sample === undefined, {
    path: ['sample'],
    message: 'cannot stand beside `event`',
  })
export type TestPayload = z.infer<typeof TestPayload>

const payload = TestPayload.optional().describe('Without one `{}` is sent.')

const changes = WebhookChange.omit({ revision: true }).optional().describe('Settings that are not saved.')

/** A stored webhook is tested with settings laid over it that are not saved. */
export const NewWebhookTest = z.strictObject({ changes, payload })
export type NewWebhookTest = z.infer<typeof NewWebhookTest>

export const UnstoredWebhookTest = z.strictObject({ webhook: NewWebhook, payload })
export type UnstoredWebhookTest = z.infer<typeof UnstoredWebhookTest>

const HeaderList = z.array(z.tuple([z.string(), z.string()]))

/** What was sent and what came of it. Secret values read `‹secret NAME›`; nothing of it is kept. */
export const WebhookTest = z.object({
  ok: z.boolean().describe('The receiver answered 2xx.'),
  outcome: Attempt.shape.outcome,
  request: z.object({ method: z.literal('POST'), url: z.string(), headers: HeaderList, body: z.string() }),
  phases_ms: Attempt.shape.phases_ms.unwrap(),
  response: z
    .object({
      status: z.int(),
      headers: HeaderList,
      body: z
        .string()
        .nullable()
        .describe('As text or, where it is no UTF-8, base64. Null where only its length may be told.'),
      encoding: z.enum(['utf-8', 'base64']),
      bytes: z.int(),
      truncated: z.boolean(),
    })
    .nullable(),
  explanation: Explanation.nullable().describe('Null when it went well.'),
  notes: z.array(z.string()),
  warnings: z.array(Mistake).describe('In the payload: what may not do what was meant.'),
})
export type WebhookTest = z.infer<typeof WebhookTest>

export const UrlCheck = z.strictObject({ url: text(webhookLimits.urlCharsMax).min(1) })
export type UrlCheck = z.infer<typeof UrlCheck>

export const UrlVerdict = z.object({
  ok: z.boolean().describe('It would be saved.'),
  mistakes: z.array(Mistake),
  warnings: z.array(z.string()).describe('It would be saved, and requests would not arrive as things are.'),
})
export type UrlVerdict = z.infer<typeof UrlVerdict>

export const NewWebhookScript = z.strictObject({ changes })
export type NewWebhookScript = z.infer<typeof NewWebhookScript>

export const UnstoredWebhookScript = z.strictObject({ webhook: NewWebhook })
export type UnstoredWebhookScript = z.infer<typeof UnstoredWebhookScript>

export const WebhookScript = z.object({
  script: z
    .string()
    .describe('A bash script that sends the request with curl and signs it with openssl; holds no value of a secret.'),
})
