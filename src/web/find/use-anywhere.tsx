import { lazy, Suspense, useRef, useState } from 'react'
import { ShortcutList } from '../keys/shortcut-list.tsx'
import type { Shortcut } from '../keys/shortcuts.ts'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { TypedAhead } from './typed-ahead.tsx'

const CommandMenu = lazy(async () => ({ default: (await import('./command-menu.tsx')).CommandMenu }))

type Asked = { readonly what: 'search' } | { readonly what: 'shortcuts'; readonly names: readonly Shortcut[] }

/** What can be asked for on every page: the search, and the keys that work on it. */
export function useAnywhere() {
  const [asked, setAsked] = useState<Asked>()
  const typed = useRef('')
  const search = () => setAsked({ what: 'search' })
  const close = () => {
    typed.current = ''
    setAsked(undefined)
  }
  const showShortcuts = useShortcuts({ onSearch: search, onList: (names) => setAsked({ what: 'shortcuts', names }) })
  return {
    search,
    showShortcuts,
    dialogs: (
      <>
        {asked?.what === 'search' && (
          <Suspense fallback={<TypedAhead typed={typed} />}>
            <CommandMenu typedAhead={typed} onShortcuts={showShortcuts} onClose={close} />
          </Suspense>
        )}
        {asked?.what === 'shortcuts' && <ShortcutList names={asked.names} onClose={close} />}
      </>
    ),
  }
}
