import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Timers } from '../base/timers.ts'
import type { Database } from '../database/database.ts'
import { takeUnsaved } from '../deliveries/lanes/lane.ts'
import type { LaneBook } from '../deliveries/lanes/lane-book.ts'
import { beat } from '../deliveries/queue/beat.ts'
import { letGo } from '../deliveries/queue/let-go.ts'
import { endWorker, registerWorker } from '../deliveries/queue/register-worker.ts'
import { saveLanes } from '../deliveries/queue/take-lanes.ts'
import type { EngineMeter } from './engine-meter.ts'
import type { Dispatcher } from './dispatcher.ts'

export interface HeartbeatParts {
  readonly db: Database
  readonly book: LaneBook
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  readonly log: Log
  readonly meter: Pick<EngineMeter, 'leaseLost' | 'reclaimed'>
  readonly version: string
  readonly secretUses: { flush(): Promise<void> }
}

/**
 * Keeps this worker alive. A lease that ran out (the database was away, or this process was frozen) is not renewed: others
 * may own the lanes by now, so the worker starts a new life under a new id, without lanes. The lease is counted from
 * before the statement was sent, so that we never think ourselves alive longer than the database does; and a beat that began
 * in time but is answered after the lease's end counts as none, since until its commit the others saw the lease run out.
 * What the lanes' buckets and breakers say is written down with it, for whoever owns them next.
 */
export async function beatOnce({
  db,
  book,
  dispatcher,
  clock,
  log,
  meter,
  version,
  secretUses,
}: HeartbeatParts): Promise<void> {
  const startedAt = clock.monotonicMs()
  const workerId = book.workerId()
  const heartbeat = workerId === undefined ? undefined : await beat(db, workerId)
  if (heartbeat !== undefined && heartbeat.orphans > 0) {
    log.warn('deliveries.reclaimed', { cause: 'owner_died', deliveries: heartbeat.orphans })
    meter.reclaimed('owner_died', heartbeat.orphans)
  }
  const isInTime = book.leaseAgeMs() < limits.leaseMs
  if (heartbeat?.alive !== true || !isInTime) {
    if (heartbeat?.alive === true) await endWorker(db, workerId!)
    const bornAt = clock.monotonicMs()
    const born = await registerWorker(db, version)
    book.open(born)
    book.leaseRenewed(bornAt)
    log.info('worker.began', { worker_id: born })
    if (heartbeat !== undefined) {
      log.warn('worker.lease_lost', { worker_id: workerId })
      meter.leaseLost()
    }
    await dispatcher.sweep()
    return
  }
  book.leaseRenewed(startedAt)

  const unknown = heartbeat.mine.filter(({ id, claimId }) => book.inHand.get(id) !== claimId)
  const freed = unknown.length === 0 ? [] : await letGo(db, unknown)
  if (unknown.length > 0) {
    log.warn('deliveries.reclaimed', { cause: 'unknown_to_owner', deliveries: unknown.length })
    meter.reclaimed('unknown_to_owner', unknown.length)
  }
  const wake = [...freed, ...heartbeat.takenBack]
  if (wake.length > 0) dispatcher.wake(wake)
  const states = takeUnsaved(book.lanes.values())
  if (states.length > 0) await saveLanes(db, workerId!, states)
  await secretUses.flush()
}

/** Beats until stopped; a beat that fails is said once and tried again at the next. */
export function startHeartbeat(parts: HeartbeatParts & { readonly timers: Timers }): { stop(): void } {
  const { timers, log } = parts
  let failing = false
  let stopped = false
  let cancel = timers.later(limits.heartbeatMs, next)

  function next(): void {
    beatOnce(parts)
      .then(
        () => (failing = false),
        (error: unknown) => {
          if (!failing) log.warn('heartbeat.failed', { error: error instanceof Error ? error.message : String(error) })
          failing = true
        },
      )
      .finally(() => {
        if (!stopped) cancel = timers.later(limits.heartbeatMs, next)
      })
  }

  return {
    stop() {
      stopped = true
      cancel()
    },
  }
}
