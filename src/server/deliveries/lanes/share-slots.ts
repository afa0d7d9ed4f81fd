import type { EntityId, WebhookId } from '../../base/ids.ts'
import type { LaneName } from '../delivery.ts'
import { freeSlots, type Lane } from './lane.ts'

/** So many rows of one webhook and lane, to be claimed in one statement with others. */
export interface Ask {
  readonly webhookId: WebhookId
  readonly lane: LaneName
  readonly count: number
}

export interface SharedSlots {
  readonly asks: readonly Ask[]
  /** Who got the last slot: the next round begins behind it. */
  readonly lastTeam: EntityId
}

/**
 * Shares `budget` slots among the lanes with due work: one slot a turn, round robin over teams and, within a team, over
 * its webhooks, going on behind the team that got the last slot before (`lastTeam`). Pure: reserves nothing.
 */
export function shareSlots(lanes: Iterable<Lane>, budget: number, now: number, lastTeam: EntityId): SharedSlots {
  const demands = [...lanes].flatMap((lane) => demandOf(lane, now) ?? [])
  const teams = Map.groupBy(demands, ({ lane }) => lane.teamId)
  const order = [...teams.keys()].toSorted((a, b) => a - b)
  const behind = Math.max(
    order.findIndex((team) => team > lastTeam),
    0,
  )
  // Who waited longest comes first, so that the order within a team goes round by itself.
  const ring = [...order.slice(behind), ...order.slice(0, behind)].map((team) => ({
    team,
    queue: teams.get(team)!.toSorted((a, b) => a.lane.servedAt - b.lane.servedAt),
  }))

  let left = budget
  let last = lastTeam
  for (let served = true; served && left > 0;) {
    served = false
    for (const { team, queue } of ring) {
      const demand = queue.shift()
      if (demand === undefined || left === 0) continue
      demand.granted += 1
      left -= 1
      last = team
      served = true
      if (demand.granted < demand.slots) queue.push(demand)
    }
  }
  const asks = demands.flatMap(({ lane, granted }) => (granted === 0 ? [] : splitLane(lane, granted, now)))
  return { asks, lastTeam: last }
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
