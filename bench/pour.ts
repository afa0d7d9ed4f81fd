import { setTimeout as pause } from 'node:timers/promises'
import type { Contender } from './contender.ts'
import type { House } from './house.ts'
import type { Loaded, LoadOrder } from './processes/load-order.ts'
import type { Received } from './processes/receiver.ts'

export interface Expected {
  /** How many are due at the receiver for so many requests. */
  readonly deliveriesOf: (requests: number) => number
  /** Whether it notes which arrived when. */
  readonly recording?: boolean
}

export interface Poured {
  readonly loaded: Loaded
  readonly received: Received
  /** From the first request to the last arrival. */
  readonly seconds: number
}

/** Sends a load, and waits until everything that was accepted has arrived: nothing may be lost, nothing come twice. */
export async function pour(
  house: House,
  order: Partial<LoadOrder> & Pick<LoadOrder, 'targets' | 'body'>,
  { deliveriesOf, recording = false }: Expected,
): Promise<Poured> {
  const { sizes, receiver } = house
  await receiver.order({ order: 'reset', recording })
  const loaded = await house.load({
    connections: sizes.connections,
    durationMs: sizes.secondsPerRound * 1000,
    ...order,
  })
  const received = await waitForArrivals(house, deliveriesOf(loaded.accepted))
  return { loaded, received, seconds: (received.lastAt - loaded.startedAt) / 1000 }
}

async function waitForArrivals({ receiver }: House, count: number): Promise<Received> {
  const patienceMs = 20_000
  let before = -1
  let lookedAt = performance.now()
  for (;;) {
    const received = await receiver.order({ order: 'tell' })
    if (received.count > count) throw new Error(`${received.count} deliveries arrived, and ${count} were due`)
    if (received.count === count) return received
    if (received.count > before) {
      before = received.count
      lookedAt = performance.now()
    }
    if (performance.now() - lookedAt > patienceMs)
      throw new Error(`${count - received.count} of ${count} deliveries did not arrive`)
    await pause(20)
  }
}

/** Events that were accepted and delivered in a second: closed loop, as fast as answers come. */
export async function measureThroughput(
  house: House,
  contender: Pick<Contender, 'target' | 'body'>,
  deliveriesPerRequest = 1,
  order: Partial<LoadOrder> = {},
): Promise<number> {
  const { loaded, seconds } = await pour(
    house,
    { targets: [contender.target], body: contender.body, ...order },
    { deliveriesOf: (requests) => requests * deliveriesPerRequest },
  )
  return (loaded.accepted * deliveriesPerRequest) / seconds
}
