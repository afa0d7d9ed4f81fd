import { useInfiniteQuery } from '@tanstack/react-query'
import type { Loaded, LoadedPage } from './loaded-pages.ts'
import { useStays } from './leaving.ts'

const rowsInPage = 50

export type FetchPage<Item> = (page: { limit: number; cursor?: string }) => Promise<LoadedPage<Item>>

/** A list that loads page after page, without what is leaving; `key` names it and everything it depends on. */
export function usePages<Item>(
  key: readonly unknown[],
  fetchPage: FetchPage<Item>,
  { enabled = true, limit = rowsInPage }: { readonly enabled?: boolean; readonly limit?: number } = {},
) {
  const stays = useStays()
  return useInfiniteQuery({
    queryKey: key,
    select: ({ pages, pageParams }) => ({
      pages: pages.map((page) => ({ ...page, items: page.items.filter(stays) })),
      pageParams,
    }),
    queryFn: ({ pageParam }) => fetchFilled(fetchPage, pageParam, limit),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextOf<Item>,
    enabled,
  })
}

/** Such a list in all that is shown of it. */
export type Pages<Item> = Pick<
  ReturnType<typeof usePages<Item>>,
  'isPending' | 'isError' | 'error' | 'fetchStatus' | 'hasNextPage' | 'isFetchingNextPage'
> & {
  readonly data: Loaded<Item> | undefined
  readonly refetch: () => Promise<unknown>
  readonly fetchNextPage: () => Promise<unknown>
}

export function fetchOne<Item>(
  fetchPage: FetchPage<Item>,
  cursor?: string,
  limit: number = rowsInPage,
): Promise<LoadedPage<Item>> {
  return fetchPage({ limit, ...(cursor === undefined ? {} : { cursor }) })
}

export function nextOf<Item>({ next }: LoadedPage<Item>): string | undefined {
  return next ?? undefined
}

/** A search may have looked at many things and found none of them yet: then it goes on. */
export async function fetchFilled<Item>(
  fetchPage: FetchPage<Item>,
  cursor: string | undefined,
  limit?: number,
): Promise<LoadedPage<Item>> {
  let page = await fetchOne(fetchPage, cursor, limit)
  while (page.items.length === 0 && page.next !== null) page = await fetchOne(fetchPage, page.next, limit)
  return page
}

export function itemsOf<Item>(pages: Pick<Pages<Item>, 'data'>): readonly Item[] {
  return pages.data?.pages.flatMap((page) => page.items) ?? []
}
