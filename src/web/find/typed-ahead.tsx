import { useLayoutEffect, type RefObject } from 'react'
import { useText } from '../parts/use-text.ts'

/** Stands for the menu while it is fetched: what somebody types already is for it, and is no shortcut. */
export function TypedAhead({ typed }: { readonly typed: RefObject<string> }) {
  const text = useText()
  useLayoutEffect(() => {
    typed.current = ''
    const keep = (event: KeyboardEvent): void => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      typed.current += event.key
    }
    document.addEventListener('keydown', keep, { capture: true })
    return () => document.removeEventListener('keydown', keep, { capture: true })
  }, [typed])
  return <div role="dialog" aria-busy aria-label={text.nav.search} />
}
