import { useInfiniteQuery } from '@tanstack/react-query'
import { useStays } from './leaving.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** A list that loads page after page, without what is leaving; `key` names it and everything it depends on. */
export function usePages<Item>(
  key: readonly unknown[],
  fetchPage: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
  { enabled = true, limit = 50 }: { readonly enabled?: boolean; readonly limit?: number } = {},
) {
  const stays = useStays()
  return useInfiniteQuery({
    queryKey: key,
    select: ({ pages, pageParams }) => ({
      pages: pages.map((page) => ({ ...page, items: page.items.filter(stays) })),
      pageParams,
    }),
    queryFn: async ({ pageParam }) => {
      let page = await fetchPage({ limit, ...(pageParam === undefined ? {} : { cursor: pageParam }) })
      // A search may have looked at many things and found none of them yet.
      while (page.items.length === 0 && page.next !== null) page = await fetchPage({ limit, cursor: page.next })
      return page
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Item>) => page.next ?? undefined,
    enabled,
  })
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>

export function itemsOf<Item>(pages: Pages<Item>): readonly Item[] {
  return pages.data?.pages.flatMap((page) => page.items) ?? []
}
