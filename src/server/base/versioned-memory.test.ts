import { expect, test } from 'vitest'
import { makeVersionedMemory } from './versioned-memory.ts'

test('what is held is answered without a load, until a newer version is asked for', async () => {
  const store = makeStore()
  const memory = makeVersionedMemory({ load: store.load, entriesMax: 10 })
  expect(await memory.get('a', 1)).toEqual({ version: 1 })
  expect(await memory.get('a', 1)).toEqual({ version: 1 })
  expect(store.loads).toBe(1)
  store.version = 2
  expect(await memory.get('a', 1)).toEqual({ version: 1 })
  expect(await memory.get('a', 2)).toEqual({ version: 2 })
  expect(store.loads).toBe(2)
})

test('callers that come together share one load', async () => {
  const store = makeStore()
  const memory = makeVersionedMemory({ load: store.load, entriesMax: 10 })
  await Promise.all([memory.get('a', 1), memory.get('a', 1), memory.get('a', 1)])
  expect(store.loads).toBe(1)
})

test('a load begun before a version stood does not answer for it', async () => {
  const store = makeStore()
  const memory = makeVersionedMemory({ load: store.load, entriesMax: 10 })
  const early = memory.get('a', 1)
  store.version = 2
  expect(await memory.get('a', 2)).toEqual({ version: 2 })
  expect(await early).toEqual({ version: 1 })
  expect(store.loads).toBe(2)
})

test('what is not there is asked for again, and a failed load fails its callers only', async () => {
  const answers = [undefined, new Error('away'), { version: 1 }]
  const memory = makeVersionedMemory<string, { version: number }>({
    entriesMax: 10,
    async load() {
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  expect(await memory.get('a', 0)).toBeUndefined()
  await expect(memory.get('a', 0)).rejects.toThrow('away')
  expect(await memory.get('a', 0)).toEqual({ version: 1 })
})

test('it never holds more than its limit', async () => {
  const store = makeStore()
  const memory = makeVersionedMemory({ load: store.load, entriesMax: 2 })
  for (const key of ['a', 'b', 'c']) await memory.get(key, 1)
  await memory.get('b', 1)
  await memory.get('c', 1)
  expect(store.loads).toBe(3)
  await memory.get('a', 1)
  expect(store.loads).toBe(4)
})

function makeStore() {
  const store = {
    version: 1,
    loads: 0,
    async load(_key: string) {
      store.loads += 1
      const { version } = store
      await Promise.resolve()
      return { version }
    },
  }
  return store
}
