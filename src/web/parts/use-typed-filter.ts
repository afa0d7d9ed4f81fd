import { useDebouncedCallback } from '@mantine/hooks'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

const typingPauseMs = 250

/** A filter that somebody types: it narrows the list down when the typing pauses, and not once another page is on its way. */
export function useTypedFilter(start: string | undefined, filter: (typed: string) => void) {
  const router = useRouter()
  const [typed, setTyped] = useState(start ?? '')
  const filterLater = useDebouncedCallback(filter, typingPauseMs)
  useEffect(
    () => router.subscribe('onBeforeNavigate', ({ pathChanged }) => pathChanged && filterLater.cancel()),
    [router, filterLater],
  )
  return {
    typed,
    type(text: string): void {
      setTyped(text)
      filterLater(text)
    },
    /** For who filters anew at once. */
    clear(): void {
      setTyped('')
      filterLater.cancel()
    },
  }
}
