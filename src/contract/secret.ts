import * as z from 'zod'
import { text } from './text.ts'
import { variables } from './variables.ts'

// Kept equal to the server's limits by a test: the browser reads these, and cannot read those.
export const secretLimits = { nameCharsMax: 255, valueBytesMax: 64 * 1024 } as const

/** How payloads, headers and addresses name the access token of a webhook, whatever its secret is called. */
export const accessTokenName = 'ACCESS_TOKEN'

export const SecretName = z
  .string()
  .max(secretLimits.nameCharsMax)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A name has letters A to Z, digits and _, and does not begin with a digit.')
  .refine(
    (name) => name !== accessTokenName,
    '`ACCESS_TOKEN` always means the access token of a webhook. Choose another name.',
  )
  .refine((name) => !Object.hasOwn(variables, name), {
    error: ({ input }) =>
      `\`${String(input)}\` is a variable of payloads, which \`\${${String(input)}}\` means there. Choose another name.`,
  })
  .describe('Payloads refer to it as `${NAME}`.')

const SecretValue = text(secretLimits.valueBytesMax)
  .min(1)
  .describe('A token, a password, a key: any text up to 64 KiB. It is never given back.')

export const NewSecret = z.strictObject({ name: SecretName, value: SecretValue })
export type NewSecret = z.infer<typeof NewSecret>

export const SecretReplacement = z.strictObject({ value: SecretValue })
export type SecretReplacement = z.infer<typeof SecretReplacement>

/** What is told of a secret: everything but its value. */
export const Secret = z.object({
  id: z.string().describe('`sec_…`'),
  name: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime().describe('When its value was last written.'),
  last_used_at: z.iso.datetime().nullable().describe('When a request last needed it, to the minute.'),
  used_by: z.object({
    webhooks: z.array(
      z.object({
        id: z.string().describe('`whk_…`'),
        name: z.string(),
        roles: z.array(z.enum(['access_token', 'secret', 'granted'])),
      }),
    ),
    automations: z
      .array(z.object({ id: z.string().describe('`aut_…`'), name: z.string() }))
      .describe('Automations whose payload holds it.'),
  }),
})
export type Secret = z.infer<typeof Secret>
