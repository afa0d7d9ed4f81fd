import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { besideCeiling, type Figure } from '../figure.ts'
import type { House } from '../house.ts'
import { pour } from '../pour.ts'
import { firstNumber } from '../processes/load-order.ts'
import type { Signalbox } from '../signalbox.ts'
import { median } from '../statistics.ts'

const ratePerSecond = 10
const eventsPerRequest = 1_000

interface Backlog {
  readonly name: string
  /** Of the receiver it goes to. */
  readonly path: string
  readonly requestsAtOnce: number
  /** So many wait for each second of a round. */
  readonly eventsPerSecond: number
}

/**
 * What a team with an event now and then waits while another's backlog is worked off, beside what it waits alone: one
 * backlog whose lane is full, of a receiver that takes its time, and one that takes every core there is.
 */
export const fairness: Bench = {
  name: 'fairness',
  async run(house) {
    const { requestsAtOnce } = house.sizes
    const signalbox = await house.startSignalbox({})
    const { admin } = signalbox
    await admin.must('POST', '/organizations/acme/teams', { name: 'quiet' })
    const quiet = await admin.must<{ id: string }>('POST', '/teams/quiet/webhooks', {
      name: 'now and then',
      url: `http://127.0.0.1:${house.receiver.port}/ok`,
    })
    await signalbox.makeAutomation(quiet.id, { filter: { name: 'now and then' } })
    await measureDelays(house, signalbox)
    const fullLane = { name: 'fairness', path: '/slow', requestsAtOnce: 32, eventsPerSecond: 1_000 }
    const fullCores = { name: 'fairness.full-cores', path: '/aside', requestsAtOnce, eventsPerSecond: 9_000 }
    const figures = [await besideBacklog(house, signalbox, fullLane), await besideBacklog(house, signalbox, fullCores)]
    await signalbox.stop()
    return figures
  },
}

async function besideBacklog(house: House, signalbox: Signalbox, backlog: Backlog): Promise<Figure> {
  const { name, path, requestsAtOnce, eventsPerSecond } = backlog
  const flooded = await signalbox.makeWebhook(path, { concurrency_max: requestsAtOnce })
  await signalbox.makeAutomation(flooded, { filter: { name } })
  const delays = { alone: [] as number[], beside: [] as number[] }
  for (let round = 0; round < house.sizes.rounds; round++) {
    delays.alone.push(...(await measureDelays(house, signalbox)))
    await flood(signalbox, name, flooded, house.sizes.secondsPerRound * eventsPerSecond)
    delays.beside.push(...(await measureDelays(house, signalbox)))
    if ((await countWaiting(signalbox)) === 0) throw new Error('the backlog was over before the round')
    while ((await countWaiting(signalbox)) > 0) await pause(100)
  }
  return besideCeiling({ name: `${name}.p50`, value: median(delays.beside), unit: 'ms' }, median(delays.alone), {
    atMost: 2,
  })
}

async function measureDelays(house: House, { target }: Signalbox): Promise<number[]> {
  const { loaded, received } = await pour(
    house,
    { targets: [target], body: ['{"name":"now and then","data":{"n":', '}}'], ratePerSecond },
    { deliveriesOf: (requests) => requests, recording: true },
  )
  return received.numbers.map((number, index) => received.arrivedAt[index]! - loaded.sentAt[number - firstNumber]!)
}

/** So many wait, and are let go together. */
async function flood({ admin }: Signalbox, name: string, webhook: string, count: number): Promise<void> {
  await admin.must('POST', `/webhooks/${webhook}/pause`)
  const events = Array.from({ length: eventsPerRequest }, () => ({ name, data: { text: 'x'.repeat(960) } }))
  for (let sent = 0; sent < count; sent += eventsPerRequest)
    await admin.must('POST', '/projects/demo/events/batch', { events })
  await admin.must('POST', `/webhooks/${webhook}/resume`)
}

async function countWaiting({ admin }: Signalbox): Promise<number> {
  const { waiting } = await admin.must<{ waiting: number }>('GET', '/stats?team=vision')
  return waiting
}
