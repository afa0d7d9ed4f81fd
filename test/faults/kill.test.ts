import { afterEach, expect, test } from 'vitest'
import { makeEmptyDatabase } from '../support/database.ts'
import { countSending, expectNothingLost, makeAutomations, makeSetting, pour } from '../support/poured-events.ts'
import { waitFor } from '../support/wait-for.ts'

// Signalbox runs in processes of its own here, so that they can be killed at any moment.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aSetting() {
  const database = await makeEmptyDatabase()
  cleanUps.push(() => database.drop())
  const setting = await makeSetting({ databaseUrl: database.url })
  cleanUps.push(() => setting.end())
  return setting
}

test('kill -9 while events pour in: the next start delivers every accepted event, and few of them twice', async () => {
  const setting = await aSetting()
  let current = await setting.start()
  await makeAutomations(setting.client(current), setting.receiver)
  let duplicatesMax = 0
  const pouring = pour(() => [setting.client(current)])
  for (let round = 0; round < 3; round++) {
    const before = pouring.accepted.size
    await waitFor('a few hundred events', () => pouring.accepted.size > before + 300)
    await current.kill('SIGKILL')
    duplicatesMax += await countSending(setting)
    current = await setting.start()
  }
  await pouring.stop()
  expect(pouring.accepted.size).toBeGreaterThan(900)
  await expectNothingLost(setting, pouring.accepted, duplicatesMax)
})

test('SIGTERM lets what is under way end, and leaves the rest to the next start', async () => {
  const setting = await aSetting()
  const first = await setting.start()
  await makeAutomations(setting.client(first), setting.receiver)
  const pouring = pour(() => [setting.client(first)])
  await waitFor('a few hundred events', () => pouring.accepted.size > 300)
  expect(await first.kill('SIGTERM')).toBe(0)
  await pouring.stop()
  expect(await countSending(setting)).toBe(0)
  await setting.start()
  await expectNothingLost(setting, pouring.accepted, 0)
})
