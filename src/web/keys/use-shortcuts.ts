import { useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useLayoutEffect, useRef } from 'react'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { lastOffer } from '../parts/show-undo.tsx'
import { filters, focused, readActs, rows, type Acts } from './read-acts.ts'
import { keyOf, readKeys, shortcutNames, type Shortcut } from './shortcuts.ts'

/** Longer than this between two keys, and the second begins anew. */
const pauseMsMax = 1_500

/** Whether keys act at all, as it was chosen in this browser. */
export function useShortcutsOn() {
  return useLocalStorage({ key: 'signalbox-shortcuts', defaultValue: true, getInitialValueInEffect: false })
}

/** Listens to the keys of the whole page. Answers what asks for the list: of those that would do something here. */
export function useShortcuts({
  onSearch,
  onList,
}: {
  readonly onSearch: () => void
  readonly onList: (names: readonly Shortcut[]) => void
}): () => void {
  const [on] = useShortcutsOn()
  const { team } = useTeam()
  const isMember = useIsMember(team)
  const navigate = useNavigate()

  function actsOn(row: HTMLElement | undefined): Acts {
    return readActs(row, {
      team,
      isMember,
      go: (address) => void navigate({ href: address }),
      search: onSearch,
      list,
    })
  }

  function list(): void {
    const acts = actsOn(rows()[0])
    onList(shortcutNames.filter((name) => acts[name] !== undefined))
  }

  function press(event: KeyboardEvent, name: Shortcut): void {
    const at = focused()
    const row = at?.closest<HTMLElement>('[data-row]') ?? undefined
    // Enter on a link or a button is its own.
    const act = name === 'open' && at !== row ? undefined : actsOn(row)[name]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  const latest = useRef({ on, press, onSearch })
  // Who sees a page can press its keys.
  useLayoutEffect(() => {
    latest.current = { on, press, onSearch }
  })
  useLayoutEffect(() => {
    let pressed: readonly string[] = []
    let lastAt = 0
    const listen = (event: KeyboardEvent): void => {
      if (asksToSearch(event)) {
        event.preventDefault()
        latest.current.onSearch()
        return
      }
      const undo = asksToUndo(event) ? lastOffer() : undefined
      if (undo !== undefined) {
        event.preventDefault()
        undo()
        return
      }
      if (!latest.current.on || isTaken(event)) return
      const key = keyOf(event)
      const isLate = event.timeStamp - lastAt > pauseMsMax
      lastAt = event.timeStamp
      pressed = !isLate && readKeys([...pressed, key]) !== undefined ? [...pressed, key] : [key]
      const found = readKeys(pressed)
      if (found !== 'started') pressed = []
      if (found !== undefined && found !== 'started') latest.current.press(event, found)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return list
}

function asksToSearch(event: KeyboardEvent): boolean {
  return isChord(event, 'k')
}

/** While somebody types, it is the text that is undone. */
function asksToUndo(event: KeyboardEvent): boolean {
  const { target } = event
  return isChord(event, 'z') && !(target instanceof HTMLElement && isTypedInto(target))
}

function isChord(event: KeyboardEvent, letter: string): boolean {
  return (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && keyOf(event).toLowerCase() === letter
}

/** Somebody types, or something that is open has the keys. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    ['Shift', 'CapsLock'].includes(event.key) ||
    (target instanceof HTMLElement && isTypedInto(target) && !isLeft(event.key, target)) ||
    document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
  )
}

function isTypedInto(target: HTMLElement): boolean {
  return target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])')
}

/** With Escape one leaves a filter; a search field that holds something is cleared by it first. */
function isLeft(key: string, target: HTMLElement): boolean {
  const isCleared = target instanceof HTMLInputElement && target.type === 'search' && target.value !== ''
  return key === 'Escape' && target.closest(`[${filters}]`) !== null && !isCleared
}
