import type { Bench } from '../bench.ts'
import { besideCeiling } from '../figure.ts'
import { measureThroughput } from '../pour.ts'
import { takeTurns } from '../take-turns.ts'

const automations = 100

/** One event that a hundred automations answer: deliveries in a second. */
export const fanout: Bench = {
  name: 'fanout',
  async run(house) {
    const ceiling = await house.startCeiling({ fanout: automations })
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    for (let made = 0; made < automations; made++) await signalbox.makeAutomation(webhook)
    const order = { connections: Math.min(16, house.sizes.connections) }
    const warmUp = { ...order, durationMs: 1_000 }
    await measureThroughput(house, ceiling, automations, warmUp)
    await measureThroughput(house, signalbox, automations, warmUp)
    const rates = await takeTurns(
      house.sizes.rounds,
      () => measureThroughput(house, signalbox, automations, order),
      () => measureThroughput(house, ceiling, automations, order),
    )
    await signalbox.stop()
    await ceiling.stop()
    return [
      besideCeiling({ name: 'fanout', value: rates.value, unit: 'deliveries/s' }, rates.ceiling, { atLeast: 0.6 }),
    ]
  },
}
