import * as z from 'zod'

/** The receiver that this server may run for first steps: it verifies what arrives, and shows it to the team it came for. */
export const BuiltInReceiver = z.object({
  url: z.string().nullable().describe('Where a webhook of this team sends to reach it; null: this server runs none.'),
  arrivals: z
    .array(
      z.object({
        at: z.iso.datetime(),
        webhook: z.string().nullable().describe('`whk_…`: whose signature it carries; null when nobody’s.'),
        message_id: z.string().nullable().describe('Its `webhook-id`.'),
        verified: z.boolean(),
        detail: z.string().nullable().describe('Why it is not verified.'),
        bytes: z.int().describe('Length of its body, which is not kept.'),
      }),
    )
    .describe('What arrived for this team since the server started, newest first; the last 20.'),
})
export type BuiltInReceiver = z.infer<typeof BuiltInReceiver>
