import * as z from 'zod'

/** Lists come in pages, newest first: `next` is the cursor of the following page, null on the last. Nothing is counted. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional().describe('The `next` of the page before, unchanged.'),
})
export type PageQuery = z.infer<typeof PageQuery>
