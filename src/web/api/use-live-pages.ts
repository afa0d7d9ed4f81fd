import { useInfiniteQuery, useQuery, type Query } from '@tanstack/react-query'
import { useEffect, useRef, type RefObject } from 'react'
import { queries } from './client.ts'
import {
  beginningOf,
  freshRows,
  isApart,
  startingWith,
  withCurrent,
  withNewest,
  type Loaded,
  type LoadedPage,
} from './loaded-pages.ts'
import { fetchFilled, fetchOne, nextOf, type FetchPage, type Pages } from './pages.ts'

/** More rows than these are let go when nobody is at the list: they are loaded again when somebody looks for them. */
const rowsKeptMax = 500

/** What was loaded of live lists, by what they list. */
export const loadedKey = 'loaded'

/** All queries but what was loaded of live lists: those ask for their newest page alone. */
export const butLoaded = {
  predicate: ({ queryKey: [first], state }: Query) => first !== loadedKey || state.data === undefined,
}

export interface LivePages<Item> {
  /** For the element that holds the list. */
  readonly list: RefObject<HTMLDivElement | null>
  readonly pages: Pages<Item>
  /** Rows that wait; undefined while it is not known how many there are. */
  readonly fresh: number | undefined
  readonly show: () => void
}

/**
 * A list, newest first, that is kept up to date with one small request: its newest page, whatever else is loaded. What is
 * shown is changed at its place. Rows that came since wait while somebody is at the list, until they are asked for. `from`
 * is where the list begins when nothing of it is loaded yet; then it stays there.
 */
export function useLivePages<Item extends { readonly id: string }>(
  key: readonly unknown[],
  fetchPage: FetchPage<Item>,
  from?: string,
): LivePages<Item> {
  const list = useRef<HTMLDivElement>(null)
  const newestQuery = { queryKey: key, queryFn: () => fetchOne(fetchPage) }
  const loadedQuery = [loadedKey, ...key]
  const pages = useInfiniteQuery({
    queryKey: loadedQuery,
    queryFn: async ({ pageParam }) => {
      if (pageParam !== undefined) return fetchFilled(fetchPage, pageParam)
      // It is this query that tries again.
      const page = await queries.query({ ...newestQuery, staleTime: 1_000, retry: false })
      return page.items.length === 0 && page.next !== null ? fetchFilled(fetchPage, page.next) : page
    },
    initialPageParam: from,
    getNextPageParam: nextOf<Item>,
    // It changes by what the newest page and the stream say, and is never fetched as a whole again.
    staleTime: Infinity,
    structuralSharing: false,
  })
  const newest = useQuery({ ...newestQuery, enabled: pages.data !== undefined }).data
  const loaded: Loaded<Item> | undefined = pages.data

  useEffect(() => {
    if (loaded === undefined || newest === undefined) return
    const isStill = isAtIt(list.current) || beginningOf(loaded) !== undefined
    const next = isStill ? withCurrent(loaded, rowsOf(newest)) : bounded(withNewest(loaded, newest), newest)
    if (next !== loaded) queries.setQueryData(loadedQuery, next)
    // A page that was under way meanwhile came without it; what else was changed is newer.
  }, [newest, loaded?.pages.length])

  const isElsewhere =
    loaded !== undefined && newest !== undefined && (beginningOf(loaded) !== undefined || isApart(loaded, newest))
  return {
    list,
    pages,
    fresh: isElsewhere ? undefined : loaded && newest ? freshRows(loaded, newest).length : 0,
    show: () => {
      if (loaded === undefined || newest === undefined) return
      queries.setQueryData(loadedQuery, isElsewhere ? startingWith(newest) : withNewest(loaded, newest))
    },
  }
}

function rowsOf<Item extends { readonly id: string }>({ items }: LoadedPage<Item>): (row: Item) => Item | undefined {
  const byId = new Map(items.map((row) => [row.id, row]))
  return ({ id }) => byId.get(id)
}

function bounded<Item>(loaded: Loaded<Item>, newest: LoadedPage<Item>): Loaded<Item> {
  const count = loaded.pages.reduce((sum, { items }) => sum + items.length, 0)
  return count > rowsKeptMax ? startingWith(newest) : loaded
}

function isAtIt(list: HTMLElement | null): boolean {
  if (list === null) return false
  return window.scrollY > 0 || list.matches(':hover') || list.contains(document.activeElement)
}
