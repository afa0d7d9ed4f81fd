import type { EntityId, WebhookId } from '../../base/ids.ts'
import type { LaneName } from '../delivery.ts'
import { admits, closedBreaker, onUnused, type Breaker } from './breaker.ts'
import { fullBucket, nextTokenAt, spend, spendable, type TokenBucket } from './token-bucket.ts'

/**
 * What the owner of a webhook's lane knows of it. One process owns a lane at a time, so its limits are decided here, in
 * memory. Instants are milliseconds of the wall clock; `Infinity` means never.
 */
export interface Lane {
  readonly webhookId: WebhookId
  readonly teamId: EntityId
  limits: LaneLimits
  inFlight: number
  bucket: TokenBucket | undefined
  breaker: Breaker
  /** When the earliest waiting row is due, as far as known: 0 when it must be asked. */
  readonly dueAt: Record<LaneName, number>
  /** Counts started attempts, so that retries get their share even one slot at a time. */
  turn: number
  /** When an attempt was last started or reserved: who waited longest comes first. */
  servedAt: number
  /** It is given to another worker as soon as nothing of it is under way; nothing new starts. */
  leaving: boolean
  /** The state that was last written down. */
  saved: string
}

export interface LaneLimits {
  readonly concurrencyMax: number
  readonly ratePerSecond: number | null
  readonly paused: boolean
  readonly inOrder: boolean
}

export function makeLane(webhookId: WebhookId, teamId: EntityId, limits: LaneLimits, now: number): Lane {
  const lane: Lane = {
    webhookId,
    teamId,
    limits,
    inFlight: 0,
    bucket: undefined,
    breaker: closedBreaker,
    dueAt: { first: Number.POSITIVE_INFINITY, retry: Number.POSITIVE_INFINITY },
    turn: 0,
    servedAt: Number.NEGATIVE_INFINITY,
    leaving: false,
    saved: 'null undefined',
  }
  setLimits(lane, limits, now)
  return lane
}

/** Takes over changed settings; a bucket keeps what it holds unless its rate changed. */
export function setLimits(lane: Lane, limits: LaneLimits, now: number): void {
  lane.limits = limits
  if (limits.ratePerSecond === null) lane.bucket = undefined
  else if (lane.bucket?.ratePerSecond !== limits.ratePerSecond) lane.bucket = fullBucket(limits.ratePerSecond, now)
}

/** How many attempts may start now. */
export function freeSlots(lane: Lane, now: number): number {
  if (lane.limits.paused || lane.leaving) return 0
  const byCap = lane.limits.concurrencyMax - lane.inFlight
  const byRate = lane.bucket === undefined ? byCap : spendable(lane.bucket, now)
  return Math.max(0, Math.min(byCap, byRate, admits(lane.breaker, now)))
}

/** Takes slots and tokens for attempts about to start. */
export function reserve(lane: Lane, count: number, now: number): void {
  lane.inFlight += count
  lane.turn += count
  lane.servedAt = now
  if (lane.bucket !== undefined) lane.bucket = spend(lane.bucket, count, now)
  if (lane.breaker.openUntil !== undefined) lane.breaker = { ...lane.breaker, probing: true }
}

/** Gives slots and tokens back for attempts that were never made. */
export function giveBack(lane: Lane, count: number, now: number): void {
  lane.inFlight -= count
  if (lane.bucket !== undefined) lane.bucket = spend(lane.bucket, -count, now)
  lane.breaker = onUnused(lane.breaker)
}

/** When the lane next needs looking at: work is due and the limits may let it start. */
export function nextLookAt(lane: Lane, now: number): number {
  if (lane.limits.paused || lane.leaving) return Number.POSITIVE_INFINITY
  const due = Math.min(lane.dueAt.first, lane.dueAt.retry)
  if (due === Number.POSITIVE_INFINITY || lane.inFlight >= lane.limits.concurrencyMax) return Number.POSITIVE_INFINITY
  const byRate = lane.bucket === undefined ? 0 : nextTokenAt(lane.bucket, now)
  const byBreaker = lane.breaker.probing ? Number.POSITIVE_INFINITY : (lane.breaker.openUntil ?? 0)
  return Math.max(due, byRate, byBreaker)
}

/** What another owner has to know of the lane's limits. */
export function stateOf({ webhookId, bucket, breaker }: Lane): LaneState {
  return {
    webhookId,
    tokens: bucket?.tokens ?? null,
    breakerUntil: instantOf(breaker.openUntil),
    failingSince: instantOf(breaker.openSince),
  }
}

function instantOf(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms)
}

/** States that have changed since they were last asked for here: a lane without limits, or at rest, has nothing to tell. */
export function takeUnsaved(lanes: Iterable<Lane>): readonly LaneState[] {
  return [...lanes].flatMap((lane) => {
    const state = stateOf(lane)
    const text = `${state.tokens} ${state.breakerUntil?.getTime()}`
    if (text === lane.saved) return []
    lane.saved = text
    return [state]
  })
}

export interface LaneState {
  readonly webhookId: WebhookId
  readonly tokens: number | null
  readonly breakerUntil: Date | null
  /** Since when its breaker has not closed; null with `breakerUntil`. */
  readonly failingSince: Date | null
}

export function noteDue(lane: Lane, name: LaneName, at: number): void {
  lane.dueAt[name] = Math.min(lane.dueAt[name], at)
}
