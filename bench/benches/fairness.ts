import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { besideCeiling } from '../figure.ts'
import type { House } from '../house.ts'
import { pour } from '../pour.ts'
import { firstNumber } from '../processes/load-order.ts'
import type { Signalbox } from '../signalbox.ts'
import { median } from '../statistics.ts'

const ratePerSecond = 10
const floodEventsPerSecond = 9_000
const eventsPerRequest = 1_000

/** What a team with an event now and then waits while another's backlog is worked off, beside what it waits alone. */
export const fairness: Bench = {
  name: 'fairness',
  async run(house) {
    const signalbox = await house.startSignalbox({})
    const { admin } = signalbox
    await admin.must('POST', '/organizations/acme/teams', { name: 'quiet' })
    const quiet = await admin.must<{ id: string }>('POST', '/teams/quiet/webhooks', {
      name: 'now and then',
      url: `http://127.0.0.1:${house.receiver.port}/ok`,
    })
    await signalbox.makeAutomation(quiet.id, { filter: { name: 'now and then' } })
    const flooded = await signalbox.makeWebhook('/aside', { concurrency_max: house.sizes.requestsAtOnce })
    await signalbox.makeAutomation(flooded, { filter: { name: 'flood' } })

    await measureDelays(house, signalbox)
    const delays = { alone: [] as number[], beside: [] as number[] }
    for (let round = 0; round < house.sizes.rounds; round++) {
      delays.alone.push(...(await measureDelays(house, signalbox)))
      await flood(signalbox, flooded, house.sizes.secondsPerRound * floodEventsPerSecond)
      delays.beside.push(...(await measureDelays(house, signalbox)))
      if ((await countWaiting(signalbox)) === 0) throw new Error('the flood was over before the round')
      while ((await countWaiting(signalbox)) > 0) await pause(100)
    }
    await signalbox.stop()
    return [
      besideCeiling({ name: 'fairness.p50', value: median(delays.beside), unit: 'ms' }, median(delays.alone), {
        atMost: 2,
      }),
    ]
  },
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
async function flood({ admin }: Signalbox, webhook: string, count: number): Promise<void> {
  await admin.must('POST', `/webhooks/${webhook}/pause`)
  const events = Array.from({ length: eventsPerRequest }, () => ({ name: 'flood', data: { text: 'x'.repeat(960) } }))
  for (let sent = 0; sent < count; sent += eventsPerRequest)
    await admin.must('POST', '/projects/demo/events/batch', { events })
  await admin.must('POST', `/webhooks/${webhook}/resume`)
}

async function countWaiting({ admin }: Signalbox): Promise<number> {
  const { waiting } = await admin.must<{ waiting: number }>('GET', '/stats?team=vision')
  return waiting
}
