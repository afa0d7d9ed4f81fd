import type { WebhookId } from '../../base/ids.ts'
import type { LaneName } from '../delivery.ts'
import { freeSlots, type Lane } from './lane.ts'

/** So many rows of one webhook and lane, to be claimed in one statement with others. */
export interface Ask {
  readonly webhookId: WebhookId
  readonly lane: LaneName
  readonly count: number
}

/**
 * Shares `budget` slots among the lanes with due work: one slot a turn, round robin over teams and, within a team, over
 * its webhooks, beginning behind the team that began last time (`lastTeam`). Pure: reserves nothing.
 */
export function shareSlots(lanes: Iterable<Lane>, budget: number, now: number, lastTeam: number): readonly Ask[] {
  const demands = [...lanes].flatMap((lane) => demandOf(lane, now) ?? [])
  const teams = Map.groupBy(demands, ({ lane }) => lane.teamId)
  const order = [...teams.keys()].toSorted((a, b) => a - b)
  const behind = order.findIndex((team) => team > lastTeam)
  const ring = [...order.slice(Math.max(behind, 0)), ...order.slice(0, Math.max(behind, 0))]
  // A webhook with many attempts behind it waits for those with fewer: the order within a team rotates by itself.
  const queues = ring.map((team) => teams.get(team)!.toSorted((a, b) => a.lane.turn - b.lane.turn))

  let left = budget
  for (let served = true; served && left > 0;) {
    served = false
    for (const queue of queues) {
      const demand = queue.shift()
      if (demand === undefined || left === 0) continue
      demand.granted += 1
      left -= 1
      served = true
      if (demand.granted < demand.slots) queue.push(demand)
    }
  }
  return demands.flatMap(({ lane, granted }) => (granted === 0 ? [] : splitLane(lane, granted, now)))
}

interface Demand {
  readonly lane: Lane
  readonly slots: number
  granted: number
}

function demandOf(lane: Lane, now: number): Demand | undefined {
  if (lane.dueAt.first > now && lane.dueAt.retry > now) return undefined
  const slots = freeSlots(lane, now)
  return slots > 0 ? { lane, slots, granted: 0 } : undefined
}

/** First attempts before retries, and at least a quarter for each when both wait: of single slots, every fourth. */
function splitLane(lane: Lane, count: number, now: number): readonly Ask[] {
  const { webhookId } = lane
  if (lane.dueAt.retry > now) return [{ webhookId, lane: 'first', count }]
  if (lane.dueAt.first > now) return [{ webhookId, lane: 'retry', count }]
  const retries = Math.floor((lane.turn + count) / 4) - Math.floor(lane.turn / 4)
  const asks: Ask[] = [
    { webhookId, lane: 'first', count: count - retries },
    { webhookId, lane: 'retry', count: retries },
  ]
  return asks.filter((ask) => ask.count > 0)
}
