import type { Clock } from '../base/clock.ts'
import type { WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Timers } from '../base/timers.ts'
import type { Database } from '../database/database.ts'
import type { ClaimedDelivery, WorkerId } from '../deliveries/delivery.ts'
import { giveBack, nextLookAt, noteDue, reserve, setLimits, stateOf, type Lane } from '../deliveries/lanes/lane.ts'
import { reopenBreaker } from '../deliveries/lanes/breaker.ts'
import type { LaneBook } from '../deliveries/lanes/lane-book.ts'
import { chooseLeaving, surplusOf } from '../deliveries/lanes/share-lanes.ts'
import { shareSlots, type Ask } from '../deliveries/lanes/share-slots.ts'
import { claimDueDeliveries } from '../deliveries/queue/claim-due-deliveries.ts'
import { claimInOrder } from '../deliveries/queue/claim-in-order.ts'
import { surveyQueue, surveyWebhooks, type SurveyedWebhook, type Waiting } from '../deliveries/queue/survey-queue.ts'
import { giveBackLanes, takeLanes } from '../deliveries/queue/take-lanes.ts'

/**
 * Turns the crank of the lanes this process owns. One loop at a time shares the free slots among lanes with due work,
 * claims that many rows in one statement and hands them to `send`. It sleeps until a slot frees, a row falls due, a token
 * drips in, or somebody wakes it; it never polls.
 *
 * What a lane knows of its waiting rows is the instant the earliest is due (`dueAt`). A claim that comes back short has
 * taken all that was due, so the next instant is asked for then; whoever makes a row wait says so by `wake`.
 */
export interface Dispatcher {
  /** Born *sending*, or claimed: send these now. */
  handOver(deliveries: readonly ClaimedDelivery[]): void
  /** Work was left waiting here: takes the lanes that are free, and tells the others of those that are not ours. */
  wake(webhookIds: readonly WebhookId[]): void
  /** Another process says so; it is not passed on. */
  hint(webhookIds: readonly WebhookId[]): void
  /** A lane of ours has room again, or a retry of it falls due. */
  nudge(): void
  /** Looks over the whole queue: finds free lanes, and work whose hint was lost. */
  sweep(): Promise<void>
}

export interface DispatcherParts {
  readonly db: Database
  readonly book: LaneBook
  readonly clock: Clock
  readonly log: Log
  readonly timers: Timers
  readonly send: (delivery: ClaimedDelivery, lane: Lane | undefined) => void
  /** Tells other processes of work in lanes that are not ours. */
  readonly tellOthers: (webhookIds: readonly WebhookId[]) => void
}

export function makeDispatcher({ db, book, clock, log, timers, send, tellOthers }: DispatcherParts): Dispatcher {
  const now = () => clock.now().getTime()
  let woken = new Set<WebhookId>()
  let toTell = new Set<WebhookId>()
  let running = false
  let again = false
  let lastTeam = 0
  let lookedAt = Number.NEGATIVE_INFINITY
  let cancelTimer = () => {}
  /** Lanes beyond our share: given to the others once nothing of theirs is under way. */
  const leaving = new Set<Lane>()
  /** Lanes that were just given away: left to the others for a moment. */
  const resting = new Set<WebhookId>()

  function hint(webhookIds: readonly WebhookId[]): void {
    for (const webhookId of webhookIds) woken.add(webhookId)
    nudge()
  }

  function nudge(): void {
    if (running) again = true
    else void run()
  }

  async function run(): Promise<void> {
    running = true
    cancelTimer()
    let busy = false
    try {
      do {
        again = false
        // While there is always more to claim, each commit may bring a hint: not each of them is worth a statement.
        if (woken.size > 0 && (!busy || clock.monotonicMs() >= lookedAt + limits.busyLookMs)) await lookAtWoken()
        if (leaving.size > 0) await giveAwayDrained()
        busy = book.maySend() && (await claimRound())
      } while ((busy || again || woken.size > 0) && book.maySend())
    } catch (error) {
      log.warn('dispatch.interrupted', { error: error instanceof Error ? error.message : String(error) })
      again = true
    }
    running = false
    sleep(again ? limits.recordRetryMs : Number.POSITIVE_INFINITY)
  }

  /** Until the earliest instant at which a lane may start something. */
  function sleep(atMostMs: number): void {
    if (!book.maySend()) return
    let lookAt = Number.POSITIVE_INFINITY
    if (room() > 0) for (const lane of book.lanes.values()) lookAt = Math.min(lookAt, nextLookAt(lane, now()))
    const waitMs = Math.min(lookAt - now(), atMostMs)
    if (waitMs !== Number.POSITIVE_INFINITY)
      cancelTimer = timers.later(Math.max(1, Math.min(waitMs, limits.sweepMs)), nudge)
  }

  const room = () => Math.min(limits.claimRowsMax, limits.sendingMax - book.inHand.size)

  /** True when there may be more to claim at once. */
  async function claimRound(): Promise<boolean> {
    const { asks, lastTeam: last } = shareSlots(book.lanes.values(), room(), now(), lastTeam)
    if (asks.length === 0) return false
    lastTeam = last
    const reserved = [...sumByWebhook(asks)].map(([webhookId, count]) => ({ lane: book.lanes.get(webhookId)!, count }))
    for (const { lane, count } of reserved) reserve(lane, count, now())
    let claimed: ClaimedDelivery[] = []
    try {
      claimed = await claim(asks)
    } finally {
      // Also when the answer was lost: the heartbeat finds rows that were claimed after all.
      const got = Map.groupBy(claimed, (delivery) => delivery.webhookId)
      for (const { lane, count } of reserved) {
        const unused = count - (got.get(lane.webhookId)?.length ?? 0)
        if (unused > 0) giveBack(lane, unused, now())
      }
    }
    for (const delivery of claimed) {
      book.hold(delivery)
      send(delivery, book.laneOf(delivery))
    }
    await refreshShort(asks, claimed)
    return claimed.length > 0
  }

  async function claim(asks: readonly Ask[]): Promise<ClaimedDelivery[]> {
    const workerId = book.workerId()!
    const inOrder = [...sumByWebhook(asks)].filter(([webhookId]) => book.lanes.get(webhookId)!.limits.inOrder)
    const free = asks.filter(({ webhookId }) => !book.lanes.get(webhookId)!.limits.inOrder)
    const claims = inOrder.map(([webhookId, count]) =>
      claimInOrder(db, workerId, book.nextClaimId(), webhookId, count, null),
    )
    if (free.length > 0) claims.push(claimDueDeliveries(db, workerId, book.nextClaimId(), free, null))
    return (await Promise.all(claims)).flat()
  }

  /** Lanes whose claim came back short have nothing due any more: asks when they will. */
  async function refreshShort(asks: readonly Ask[], claimed: readonly ClaimedDelivery[]): Promise<void> {
    const got = Map.groupBy(claimed, (delivery) => delivery.webhookId)
    const short = [...sumByWebhook(asks)].filter(([webhookId, count]) => (got.get(webhookId)?.length ?? 0) < count)
    if (short.length === 0) return
    const webhookIds = short.map(([webhookId]) => webhookId)
    for (const webhookId of webhookIds) forgetDue(book.lanes.get(webhookId))
    noteWaiting(await surveyWebhooks(db, book.workerId()!, webhookIds, null), 'after a short claim')
  }

  function noteWaiting(list: readonly Waiting[], when: 'after a short claim' | 'by a hint'): void {
    for (const waiting of list) {
      const lane = waiting.owner === 'mine' ? book.lanes.get(waiting.webhookId) : undefined
      if (lane === undefined) continue
      // In order, a due row may stand behind one that is under way: what ends that one looks again.
      const { concurrencyMax, ratePerSecond, inOrder } = waiting
      // The survey leaves paused lanes out.
      setLimits(lane, { concurrencyMax, ratePerSecond, inOrder, paused: false }, now())
      const leastMs = when === 'after a short claim' && lane.limits.inOrder ? limits.sweepMs : 0
      if (waiting.firstDueInMs !== null) noteDue(lane, 'first', now() + Math.max(waiting.firstDueInMs, leastMs))
      if (waiting.retryDueInMs !== null) noteDue(lane, 'retry', now() + Math.max(waiting.retryDueInMs, leastMs))
    }
  }

  async function lookAtWoken(): Promise<void> {
    lookedAt = clock.monotonicMs()
    const [webhookIds, mayTell] = [[...woken], toTell]
    woken = new Set()
    toTell = new Set()
    const workerId = book.workerId()
    const canTake = workerId !== undefined && book.maySend()
    if (canTake) await takeFree(workerId, webhookIds)
    const others = [...mayTell].filter((id) => !book.lanes.has(id))
    if (others.length > 0) tellOthers(others)
    const ours = webhookIds.filter((id) => book.lanes.has(id))
    if (!canTake || ours.length === 0) return
    noteWaiting(await surveyWebhooks(db, workerId, ours, null), 'by a hint')
  }

  /** The database says who owns a lane; it was asked after we thought ourselves the owner. */
  function loseLanes(thoughtOurs: readonly Lane[], waiting: readonly Waiting[]): void {
    const notOurs = new Set(waiting.flatMap(({ owner, webhookId }) => (owner === 'mine' ? [] : [webhookId])))
    const lost = thoughtOurs.filter((lane) => notOurs.has(lane.webhookId) && book.lanes.get(lane.webhookId) === lane)
    for (const { webhookId } of lost) book.disown(webhookId)
    if (lost.length > 0) log.warn('lanes.lost', { webhook_ids: lost.map(({ webhookId }) => webhookId) })
  }

  /** A worker that came later begins with nothing: who has more lanes with due work than its share gives some away. */
  function leaveSurplus(waiting: readonly SurveyedWebhook[]): void {
    const due = waiting.filter(({ firstDueInMs, retryDueInMs }) => Math.min(firstDueInMs ?? 1, retryDueInMs ?? 1) <= 0)
    const mine = due.flatMap(({ owner, webhookId }) => (owner === 'mine' ? (book.lanes.get(webhookId) ?? []) : []))
    const surplus = surplusOf({ mine: mine.length, all: due.length, workers: waiting[0]?.workers ?? 1 })
    for (const lane of chooseLeaving(mine, surplus - leaving.size)) {
      lane.leaving = true
      leaving.add(lane)
    }
  }

  async function giveAwayDrained(): Promise<void> {
    const workerId = book.workerId()
    const drained = [...leaving].filter(({ inFlight }) => inFlight === 0)
    for (const lane of drained) leaving.delete(lane)
    // A life that has ended meanwhile took its lanes along.
    const given = drained.filter((lane) => book.lanes.get(lane.webhookId) === lane)
    if (given.length === 0 || workerId === undefined) return
    const webhookIds = given.map(({ webhookId }) => webhookId)
    for (const webhookId of webhookIds) {
      book.disown(webhookId)
      resting.add(webhookId)
    }
    // A worker that lives by its lease alone takes nothing: what is still free then comes back.
    timers.later(limits.laneRestMs, () => {
      for (const webhookId of webhookIds) resting.delete(webhookId)
      hint(webhookIds)
    })
    await giveBackLanes(db, workerId, given.map(stateOf))
    tellOthers(webhookIds)
  }

  async function takeFree(workerId: WorkerId, among: readonly WebhookId[]): Promise<void> {
    const webhookIds = among.filter((id) => !resting.has(id) && !book.lanes.has(id))
    if (webhookIds.length === 0) return
    for (const taken of await takeLanes(db, workerId, webhookIds)) {
      const { concurrencyMax, ratePerSecond, inOrder } = taken
      const lane = book.own(taken.webhookId, taken.teamId, { concurrencyMax, ratePerSecond, inOrder, paused: false })
      if (lane.bucket !== undefined && taken.tokens !== null && taken.tokensAt !== null)
        lane.bucket = { ...lane.bucket, tokens: taken.tokens, at: Math.min(taken.tokensAt.getTime(), now()) }
      if (taken.breakerUntil !== null)
        lane.breaker = reopenBreaker(taken.breakerUntil.getTime(), taken.failingSince?.getTime() ?? now(), now())
    }
  }

  return {
    handOver(deliveries) {
      for (const delivery of deliveries) send(delivery, book.laneOf(delivery))
    },
    wake(webhookIds) {
      for (const webhookId of webhookIds) {
        woken.add(webhookId)
        toTell.add(webhookId)
      }
      nudge()
    },
    hint,
    nudge,
    async sweep() {
      const workerId = book.workerId()
      if (workerId === undefined || !book.maySend()) return
      const thoughtOurs = [...book.lanes.values()]
      const waiting = await surveyQueue(db, workerId, null)
      loseLanes(thoughtOurs, waiting)
      // Also lanes that are ours without our knowing: the answer to their taking was lost.
      const ours = waiting.filter(({ owner }) => owner !== 'other').map((one) => ({ ...one, owner: 'mine' as const }))
      await takeFree(
        workerId,
        ours.map(({ webhookId }) => webhookId),
      )
      noteWaiting(ours, 'by a hint')
      leaveSurplus(waiting)
      if (waiting.length > 0) nudge()
    },
  }
}

function forgetDue(lane: Lane | undefined): void {
  if (lane === undefined) return
  lane.dueAt.first = Number.POSITIVE_INFINITY
  lane.dueAt.retry = Number.POSITIVE_INFINITY
}

function sumByWebhook(asks: readonly Ask[]): Map<WebhookId, number> {
  const sums = new Map<WebhookId, number>()
  for (const { webhookId, count } of asks) sums.set(webhookId, (sums.get(webhookId) ?? 0) + count)
  return sums
}
