export interface LoadedPage<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** Pages in the order in which they were loaded, newest rows first, each with the cursor it was asked for with. */
export interface Loaded<Item> {
  readonly pages: LoadedPage<Item>[]
  readonly pageParams: unknown[]
}

/** The row behind which the list begins; undefined: it begins with the newest. */
export function beginningOf({ pageParams: [first] }: Loaded<unknown>): string | undefined {
  return typeof first === 'string' ? first : undefined
}

interface Row {
  readonly id: string
}

/** Ids of one kind grow with time, in length too where they are plain numbers. */
function isNewer(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length
}

/** Rows of the newest page that are not loaded; those above the first one, and between the others. */
export function freshRows<Item extends Row>(loaded: Loaded<Item>, newest: LoadedPage<Item>): readonly Item[] {
  const known = new Set(reach(loaded, newest).map(({ id }) => id))
  return newest.items.filter(({ id }) => !known.has(id))
}

/** Whether there may be rows between the newest page and what is loaded: they do not touch. */
export function isApart<Item extends Row>(loaded: Loaded<Item>, newest: LoadedPage<Item>): boolean {
  const [first, last] = [firstOf(loaded), newest.items.at(-1)]
  return newest.next !== null && first !== undefined && last !== undefined && isNewer(last.id, first.id)
}

/** The rows that are loaded as they are by now, each at its place: nothing comes, goes or moves. */
export function withCurrent<Item extends Row>(
  loaded: Loaded<Item>,
  current: (row: Item) => Item | undefined,
): Loaded<Item> {
  let isChanged = false
  const pages = loaded.pages.map((page) => {
    const items = page.items.map((row) => current(row) ?? row)
    if (items.every((row, index) => row === page.items[index])) return page
    isChanged = true
    return { ...page, items }
  })
  return isChanged ? { ...loaded, pages } : loaded
}

/** The newest page in the place of what was loaded of its time; alone where the two do not touch. */
export function withNewest<Item extends Row>(loaded: Loaded<Item>, newest: LoadedPage<Item>): Loaded<Item> {
  const last = newest.items.at(-1)
  if (newest.next === null || isApart(loaded, newest)) return isSame(loaded, newest) ? loaded : startingWith(newest)
  if (last === undefined || isSameList(reach(loaded, newest), newest.items)) return loaded
  const older = (page: LoadedPage<Item>) => page.items.filter(({ id }) => isNewer(last.id, id))
  const [first, ...more] = loaded.pages
  return {
    ...loaded,
    pages: [
      { items: [...newest.items, ...older(first!)], next: first!.next },
      ...more.map((page) => ({ ...page, items: older(page) })),
    ],
  }
}

export function startingWith<Item>(newest: LoadedPage<Item>): Loaded<Item> {
  return { pages: [newest], pageParams: [undefined] }
}

function isSame<Item>({ pages }: Loaded<Item>, newest: LoadedPage<Item>): boolean {
  return pages.length === 1 && pages[0]!.next === newest.next && isSameList(pages[0]!.items, newest.items)
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index])
}

/** What is loaded of the time of the newest page: it is at the beginning. */
function reach<Item extends Row>({ pages }: Loaded<Item>, newest: LoadedPage<Item>): readonly Item[] {
  const last = newest.items.at(-1)
  const rows: Item[] = []
  if (last === undefined) return rows
  for (const page of pages)
    for (const row of page.items) {
      if (isNewer(last.id, row.id)) return rows
      rows.push(row)
    }
  return rows
}

function firstOf<Item>({ pages }: Loaded<Item>): Item | undefined {
  return pages.find(({ items }) => items.length > 0)?.items[0]
}
