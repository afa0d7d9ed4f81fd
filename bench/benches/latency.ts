import type { Bench } from '../bench.ts'
import { besideCeiling, type Figure } from '../figure.ts'
import type { Contender } from '../contender.ts'
import type { House } from '../house.ts'
import { pour } from '../pour.ts'
import { firstNumber } from '../processes/load-order.ts'
import { percentile } from '../statistics.ts'

const ratePerSecond = 200

/** How long after it was asked, and after it was answered, an event was at the receiver, at a load far from the limit. */
export const latency: Bench = {
  name: 'latency',
  async run(house) {
    const ceiling = await house.startCeiling()
    const one = await house.startSignalbox({})
    const webhook = await one.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    await one.makeAutomation(webhook)
    const other = await house.startSignalbox({ beside: one })
    const [bare, alone, together] = await measureRounds(house, [[ceiling], [one], [one, other]])
    await other.stop()
    await one.stop()
    await ceiling.stop()
    return [
      ...compareDelays('latency', alone!, bare!, { p50: 2, p99: 3 }),
      ...compareDelays('latency.two-processes', together!, bare!, {}),
    ]
  },
}

interface Delays {
  /** From the answer on; 0 where the request arrived before the answer did. */
  readonly fromAnswer: number[]
  readonly fromRequest: number[]
}

const noDelays = (): Delays => ({ fromAnswer: [], fromRequest: [] })

/** Every group in turns, warmed up before. */
export async function measureRounds(house: House, groups: readonly (readonly Contender[])[]): Promise<Delays[]> {
  const all = groups.map(noDelays)
  for (const group of groups) await measureDelays(house, group, 1_000)
  for (let round = 0; round < house.sizes.rounds; round++)
    for (const [index, group] of groups.entries()) {
      const delays = await measureDelays(house, group)
      all[index]!.fromAnswer.push(...delays.fromAnswer)
      all[index]!.fromRequest.push(...delays.fromRequest)
    }
  return all
}

/** Several contenders get requests in turn, as behind a balancer. */
async function measureDelays(
  house: House,
  contenders: readonly Contender[],
  durationMs = house.sizes.secondsPerRound * 1000,
): Promise<Delays> {
  const targets = contenders.map(({ target }) => target)
  const { loaded, received } = await pour(
    house,
    { targets, body: contenders[0]!.body, durationMs, ratePerSecond },
    { deliveriesOf: (requests) => requests, recording: true },
  )
  const delays = noDelays()
  received.numbers.forEach((number, index) => {
    const arrivedAt = received.arrivedAt[index]!
    delays.fromRequest.push(arrivedAt - loaded.sentAt[number - firstNumber]!)
    delays.fromAnswer.push(Math.max(0, arrivedAt - loaded.answeredAt[number - firstNumber]!))
  })
  return delays
}

export function compareDelays(
  name: string,
  measured: Delays,
  ceiling: Delays,
  atMost: { readonly p50?: number; readonly p99?: number },
): Figure[] {
  const figure = (delays: keyof Delays, label: string, percent: 50 | 99): Figure => {
    const goal = percent === 50 ? atMost.p50 : atMost.p99
    return besideCeiling(
      { name: `${name}.${label}.p${percent}`, value: percentile(measured[delays], percent), unit: 'ms' },
      percentile(ceiling[delays], percent),
      goal === undefined ? undefined : { atMost: goal },
    )
  }
  return [
    figure('fromRequest', 'request-to-arrival', 50),
    figure('fromRequest', 'request-to-arrival', 99),
    figure('fromAnswer', 'answer-to-arrival', 50),
    figure('fromAnswer', 'answer-to-arrival', 99),
  ]
}
