interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** Every item of a list, fetched page by page: `everyItem((cursor) => client.events.list('vision/mnist', { cursor }))`. */
export async function* everyItem<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const page = await fetchPage(cursor)
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}
