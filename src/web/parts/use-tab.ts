import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'

/**
 * The open tab, kept in the address: it can be linked to, survives a reload, and the browser's back button goes to the one
 * before. The first one needs no word there, and what is no tab is the first one. How far back pictures look stays.
 */
export function useTab<Tab extends string>(
  tabs: readonly [Tab, ...Tab[]],
): readonly [Tab, (tab: string | null) => void] {
  const { tab: named, range } = useSearched()
  const navigate = useNavigate()
  const [first] = tabs
  const open = (tab: string | null): void => {
    void navigate({
      to: '.',
      search: {
        ...(tab === null || tab === first ? {} : { tab }),
        ...(range === undefined ? {} : { range }),
      },
    })
  }
  return [tabs.find((tab) => tab === named) ?? first, open]
}
