import { queries } from '../api/client.ts'

/** After a change to a version: it, the lists it is in, and what was recorded of it. */
export async function refreshVersions(): Promise<void> {
  await Promise.all(
    ['version', 'versions', 'collection', 'events'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  )
}
