const watchers = new Set<() => void>()
let over = false

function set(value: boolean): void {
  over = value
  for (const watcher of watchers) watcher()
}

/** Whether the server still knows who asks. */
export const session = {
  isOver: () => over,
  end: () => set(true),
  begin: () => set(false),
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  },
}
