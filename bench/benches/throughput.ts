import { besideCeiling } from '../figure.ts'
import type { Bench } from '../bench.ts'
import { measureThroughput } from '../pour.ts'
import { takeTurns } from '../take-turns.ts'

/** Single custom events, one request each: accepted and delivered in a second. */
export const throughput: Bench = {
  name: 'throughput',
  async run(house) {
    const ceiling = await house.startCeiling()
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    await signalbox.makeAutomation(webhook)
    const warmUp = { durationMs: 1000 }
    await measureThroughput(house, ceiling, 1, warmUp)
    await measureThroughput(house, signalbox, 1, warmUp)
    const rates = await takeTurns(
      house.sizes.rounds,
      () => measureThroughput(house, signalbox),
      () => measureThroughput(house, ceiling),
    )
    await signalbox.stop()
    await ceiling.stop()
    return [
      besideCeiling({ name: 'throughput', value: rates.value, unit: 'events/s' }, rates.ceiling, { atLeast: 0.6 }),
    ]
  },
}
