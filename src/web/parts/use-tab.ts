import { useSearched } from '../api/use-address.ts'
import { useNavigate } from '@tanstack/react-router'

/** The open tab, kept in the address so that it can be linked to and survives a reload. */
export function useTab(first: string): readonly [string, (tab: string | null) => void] {
  const search: { readonly tab?: string } = useSearched()
  const navigate = useNavigate()
  const open = (tab: string | null): void => {
    void navigate({ to: '.', search: tab === null || tab === first ? {} : { tab }, replace: true })
  }
  return [search.tab ?? first, open]
}
