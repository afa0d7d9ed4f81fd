import type { CancellationEstimate, MassRedelivery, RedeliveryEstimate } from '../contract/redelivery.ts'
import { relativeTime } from './print.ts'

/** `214 deliveries, made from 3 h ago to 2 m ago`. */
export function spellSpan({ count, oldest, newest }: CancellationEstimate, now: Date): string {
  const deliveries = count === 1 ? '1 delivery' : `${count} deliveries`
  if (oldest === null || newest === null) return deliveries
  return `${deliveries}, made from ${relativeTime(oldest, now)} to ${relativeTime(newest, now)}`
}

export function spellEstimate(estimate: RedeliveryEstimate, now: Date): string {
  return `${spellSpan(estimate, now)}; at ${estimate.rate_per_second} per second it takes ${spellLength(estimate.seconds)}`
}

/** `rdl_4 running: 120 of 214 made, 118 delivered, 2 failed`. */
export function spellProgress(redelivery: MassRedelivery): string {
  const { id, state, total, made, succeeded, failed, skipped, under_way: underWay } = redelivery
  return [
    `${id} ${state}: ${made} of ${total} made`,
    `${succeeded} delivered`,
    `${failed} failed`,
    ...(underWay === 0 ? [] : [`${underWay} under way`]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ].join(', ')
}

function spellLength(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3_600)} h`
}
