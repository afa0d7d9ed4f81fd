import { afterEach, expect, test } from 'vitest'
import { makeFakedTime, type FakedTime } from '../support/faked-time.ts'
import { makeCluster, type OwnCluster } from '../support/own-cluster.ts'
import { everythingEnded, expectNothingLost, makeAutomations, makeSetting, pour } from '../support/poured-events.ts'
import { waitFor } from '../support/wait-for.ts'

// A wall clock is put forward and back by an hour, under load: of Signalbox, then of its database.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aTime(): Promise<FakedTime> {
  const time = await makeFakedTime()
  cleanUps.push(() => time.remove())
  return time
}

async function aCluster(environment: Readonly<Record<string, string>>): Promise<OwnCluster> {
  const cluster = await makeCluster({}, { environment })
  cleanUps.push(() => cluster.remove())
  await cluster.start()
  return cluster
}

/** Two processes, with events pouring into both of them; of every tenth the receiver wants a second attempt. */
async function aScene(cluster: OwnCluster, settings: Readonly<Record<string, string>> = {}) {
  const setting = await makeSetting({ databaseUrl: cluster.url })
  cleanUps.push(() => setting.end())
  const refused = new Set<string>()
  setting.receiver.answerWith((request, response) => {
    const id = String(request.headers['webhook-id'])
    const isRefused = (JSON.parse(request.body.toString()) as { n: number }).n % 10 === 0 && !refused.has(id)
    if (isRefused) refused.add(id)
    setTimeout(() => response.writeHead(isRefused ? 429 : 200).end(), 20)
  })
  const processes = [await setting.start(settings), await setting.start(settings)]
  await makeAutomations(setting.client(processes[0]!), setting.receiver, 4, { rate_per_second: 5 })
  const pouring = pour(() => processes.map((process) => setting.client(process)), {
    webhooks: 4,
    atATime: 1,
    pauseMs: 40,
  })
  cleanUps.push(() => pouring.stop())
  const arrive = async (count: number): Promise<void> => {
    const before = setting.receiver.requests.length
    await waitFor('events to arrive', () => setting.receiver.requests.length > before + count, 30_000)
  }
  await arrive(40)
  return { setting, pouring, refused, arrive }
}

const hour = 3600
/** Requests under way when leases end: those, and no others, may arrive again. */
const sendingAtOnceMax = 4 * 20

test('the clock of Signalbox is put forward and back: deliveries go on, retries come in time, and nothing is sent twice', async () => {
  const time = await aTime()
  const { setting, pouring, refused, arrive } = await aScene(await aCluster({}), time.settings)
  for (const seconds of [hour, 0, -hour, 0]) {
    await time.turnTo(seconds)
    // Until every token that was there before is used up.
    await arrive(60)
  }
  expect(pouring.refused.statuses).toEqual([])
  await pouring.stop()
  // Until then the receiver refuses.
  await everythingEnded(setting)
  await expectNothingLost(setting, pouring.accepted, refused.size)
})

test('the clock of the database is put forward: leases end and begin, and no more is repeated than was being sent', async () => {
  const time = await aTime()
  const { setting, pouring, refused, arrive } = await aScene(await aCluster(time.settings))
  await time.turnTo(hour)
  await arrive(100)
  await pouring.stop()
  // Until then the receiver refuses.
  await everythingEnded(setting)
  await expectNothingLost(setting, pouring.accepted, refused.size + sendingAtOnceMax)
})
