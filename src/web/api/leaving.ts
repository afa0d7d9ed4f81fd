import { useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let ids: ReadonlySet<string> = new Set()

function set(next: ReadonlySet<string>): void {
  ids = next
  for (const watcher of watchers) watcher()
}

/** Ids of what was deleted on this page: lists leave it out from the moment that was asked. */
export const leaving = {
  add: (...going: readonly string[]) => set(new Set([...ids, ...going])),
  /** It was refused or undone. */
  remove: (...back: readonly string[]) => set(new Set([...ids].filter((id) => !back.includes(id)))),
}

/** Whether something stays in the lists. */
export function useStays(): (item: unknown) => boolean {
  const gone = useSyncExternalStore(watch, () => ids)
  return (item) => !gone.has((item as { readonly id?: string }).id ?? '')
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
