import { useRef, useState } from 'react'
import type { Automation } from '../../contract/automation.ts'
import { useMe } from '../api/use-me.ts'
import { emptyDraft, type Draft } from './draft.ts'

interface Kept {
  readonly draft: Draft
  /** What it is a change of; a new automation is of none. */
  readonly from?: Automation | undefined
  /** When it was last changed. */
  readonly at: number
}

const keptMs = 14 * 24 * 3600 * 1000
const prefix = 'signalbox-draft-'

/**
 * Kept in this browser for whoever typed it, from the first change on until it is saved, with what it started from, so that
 * a reload or an ended session loses nothing, and what others change meanwhile is seen. After two weeks without a change it
 * is forgotten.
 */
export function useDraft(key: string, start: Draft, present?: Automation) {
  const person = useMe().data?.name ?? ''
  const storageKey = `${prefix}${person}-${key}`
  const [kept, setKept] = useState(() => read(storageKey))
  const now: Omit<Kept, 'at'> = kept ?? { draft: start, from: present }
  // What is undone later changes what it is then.
  const latest = useRef(now)
  latest.current = now
  return {
    draft: now.draft,
    isKept: kept !== undefined,
    from: now.from,
    change(change: Partial<Draft>): void {
      const { draft, from } = latest.current
      const changed = { draft: { ...draft, ...change }, from, at: Date.now() }
      latest.current = changed
      localStorage.setItem(storageKey, JSON.stringify(changed))
      setKept(changed)
    },
    drop: () => localStorage.removeItem(storageKey),
  }
}

export type DraftState = ReturnType<typeof useDraft>

function read(wanted: string): Kept | undefined {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  for (const key of keys) if (parse(key) === undefined) localStorage.removeItem(key)
  return parse(wanted)
}

function parse(key: string): Kept | undefined {
  try {
    const { draft, from, at = 0 } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>
    return draft === undefined || at < Date.now() - keptMs
      ? undefined
      : { draft: { ...emptyDraft, ...draft }, from, at }
  } catch {
    return undefined
  }
}
