import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import type { Span } from './span.ts'

/** How far back the pictures of a page look, kept in the address. */
export function useSpan(usual: Span): readonly [Span, (span: Span) => void] {
  const navigate = useNavigate()
  const { range, ...search } = useSearched()
  const choose = (span: Span): void => {
    void navigate({
      to: '.',
      search: { ...search, ...(span === usual ? {} : { range: span }) },
      replace: true,
      resetScroll: false,
    })
  }
  // The route has checked it.
  return [(range as Span | undefined) ?? usual, choose]
}
