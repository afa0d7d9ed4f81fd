import type pg from 'pg'
import type { Clock } from '../base/clock.ts'
import type { WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Timers } from '../base/timers.ts'
import type { Database } from '../database/database.ts'
import { makeAttemptRecorder, type RecordedAttempt } from '../deliveries/attempt-recorder.ts'
import type { ClaimedDelivery } from '../deliveries/delivery.ts'
import { closedBreaker, hasFailedTooLong, onFailure, onUnused } from '../deliveries/lanes/breaker.ts'
import { giveBack, noteDue, stateOf, type Lane } from '../deliveries/lanes/lane.ts'
import type { LaneBook } from '../deliveries/lanes/lane-book.ts'
import { letGo } from '../deliveries/queue/let-go.ts'
import { endAllWorkers, endWorker } from '../deliveries/queue/register-worker.ts'
import { giveBackLanes } from '../deliveries/queue/take-lanes.ts'
import { sendDelivery, type SendParts, type SentDelivery } from '../deliveries/send-delivery.ts'
import { makeDispatcher } from './dispatcher.ts'
import type { EngineMeter } from './engine-meter.ts'
import { beatOnce, startHeartbeat } from './heartbeat.ts'
import { listenForHints, makeHintSender } from './hints.ts'

/** Everything that sends: the lanes, the loop that claims, the heartbeat, the hints. */
export interface Engine {
  handOver(deliveries: readonly ClaimedDelivery[]): void
  wake(webhookIds: readonly WebhookId[]): void
  /** Takes no new work, lets what is under way end, gives the lanes back. Ends within `drainMs` whatever happens. */
  drain(): Promise<void>
}

/** What the engine tells of secrets: which were used, and when to write that down. */
export interface SecretUseNotes {
  note(webhookId: WebhookId, names: readonly string[]): void
  flush(): Promise<void>
}

export interface EngineParts extends Omit<SendParts, 'mayStart'> {
  readonly db: Database
  readonly book: LaneBook
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly meter: EngineMeter
  readonly version: string
  /** A direct connection for LISTEN. */
  readonly listen: () => Promise<pg.Client>
  /** It is proven that no other worker lives: what dead ones held is free at once. */
  readonly alone: boolean
  readonly secretUses: SecretUseNotes
  /** The receiver said that it is gone for good, or has failed for so long that it is taken for gone. */
  readonly onReceiverGone: (webhookId: WebhookId, reason: string) => Promise<void>
}

/** A process of role `api` sends nothing itself: it only tells the workers. */
export function makeQuietEngine(parts: Pick<EngineParts, 'db' | 'log' | 'timers'>): Engine {
  const tellOthers = makeHintSender(parts)
  return { handOver: () => {}, wake: tellOthers, drain: async () => {} }
}

export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { db, book, clock, log, timers } = parts
  const { pause } = timers
  const recorder = makeAttemptRecorder({ db, log, pause, onRecorded: release })
  const dispatcher = makeDispatcher({ ...parts, send, tellOthers: makeHintSender(parts) })

  function send(delivery: ClaimedDelivery, lane: Lane | undefined): void {
    sendDelivery({ ...parts, mayStart: book.mayStart }, delivery).then(
      (sent) => answered(sent, delivery, lane),
      (error: unknown) => {
        // Settings or secrets could not be read, or the claim is over: nothing was sent, so the row goes back as it was.
        log.warn('delivery.not_attempted', {
          delivery_id: delivery.id,
          error: error instanceof Error ? error.message : String(error),
        })
        putBack(delivery, lane)
      },
    )
  }

  function answered(sent: SentDelivery, delivery: ClaimedDelivery, lane: Lane | undefined): void {
    const { attempt, result, step, secretsUsed } = sent
    parts.meter.attempted(sent)
    const now = clock.now().getTime()
    const isSick = isReceiversFailure(result.outcome)
    if (lane !== undefined) {
      lane.inFlight -= 1
      // What we refused to send says nothing of the receiver.
      if (result.outcome.kind === 'refused') lane.breaker = onUnused(lane.breaker)
      else lane.breaker = isSick ? onFailure(lane.breaker, now) : closedBreaker
    }
    recorder.record(attempt)
    parts.secretUses.note(delivery.webhookId, secretsUsed)
    if (step.kind === 'finish' && step.disableWebhook === true) giveUp(delivery.webhookId, lane, step.reason ?? '')
    else if (lane !== undefined && isSick && hasFailedTooLong(lane.breaker, now))
      giveUp(
        delivery.webhookId,
        lane,
        `every attempt has failed for ${failingDays} days; of the last one: ${step.reason}`,
      )
    dispatcher.nudge()
  }

  /** What is enabled again begins with a closed breaker. */
  function giveUp(webhookId: WebhookId, lane: Lane | undefined, reason: string): void {
    parts.onReceiverGone(webhookId, reason).then(
      () => {
        if (lane !== undefined) lane.breaker = closedBreaker
      },
      (error: unknown) => log.error('webhook.not_disabled', { error: String(error) }),
    )
  }

  /** The attempt is written: the row is no longer ours to hold. */
  function release(attempt: RecordedAttempt): void {
    book.letGo(attempt)
    const lane = book.lanes.get(attempt.webhookId)
    if (lane !== undefined && 'delayMs' in attempt) noteDue(lane, 'retry', clock.now().getTime() + attempt.delayMs)
    // Somebody else's by now: its owner is told of what this attempt left behind.
    if (lane === undefined) dispatcher.wake([attempt.webhookId])
    // In order, the end of one delivery is what lets the next of its subject start.
    if (lane?.limits.inOrder === true) noteDue(lane, 'first', clock.now().getTime())
    dispatcher.nudge()
  }

  function putBack(delivery: ClaimedDelivery, lane: Lane | undefined): void {
    // Slot, token and, where the breaker was trying the receiver, the probe: the attempt was never made.
    if (lane !== undefined) giveBack(lane, 1, clock.now().getTime())
    pause(limits.recordRetryMs)
      .then(() => letGo(db, [delivery]))
      .then(
        (webhookIds) => {
          book.letGo(delivery)
          dispatcher.wake(webhookIds)
        },
        // Still in hand and never sent: forgotten here, so that the heartbeat finds it and lets it go.
        () => book.letGo(delivery),
      )
  }

  if (parts.alone) await endAllWorkers(db)
  const heartbeatParts = { ...parts, dispatcher }
  await beatOnce(heartbeatParts)
  const heartbeat = startHeartbeat(heartbeatParts)
  const hints = listenForHints({
    db,
    connect: parts.listen,
    log,
    timers,
    onHint: (webhookIds) => dispatcher.hint(webhookIds),
  })
  const sweeper = startSweeper(dispatcher, hints, parts)

  return {
    handOver: dispatcher.handOver,
    wake: dispatcher.wake,
    async drain() {
      book.close()
      sweeper.stop()
      await hints.stop()
      await Promise.race([allAnswered(book, timers).then(() => recorder.settled()), pause(limits.drainMs)])
      heartbeat.stop()
      await leave(db, book, log)
    },
  }
}

const failingDays = limits.failingMsMax / (24 * 3600_000)

function isReceiversFailure(outcome: SentDelivery['result']['outcome']): boolean {
  return outcome.kind === 'unreachable' || (outcome.kind === 'rejected' && outcome.status >= 500)
}

function startSweeper(
  dispatcher: { sweep(): Promise<void> },
  hints: { listening(): boolean },
  { timers, log }: Pick<EngineParts, 'timers' | 'log'>,
): { stop(): void } {
  let stopped = false
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await timers.pause(hints.listening() ? limits.sweepMs : limits.sweepMsWithoutListen)
      if (!stopped)
        await dispatcher.sweep().catch((error: unknown) => log.debug('sweep.failed', { error: String(error) }))
    }
  }
  void loop()
  return { stop: () => (stopped = true) }
}

async function allAnswered(book: LaneBook, { pause }: Timers): Promise<void> {
  while (book.inHand.size > 0) await pause(10)
}

async function leave(db: Database, book: LaneBook, log: Log): Promise<void> {
  const workerId = book.workerId()
  if (workerId === undefined) return
  const lanes = [...book.lanes.values()].map(stateOf)
  try {
    if (lanes.length > 0) await giveBackLanes(db, workerId, lanes)
    await endWorker(db, workerId)
  } catch (error) {
    log.warn('worker.not_signed_off', { error: String(error) })
  }
}
