import { useLayoutEffect, useState, type RefObject } from 'react'

/**
 * How wide the columns of a table are, measured once: rows that come and go as the window scrolls would move them. Measured
 * anew when the window has another width. Undefined: as wide as what they hold asks for.
 */
export function useFrozenWidths(
  head: RefObject<HTMLTableRowElement | null>,
  isFrozen: boolean,
): readonly number[] | undefined {
  const [widths, setWidths] = useState<readonly number[]>()
  useLayoutEffect(() => {
    if (isFrozen && widths === undefined && head.current !== null)
      setWidths([...head.current.cells].map((cell) => cell.getBoundingClientRect().width))
  }, [head, isFrozen, widths])
  useLayoutEffect(() => {
    if (!isFrozen) return undefined
    const thaw = () => setWidths(undefined)
    window.addEventListener('resize', thaw)
    return () => window.removeEventListener('resize', thaw)
  }, [isFrozen])
  return isFrozen ? widths : undefined
}
