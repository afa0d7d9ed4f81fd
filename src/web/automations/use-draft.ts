import { useRef, useState } from 'react'
import type { Automation } from '../../contract/automation.ts'
import { emptyDraft, type Draft } from './draft.ts'

interface Kept {
  readonly draft: Draft
  /** What it is a change of; a new automation is of none. */
  readonly from?: Automation | undefined
}

/**
 * Kept in this browser from the first change on until it is saved, with what it started from, so that a reload or an ended
 * session loses nothing that was typed, and what others change meanwhile is seen.
 */
export function useDraft(key: string, start: Draft, present?: Automation) {
  const storageKey = `signalbox-draft-${key}`
  const [kept, setKept] = useState(() => read(storageKey))
  const now: Kept = kept ?? { draft: start, from: present }
  // What is undone later changes what it is then.
  const latest = useRef(now)
  latest.current = now
  return {
    ...now,
    change(change: Partial<Draft>): void {
      const { draft, from } = latest.current
      latest.current = { draft: { ...draft, ...change }, from }
      localStorage.setItem(storageKey, JSON.stringify(latest.current))
      setKept(latest.current)
    },
    drop: () => localStorage.removeItem(storageKey),
  }
}

export type DraftState = ReturnType<typeof useDraft>

function read(key: string): Kept | undefined {
  try {
    const { draft, from } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>
    return draft === undefined ? undefined : { draft: { ...emptyDraft, ...draft }, from }
  } catch {
    return undefined
  }
}
