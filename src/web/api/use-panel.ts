import { useNavigate } from '@tanstack/react-router'
import { useSearched } from './use-address.ts'

/** Whether the form for a new thing is open over its list: in the address, so that a link opens it and back closes it. */
export function useNewPanel(): readonly [isOpen: boolean, open: () => void, close: () => void] {
  const { panel } = useSearched()
  const navigate = useNavigate()
  return [
    panel === 'new',
    () => void navigate({ to: '.', search: { panel: 'new' } }),
    () => void navigate({ to: '.', search: {}, replace: true }),
  ]
}
