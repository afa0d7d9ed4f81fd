import { isSignedOut } from '../api/client.ts'

export interface Refused<Item> {
  readonly item: Item
  readonly error: unknown
}

/**
 * One after the other, each by a call of its own: what is refused does not stop the others. Only a session that ended does,
 * since it would end them all.
 */
export async function actOnAll<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
  onDone: (count: number) => void,
): Promise<readonly Refused<Item>[]> {
  const refused: Refused<Item>[] = []
  for (const [index, item] of items.entries()) {
    try {
      await act(item)
    } catch (error) {
      if (isSignedOut(error)) throw error
      refused.push({ item, error })
    }
    onDone(index + 1)
  }
  return refused
}
