import { expect, test } from 'vitest'
import { useDatabase, withClient } from '../../../test/support/database.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { silentLog } from '../base/log.ts'
import { limits } from '../base/limits.ts'
import { systemTimers } from '../base/timers.ts'
import { listenForWakes, readWake } from '../deliveries/queue/wake.ts'
import { makeHintSender } from './hints.ts'

const database = useDatabase()

test('a hint goes out at once, those that come right after it together and later, and then again at once', async () => {
  await withClient(database.url, async (listener) => {
    const heard: (readonly number[])[] = []
    listener.on('notification', ({ payload }) => heard.push(readWake(payload ?? '')))
    await listenForWakes(listener)
    const rests: { readonly ms: number; readonly end: () => void }[] = []
    const timers = { ...systemTimers, later: (ms: number, end: () => void) => (rests.push({ ms, end }), () => {}) }
    const tell = makeHintSender({ db: database.db, log: silentLog, timers })

    tell([1])
    tell([2])
    tell([3, 2])
    await waitFor('the first hint', () => heard.length === 1)
    expect(heard).toEqual([[1]])
    expect(rests.map(({ ms }) => ms)).toEqual([limits.hintMsMin])

    rests[0]!.end()
    await waitFor('those that waited', () => heard.length === 2)
    expect(heard[1]).toEqual([2, 3])

    rests[1]!.end()
    expect(rests).toHaveLength(2)
    tell([4])
    await waitFor('the next hint', () => heard.length === 3)
    expect(heard[2]).toEqual([4])
  })
})
