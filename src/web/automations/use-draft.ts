import { useState } from 'react'
import { emptyDraft, type Draft } from './draft.ts'

/** Kept in this browser until it is saved, so that a reload or an ended session loses nothing that was typed. */
export function useDraft(key: string, start: Draft) {
  const storageKey = `signalbox-draft-${key}`
  const [draft, setDraft] = useState<Draft>(() => read(storageKey) ?? start)
  return {
    draft,
    change(change: Partial<Draft>): void {
      const changed = { ...draft, ...change }
      localStorage.setItem(storageKey, JSON.stringify(changed))
      setDraft(changed)
    },
    drop: () => localStorage.removeItem(storageKey),
  }
}

export type DraftState = ReturnType<typeof useDraft>

function read(key: string): Draft | undefined {
  try {
    const kept = localStorage.getItem(key)
    return kept === null ? undefined : { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) }
  } catch {
    return undefined
  }
}
