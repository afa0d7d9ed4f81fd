import { lazy, Suspense, useState } from 'react'
import { ShortcutList } from '../keys/shortcut-list.tsx'
import type { Shortcut } from '../keys/shortcuts.ts'
import { useShortcuts } from '../keys/use-shortcuts.ts'

const CommandMenu = lazy(async () => ({ default: (await import('./command-menu.tsx')).CommandMenu }))

type Asked = { readonly what: 'search' } | { readonly what: 'shortcuts'; readonly names: readonly Shortcut[] }

/** What can be asked for on every page: the search, and the keys that work on it. */
export function useAnywhere() {
  const [asked, setAsked] = useState<Asked>()
  const search = () => setAsked({ what: 'search' })
  const close = () => setAsked(undefined)
  const showShortcuts = useShortcuts({ onSearch: search, onList: (names) => setAsked({ what: 'shortcuts', names }) })
  return {
    search,
    showShortcuts,
    dialogs: (
      <>
        {asked?.what === 'search' && (
          <Suspense>
            <CommandMenu onShortcuts={showShortcuts} onClose={close} />
          </Suspense>
        )}
        {asked?.what === 'shortcuts' && <ShortcutList names={asked.names} onClose={close} />}
      </>
    ),
  }
}
