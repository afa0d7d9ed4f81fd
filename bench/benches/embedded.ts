import { readConnection, urlOf } from '../../src/server/database/embedded/connection-file.ts'
import type { Bench } from '../bench.ts'
import { besideCeiling } from '../figure.ts'
import { measureThroughput } from '../pour.ts'
import { takeTurns } from '../take-turns.ts'
import { compareDelays, measureRounds } from './latency.ts'

/** `throughput` and `latency` once more, on the database that the product brings along and runs itself. */
export const embedded: Bench = {
  name: 'embedded',
  async run(house) {
    const signalbox = await house.startSignalbox({ database: 'embedded' })
    const ceiling = await house.startCeiling({ databaseUrl: urlOf(readConnection(signalbox.dataFolder)!) })
    const webhook = await signalbox.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    await signalbox.makeAutomation(webhook)
    await measureThroughput(house, ceiling)
    await measureThroughput(house, signalbox)
    const rates = await takeTurns(
      house.sizes.rounds,
      () => measureThroughput(house, signalbox),
      () => measureThroughput(house, ceiling),
    )
    const [bare, ours] = await measureRounds(house, [[ceiling], [signalbox]])
    await ceiling.stop()
    await signalbox.stop()
    return [
      besideCeiling({ name: 'embedded.throughput', value: rates.value, unit: 'events/s' }, rates.ceiling, {
        atLeast: 0.6,
      }),
      ...compareDelays('embedded.latency', ours!, bare!, { p50: 2, p99: 3 }),
    ]
  },
}
