import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Database } from '../database/database.ts'
import type { LaneBook } from '../deliveries/lanes/lane-book.ts'
import { isFinished, type NewDelivery } from '../deliveries/queue/insert-deliveries.ts'
import type { SentDelivery } from '../deliveries/send-delivery.ts'
import type { SendResult } from '../outbound/outbound-request.ts'
import { readBacklog, type Backlog } from './backlog-store.ts'
import { valuesOf } from './families.ts'
import { makeHistograms, makeTally } from './instruments.ts'
import { shareReading } from './share-reading.ts'
import { writeText } from './write-text.ts'

/** What this process counts, and the page it is read from. Counting costs an addition; only a reading asks the database. */
export interface Metrics {
  recorded(events: number, deliveries: readonly NewDelivery[]): void
  attempted(sent: SentDelivery): void
  leaseLost(): void
  reclaimed(cause: 'owner_died' | 'unknown_to_owner', deliveries: number): void
  /** In the text format of Prometheus. */
  read(): Promise<string>
}

export interface MetricsParts {
  readonly db: Database
  readonly book: LaneBook
  readonly clock: Clock
  readonly version: string
}

export function makeMetrics({ db, book, clock, version }: MetricsParts): Metrics {
  const births = makeTally(valuesOf('signalbox_deliveries_made_total'))
  const outcomes = makeTally(valuesOf('signalbox_attempts_total'))
  const decided = makeTally(valuesOf('signalbox_attempts_decided_total'))
  const connections = makeTally(valuesOf('signalbox_connections_used_total'))
  const reclaimed = makeTally(valuesOf('signalbox_deliveries_reclaimed_total'))
  const phases = makeHistograms(valuesOf('signalbox_attempt_phase_seconds'))
  let events = 0
  let leasesLost = 0
  const backlog = shareReading(clock, () => readBacklog(db), {
    freshMs: limits.metricsFreshMs,
    waitMs: limits.readinessMsMax,
  })

  function observePhases({ phasesMs, answer }: SendResult): void {
    const { dns, connect, tls, firstByte, body } = phasesMs
    const took = [['dns', dns] as const, ['connect', connect] as const, ['tls', tls] as const]
    // A phase that was not gone through took no time at all.
    for (const [phase, ms] of [...took, ['first_byte', firstByte] as const])
      if (ms > 0) phases.observe(phase, ms / 1000)
    if (answer !== undefined) phases.observe('body', body / 1000)
  }

  return {
    recorded(count, deliveries) {
      events += count
      for (const delivery of deliveries) births.add(isFinished(delivery) ? 'finished' : delivery.birth.state)
    },
    attempted({ result, step }) {
      outcomes.add(result.outcome.kind)
      decided.add(step.kind === 'retry' ? 'retry' : step.as === 'succeeded' ? 'succeeded' : 'failed')
      observePhases(result)
      if (result.answer !== undefined) connections.add(result.reusedConnection ? 'reused' : 'new')
    },
    leaseLost: () => void (leasesLost += 1),
    reclaimed: (cause, deliveries) => reclaimed.add(cause, deliveries),
    async read() {
      const waits = await backlog()
      const pool = db.pool()
      const { user, system } = process.cpuUsage()
      return writeText({
        signalbox_build_info: new Map([[version, 1]]),
        signalbox_database_up: waits === undefined ? 0 : 1,
        signalbox_backlog_oldest_due_seconds: waits?.oldestDueSeconds,
        signalbox_backlog_deliveries: waits === undefined ? undefined : countsOf(waits),
        signalbox_workers_alive: waits?.workers,
        signalbox_events_recorded_total: events,
        signalbox_deliveries_made_total: births.read(),
        signalbox_attempts_total: outcomes.read(),
        signalbox_attempts_decided_total: decided.read(),
        signalbox_attempt_phase_seconds: phases.read(),
        signalbox_connections_used_total: connections.read(),
        signalbox_deliveries_in_hand: book.inHand.size,
        signalbox_lanes_owned: book.lanes.size,
        signalbox_breakers_open: [...book.lanes.values()].filter(({ breaker }) => breaker.openUntil !== undefined)
          .length,
        signalbox_leases_lost_total: leasesLost,
        signalbox_deliveries_reclaimed_total: reclaimed.read(),
        signalbox_database_connections: new Map([
          ['busy', pool.busy],
          ['idle', pool.idle],
        ]),
        signalbox_database_waiting: pool.waiting,
        signalbox_database_waits_total: pool.waits,
        process_cpu_seconds_total: (user + system) / 1e6,
        process_resident_memory_bytes: process.memoryUsage.rss(),
        process_start_time_seconds: performance.timeOrigin / 1000,
        signalbox_event_loop_busy_seconds_total: performance.eventLoopUtilization().active / 1000,
      })
    },
  }
}

function countsOf({ due, retrying, sending, held }: Backlog): ReadonlyMap<string, number> {
  return new Map(Object.entries({ due, retrying, sending, held }))
}
