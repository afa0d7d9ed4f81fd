import * as z from 'zod'

/** Says that what depends on the thing may fail; without it the request is refused with their list. */
export const ForceQuery = z.strictObject({
  force: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('`true` goes ahead although something uses it.'),
})
