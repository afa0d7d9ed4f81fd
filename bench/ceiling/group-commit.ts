const itemsMax = 256
const waitMs = 3
const committersMax = 2

/**
 * Callers share commits as at the event door: at most 256 items or 3 ms, none when idle, two committers in turn. Part of
 * the ceiling: see `ceiling.ts` before changing it.
 */
export function makeGroupCommit<Item>(write: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let gathering: { item: Item; resolve: () => void; reject: (error: unknown) => void }[] = []
  let committers = 0
  let timing = false

  function schedule(): void {
    if (gathering.length === 0 || committers === committersMax) return
    if (committers === 0 || gathering.length >= itemsMax) return void commitNext()
    if (timing) return
    timing = true
    setTimeout(() => {
      timing = false
      if (gathering.length > 0 && committers < committersMax) void commitNext()
    }, waitMs)
  }

  async function commitNext(): Promise<void> {
    const batch = gathering.slice(0, itemsMax)
    gathering = gathering.slice(itemsMax)
    committers += 1
    try {
      await write(batch.map(({ item }) => item))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    committers -= 1
    schedule()
  }

  return (item) =>
    new Promise((resolve, reject) => {
      gathering.push({ item, resolve, reject })
      schedule()
    })
}
