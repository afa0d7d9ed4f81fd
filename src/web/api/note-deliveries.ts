import type { DeliverySummary } from '../../contract/delivery.ts'
import type { StreamedAttempt } from '../../contract/stream.ts'
import { queries } from './client.ts'
import { withCurrent, type Loaded } from './loaded-pages.ts'
import { loadedKey } from './use-live-pages.ts'

/** Deliveries in lists are what the stream says of them: what was loaded far down is not asked for again. */
export function noteAttempts(attempts: ReadonlyMap<string, StreamedAttempt>): void {
  note((row) => afterAttempt(row, attempts.get(row.id)))
}

/** The same for what was done to one of them here. */
export function noteDelivery(delivery: DeliverySummary): void {
  note((row) => (row.id === delivery.id ? delivery : row))
}

function note(change: (row: DeliverySummary) => DeliverySummary): void {
  queries.setQueriesData<Loaded<DeliverySummary>>(
    { queryKey: [loadedKey, 'deliveries'] },
    (loaded) => loaded && withCurrent(loaded, change),
  )
}

function afterAttempt(row: DeliverySummary, attempt: StreamedAttempt | undefined): DeliverySummary {
  if (attempt === undefined || attempt.number < row.attempts) return row
  const { state, number, at } = attempt
  const hasEnded = state !== 'waiting' && state !== 'held' && state !== 'sending'
  return { ...row, state, attempts: number, finished_at: hasEnded ? at : null, next_attempt_at: null }
}
