import { expect, test } from 'vitest'
import { endOfTurn } from '../base/timers.ts'
import { shareRuns } from './share-runs.ts'

/** Reads that end when the test says so. */
function makeReads() {
  const reads: PromiseWithResolvers<number>[] = []
  const read = (): Promise<number> => {
    const started = Promise.withResolvers<number>()
    reads.push(started)
    return started.promise
  }
  return { reads, read }
}

test('those who ask in one turn of the event loop share a read', async () => {
  const { reads, read } = makeReads()
  const share = shareRuns<number>()
  const all = [share('key', read), share('key', read), share('key', read)]
  await endOfTurn()
  expect(reads).toHaveLength(1)
  reads[0]!.resolve(1)
  expect(await Promise.all(all)).toEqual([1, 1, 1])
})

test('who asks while a read runs shares the next one with all the others, and never gets what was read before', async () => {
  const { reads, read } = makeReads()
  const share = shareRuns<number>()
  const first = share('key', read)
  await endOfTurn()
  const [second, third] = [share('key', read), share('key', read)]
  expect(reads).toHaveLength(1)
  reads[0]!.resolve(1)
  expect(await first).toBe(1)
  expect(reads).toHaveLength(2)
  const fourth = share('key', read)
  reads[1]!.resolve(2)
  expect(await Promise.all([second, third])).toEqual([2, 2])
  reads[2]!.resolve(3)
  expect(await fourth).toBe(3)
})

test('other questions are read for themselves', async () => {
  const { reads, read } = makeReads()
  const share = shareRuns<number>()
  const both = [share('one', read), share('two', read)]
  await endOfTurn()
  expect(reads).toHaveLength(2)
  reads.forEach(({ resolve }, index) => resolve(index))
  expect(await Promise.all(both)).toEqual([0, 1])
})

test('a read that fails fails those who shared it, and nobody after them', async () => {
  const { reads, read } = makeReads()
  const share = shareRuns<number>()
  const first = share('key', read)
  await endOfTurn()
  const second = share('key', read)
  reads[0]!.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  reads[1]!.resolve(2)
  expect(await second).toBe(2)
})
