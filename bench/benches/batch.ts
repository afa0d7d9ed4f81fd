import type { Bench } from '../bench.ts'
import { besideCeiling } from '../figure.ts'
import type { Contender } from '../contender.ts'
import { measureThroughput } from '../pour.ts'
import { takeTurns } from '../take-turns.ts'

const eventsPerRequest = 100

/** A hundred custom events in each request: accepted and delivered in a second. */
export const batch: Bench = {
  name: 'batch',
  async run(house) {
    const ceiling = await house.startCeiling()
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    await signalbox.makeAutomation(webhook)
    const order = { connections: Math.min(8, house.sizes.connections) }
    const measure = (contender: Contender, durationMs = house.sizes.secondsPerRound * 1000) =>
      measureThroughput(house, { target: contender.batchTarget, body: batchOf(contender.body) }, eventsPerRequest, {
        ...order,
        durationMs,
      })
    await measure(ceiling, 1_000)
    await measure(signalbox, 1_000)
    const rates = await takeTurns(
      house.sizes.rounds,
      () => measure(signalbox),
      () => measure(ceiling),
    )
    await signalbox.stop()
    await ceiling.stop()
    return [besideCeiling({ name: 'batch', value: rates.value, unit: 'events/s' }, rates.ceiling, { atLeast: 0.6 })]
  },
}

/** The request's number stands in its first event. */
function batchOf([before, after]: Contender['body']): Contender['body'] {
  const others = Array.from({ length: eventsPerRequest - 1 }, () => `${before}0${after}`)
  return [`{"events":[${before}`, `${after},${others.join(',')}]}`]
}
