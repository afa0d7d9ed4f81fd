import type { Bench } from '../bench.ts'
import { besideCeiling } from '../figure.ts'
import type { House } from '../house.ts'
import { pour } from '../pour.ts'
import { firstNumber, type LoadOrder } from '../processes/load-order.ts'
import type { Signalbox } from '../signalbox.ts'
import { median, percentile } from '../statistics.ts'

const webhooks = 200
const sick = 10
const names = 100
const webhooksPerName = webhooks / names

/** What webhooks that never answer do to the others: the same load with and without a twentieth of them hanging. */
export const isolation: Bench = {
  name: 'isolation',
  async run(house) {
    const contenders = { well: await startWith(house, '/aside'), mixed: await startWith(house, '/hang') }
    const delays = { well: [] as number[], mixed: [] as number[] }
    const rates = { well: [] as number[], mixed: [] as number[] }
    for (const signalbox of Object.values(contenders)) await pourOthers(house, signalbox, { durationMs: 2_000 })
    for (let round = 0; round < house.sizes.rounds; round++)
      for (const name of ['well', 'mixed'] as const) {
        const steady = await pourOthers(house, contenders[name], { ratePerSecond: 100 })
        delays[name].push(...steady.delays)
        rates[name].push((await pourOthers(house, contenders[name], {})).rate)
      }
    for (const signalbox of Object.values(contenders)) await signalbox.stop()
    return [
      besideCeiling(
        { name: 'isolation.p99', value: percentile(delays.mixed, 99), unit: 'ms' },
        percentile(delays.well, 99),
        { atMost: 1.5 },
      ),
      besideCeiling(
        { name: 'isolation.throughput', value: median(rates.mixed), unit: 'deliveries/s' },
        median(rates.well),
        { atLeast: 0.9 },
      ),
    ]
  },
}

/** Each event has one of a hundred names, and goes to two webhooks. The first ten of all are not counted. */
async function startWith(house: House, sickPath: '/aside' | '/hang'): Promise<Signalbox> {
  const signalbox = await house.startSignalbox({})
  for (let number = 0; number < webhooks; number++) {
    const webhook = await signalbox.makeWebhook(number < sick ? sickPath : '/ok')
    const name = String(number % names).padStart(2, '0')
    await signalbox.makeAutomation(webhook, { filter: { name } })
  }
  return signalbox
}

const body = [`{"data":{"n":`, `,"text":"${'x'.repeat(960)}"},"name":"`, `"}`] as const

/** Counts and times what goes to the webhooks that answer. */
async function pourOthers(
  house: House,
  { target }: Signalbox,
  order: Partial<LoadOrder>,
): Promise<{ readonly delays: readonly number[]; readonly rate: number }> {
  const { loaded, received, seconds } = await pour(
    house,
    { targets: [target], body, ...order },
    { deliveriesOf: countOthers, recording: true },
  )
  const delays = received.numbers.map(
    (number, index) => received.arrivedAt[index]! - loaded.sentAt[number - firstNumber]!,
  )
  return { delays, rate: received.count / seconds }
}

function countOthers(requests: number): number {
  const toSick = Array.from({ length: requests }, (_, index) => (firstNumber + index) % names).filter(
    (name) => name < sick,
  )
  return requests * webhooksPerName - toSick.length
}
