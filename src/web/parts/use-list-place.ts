import { useEffect, useEffectEvent, useMemo, useState, type RefObject } from 'react'
import { beginningOf, type Loaded } from '../api/loaded-pages.ts'

const restMs = 250
/** What stands above the rows while the window is scrolled. */
const headerPx = 60

/** The place in a list as an address keeps it: the row above the first one that is seen. */
export interface ListPlace {
  readonly after: string | undefined
  readonly keep: (after: string | undefined) => void
}

/**
 * Keeps the place in a list where the window was scrolled to, as soon as it rests. Answers the row that stands there when
 * the list is come back to, where it is among those that are loaded still; else the list begins there.
 */
export function useListPlace<Item extends { readonly id: string }>(
  list: RefObject<HTMLElement | null>,
  loaded: Loaded<Item> | undefined,
  place: ListPlace | undefined,
): number | undefined {
  const [cameAfter] = useState(place?.after)
  const rest = useEffectEvent(() => {
    if (place === undefined || loaded === undefined || list.current === null) return
    const index = firstSeen(list.current)
    if (index === undefined) return
    const above = index === 0 ? beginningOf(loaded) : loaded.pages.flatMap(({ items }) => items)[index - 1]?.id
    if (above !== place.after) place.keep(above)
  })
  const isKept = place !== undefined
  useEffect(() => {
    if (!isKept) return undefined
    let timer: number | undefined
    const listen = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(rest, restMs)
    }
    window.addEventListener('scroll', listen, { passive: true })
    return () => {
      window.clearTimeout(timer)
      window.removeEventListener('scroll', listen)
    }
  }, [isKept])
  return useMemo(() => {
    if (cameAfter === undefined || loaded === undefined) return undefined
    const index = loaded.pages.flatMap(({ items }) => items).findIndex(({ id }) => id === cameAfter)
    return index < 0 ? undefined : index + 1
    // Where one came to, not where the list has grown since.
  }, [cameAfter, loaded !== undefined])
}

function firstSeen(list: HTMLElement): number | undefined {
  if (window.scrollY === 0) return 0
  const row = [...list.querySelectorAll<HTMLElement>('[data-row]')].find(
    (one) => one.getBoundingClientRect().bottom > headerPx,
  )
  return row && Number(row.dataset['index'])
}
