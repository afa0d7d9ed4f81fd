import { limits } from '../base/limits.ts'
import { Problem } from '../../contract/problem.ts'
import type { Database, Tx } from '../database/database.ts'
import { blamesOneRow } from '../database/sqlstate.ts'
import { spellUuid, type EventId } from '../base/ids.ts'
import { claimEventKeys, type EventKey } from './event-store.ts'
import { recordEvents, type EventRecorder, type NewEvent } from './record-events.ts'

/** An event without other state, as the event door takes it: everything that can be refused was refused before. */
export interface DoorEvent extends NewEvent {
  readonly key?: EventKey
}

export type Accepted =
  | { readonly kind: 'recorded'; readonly eventId: EventId }
  /** The key was used before, for an event just like this one. */
  | { readonly kind: 'repeated'; readonly eventId: EventId }
  /** The key was used before, for another event. Nothing was recorded. */
  | { readonly kind: 'key-taken'; readonly eventId: EventId }

/**
 * Custom events have no other state, so callers share transactions: at most `sharedCommitEventsMax` events, gathered while
 * the two committers are busy or for `sharedCommitWaitMs`. A door where no committer is at work waits no longer than until
 * as many have come as shared the last transaction: callers that were answered together come back together, and one that
 * comes alone is committed at once. A batch that the database refuses for one row's sake is halved until the culprit
 * stands alone, so that it fails nobody else.
 */
export interface EventDoor {
  /** Resolves after the commit. Rejects when the event was not recorded, or with CommitUnknownError. */
  record(event: DoorEvent): Promise<Accepted>
  /** All or none, in a transaction of their own; refused whole when a key was used for another event. */
  recordTogether(events: readonly DoorEvent[]): Promise<readonly Accepted[]>
}

export interface EventDoorParts {
  readonly db: Database
  readonly recorder: EventRecorder
  /** Calls back after so many milliseconds. */
  readonly later: (ms: number, fn: () => void) => void
}

const committersMax = 2

export function makeEventDoor({ db, recorder, later }: EventDoorParts): EventDoor {
  let gathering: Caller[] = []
  let committers = 0
  let lastShared = 1
  let timing = false

  function schedule(): void {
    if (gathering.length === 0 || committers === committersMax) return
    const enough = committers === 0 ? lastShared : limits.sharedCommitEventsMax
    if (gathering.length >= enough) return void commitNext()
    if (timing) return
    timing = true
    later(limits.sharedCommitWaitMs, () => {
      timing = false
      if (gathering.length > 0 && committers < committersMax) void commitNext()
    })
  }

  async function commitNext(): Promise<void> {
    const batch = gathering.slice(0, limits.sharedCommitEventsMax)
    gathering = gathering.slice(limits.sharedCommitEventsMax)
    committers += 1
    lastShared = batch.length
    await commitHalving(batch)
    committers -= 1
    schedule()
  }

  async function commitHalving(batch: readonly Caller[]): Promise<void> {
    try {
      const accepted = await recordAll(batch.map((caller) => caller.event))
      batch.forEach((caller, index) => caller.resolve(accepted[index]!))
    } catch (error) {
      if (batch.length > 1 && blamesOneRow(error)) {
        const middle = Math.ceil(batch.length / 2)
        await commitHalving(batch.slice(0, middle))
        await commitHalving(batch.slice(middle))
      } else for (const caller of batch) caller.reject(error)
    }
  }

  const recordAll = (events: readonly DoorEvent[]) => db.tx((tx) => recordNew(recorder, tx, events))

  return {
    record(event) {
      if (gathering.length >= limits.sharedCommitWaitingMax)
        return Promise.reject(
          new Problem('unavailable', 'Too many events wait to be recorded; send this one again in a moment.'),
        )
      return new Promise((resolve, reject) => {
        gathering.push({ event, resolve, reject })
        schedule()
      })
    },
    recordTogether: (events) =>
      db.tx(async (tx) => {
        const accepted = await recordNew(recorder, tx, events)
        refuseTakenKeys(accepted)
        return accepted
      }),
  }
}

interface Caller {
  readonly event: DoorEvent
  readonly resolve: (accepted: Accepted) => void
  readonly reject: (error: unknown) => void
}

function refuseTakenKeys(accepted: readonly Accepted[]): void {
  const mistakes = accepted.flatMap((one, index) =>
    one.kind === 'key-taken' ? [{ pointer: `#/events/${index}/id`, detail: keyTakenDetail(one.eventId) }] : [],
  )
  if (mistakes.length > 0)
    throw new Problem('event-id-taken', 'Nothing was recorded: some ids were used before, for other events.', mistakes)
}

export function keyTakenDetail(eventId: EventId): string {
  return `This id was used before, for another event: ${spellUuid('event', eventId)}.`
}

async function recordNew(recorder: EventRecorder, tx: Tx, events: readonly DoorEvent[]): Promise<readonly Accepted[]> {
  const keys = events.flatMap((event) => event.key ?? [])
  const taken = keys.length === 0 ? [] : await claimEventKeys(tx, keys)
  const byKey = new Map(taken.map((key) => [`${key.scopeId} ${key.key}`, key]))
  const accepted = events.map((event): Accepted => {
    const before = event.key === undefined ? undefined : byKey.get(`${event.key.scopeId} ${event.key.key}`)
    // Two callers of one batch may bring the same key: the one whose event stands under it is new.
    if (before === undefined || before.eventId === event.snapshot.id)
      return { kind: 'recorded', eventId: event.snapshot.id }
    const same = before.fingerprint.equals(event.key!.fingerprint)
    return { kind: same ? 'repeated' : 'key-taken', eventId: before.eventId }
  })
  const fresh = events.filter((_, index) => accepted[index]!.kind === 'recorded')
  if (fresh.length > 0) await recordEvents(recorder, tx, fresh)
  return accepted
}
