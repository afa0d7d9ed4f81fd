/** Remembers what was loaded by key, until somebody asks for a newer version of it. */
export interface VersionedMemory<Key, Value> {
  /** What the key stands for at this version or a newer one; undefined when there is nothing, which is not remembered. */
  get(key: Key, version: number): Promise<Value | undefined>
}

export interface VersionedMemoryOptions<Key, Value> {
  /** Reads the present state, with the version it is of. */
  readonly load: (key: Key) => Promise<Value | undefined>
  /** The longest held goes first when there are more. */
  readonly entriesMax: number
}

/** Callers that come together share one load. */
export function makeVersionedMemory<Key, Value extends { readonly version: number }>({
  load,
  entriesMax,
}: VersionedMemoryOptions<Key, Value>): VersionedMemory<Key, Value> {
  const held = new Map<Key, Value>()
  const loading = new Map<Key, Promise<Value | undefined>>()

  async function loadOnce(key: Key): Promise<Value | undefined> {
    try {
      const value = await load(key)
      held.delete(key)
      if (value !== undefined) held.set(key, value)
      const [oldest] = held.keys()
      if (held.size > entriesMax) held.delete(oldest!)
      return value
    } finally {
      loading.delete(key)
    }
  }

  return {
    async get(key, version) {
      for (;;) {
        const known = held.get(key)
        if (known !== undefined && known.version >= version) return known
        // A load that somebody else began may be of a state before `version`: then it is done again.
        const running = loading.get(key)
        const load = running ?? loadOnce(key)
        if (running === undefined) loading.set(key, load)
        const value = await load
        if (running === undefined || (value !== undefined && value.version >= version)) return value
      }
    },
  }
}
