import { useEffect, useRef, useState } from 'react'
import { itemsOf, type Pages } from './pages.ts'

/**
 * Keeps a live list still while somebody is at it: rows that came since wait until they are asked for, or until the list is
 * at its top with neither pointer nor focus on it. Rows that are shown are up to date all the same. Ids sort by time.
 */
export function useHeldBack<Item extends { readonly id: string }>(pages: Pages<Item>) {
  const place = useRef<HTMLDivElement>(null)
  const [newest, setNewest] = useState<string>()
  const items = itemsOf(pages)
  const first = items[0]?.id
  useEffect(() => {
    if (first !== undefined && (newest === undefined || (first > newest && !isAtIt(place.current)))) setNewest(first)
  }, [first, newest])
  const isShown = ({ id }: Item): boolean => newest === undefined || id <= newest
  const data = pages.data && {
    ...pages.data,
    pages: pages.data.pages.map((page) => ({ ...page, items: page.items.filter(isShown) })),
  }
  return {
    place,
    pages: { ...pages, data } as Pages<Item>,
    fresh: items.filter((item) => !isShown(item)).length,
    show: () => setNewest(first),
  }
}

function isAtIt(list: HTMLElement | null): boolean {
  if (list === null) return false
  return window.scrollY > 0 || list.matches(':hover') || list.contains(document.activeElement)
}
