import { queries } from '../api/client.ts'

/** After a change to a collection: it, and the lists it is in. */
export async function refreshCollections(): Promise<void> {
  await Promise.all(['collection', 'collections'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
}
