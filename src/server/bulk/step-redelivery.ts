import { Problem } from '../../contract/problem.ts'
import { findActor } from '../access/authenticate.ts'
import { systemActor, type Actor, type Context } from '../access/context.ts'
import { atLeast, entityRole } from '../access/roles.ts'
import type { Clock } from '../base/clock.ts'
import type { RedeliveryId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Database, Tx } from '../database/database.ts'
import { enqueue } from '../deliveries/queue/insert-deliveries.ts'
import { makeRedeliverer, type RedeliveredDelivery } from '../events/make-redeliverer.ts'
import { selectEntities } from '../places/place-store.ts'
import type { BulkParts } from './bulk-parts.ts'
import { decideBatch } from './decide-batch.ts'
import { noteSkipped } from './note-skipped.ts'
import { selectMatching } from './matching-store.ts'
import {
  advanceRedelivery,
  claimDueRedelivery,
  lockTeamsRedeliveries,
  lookAgainAt,
  settleRedelivery,
  updateState,
  type DueRedelivery,
  type Settled,
} from './redelivery-store.ts'

export interface StepParts extends Pick<BulkParts, 'wake'> {
  readonly db: Database
  readonly clock: Clock
}

/** A step that failed; its redelivery waits before it is tried again, so that the others have their turn. */
export class StepError extends Error {
  override readonly name = 'StepError'
  constructor(id: RedeliveryId, cause: unknown) {
    super(`redelivery ${id} could not go on: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/**
 * Goes one step on with the redelivery that is due first. False when none is, or another process is at it.
 *
 * Exactly once: what it makes, the place it has come to and the counts are one transaction, under the lock of its row. A
 * process that dies in the middle leaves the step undone, and whoever takes the next one begins where that began.
 */
export async function stepRedelivery(parts: StepParts): Promise<boolean> {
  let id: RedeliveryId | undefined
  try {
    return await parts.db.tx(async (tx) => {
      const due = await claimDueRedelivery(tx)
      if (due === undefined) return false
      id = due.id
      const settled = await settleRedelivery(tx, due.id)
      const inMs = due.state === 'running' ? await goOn(tx, parts, due, settled) : lookAfter(settled)
      await lookAgainAt(tx, due.id, inMs)
      return true
    })
  } catch (error) {
    if (id === undefined) throw error
    await lookAgainAt(parts.db, id, limits.redeliverySweepMs)
    throw new StepError(id, error)
  }
}

/** Nothing is left to make: how soon what is under way may have ended; never again once all of it has. */
function lookAfter({ ended, underWay }: Settled): number | null {
  if (underWay === 0) return null
  return ended > 0 ? limits.redeliverySettleMs : limits.redeliverySweepMs
}

/** Answers when to look again. */
async function goOn(
  tx: Tx,
  { db, clock, wake }: StepParts,
  due: DueRedelivery,
  { underWay }: Settled,
): Promise<number | null> {
  const actor = await findStarter(tx, due)
  if (actor === undefined) {
    await updateState(tx, due.id, 'stopped', 'Whoever started it may not redeliver here any more.')
    return limits.redeliverySettleMs
  }
  const { count, from, msEach, lookAgainInMs } = decideBatch({
    now: due.now.getTime(),
    ratePerSecond: due.rate_per_second,
    pacedAt: due.paced_at.getTime(),
    underWay,
  })
  if (count === 0) return lookAgainInMs

  await lockTeamsRedeliveries(tx, due.team_id)
  const { made, skipped, passed, found, isLast } = await makeBatch(tx, { actor, clock, db }, due, count)
  // What has gone from the history since it was counted.
  const gone = isLast ? due.total - due.made - made.length - sum(skipped) : 0
  if (gone > 0) noteSkipped(skipped, 'it has left the history', gone)
  const isDone = isLast || due.made + made.length + sum(skipped) >= due.total
  await enqueue(tx, made)
  await advanceRedelivery(tx, due.id, {
    made: made.map(({ id }) => id),
    passed,
    skipped,
    pacedAt: new Date(from + found * msEach),
    isDone,
  })
  tx.afterCommit(() => wake([...new Set(made.map(({ webhookId }) => webhookId))]))
  if (isDone) return limits.redeliverySettleMs
  // Few of those looked at closely matched: the next may be there already.
  return found < count ? 0 : lookAgainInMs
}

/** In whose name it goes on: their rights count as they are now. */
async function findStarter(tx: Tx, due: DueRedelivery): Promise<Actor | undefined> {
  const actor = due.created_by === null ? systemActor : await findActor(tx, due.created_by)
  const [team] = await selectEntities(tx, { id: due.team_id })
  const role = actor === undefined || team === undefined ? undefined : entityRole(actor, team)
  return role !== undefined && atLeast(role, 'member') ? actor : undefined
}

async function makeBatch(tx: Tx, context: Context, due: DueRedelivery, limit: number) {
  const { team_id: teamId, filter, below, seen } = due
  const { found, passed, isLast } = await selectMatching(tx, { teamId, filter, below, seen, passed: due.passed, limit })
  const redeliverer = makeRedeliverer(tx, context)
  const made: RedeliveredDelivery[] = []
  const skipped = { ...due.skipped }
  for (const before of found) {
    if (before.redelivered) {
      noteSkipped(skipped, 'it was redelivered meanwhile')
      continue
    }
    try {
      // With the retries: first attempts of what happens now come before it.
      made.push({ ...(await redeliverer.make(before, due.mode)), birth: { state: 'waiting', lane: 'retry' } })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      noteSkipped(skipped, error.detail)
    }
  }
  return { made, skipped, passed, found: found.length, isLast }
}

function sum(skipped: Readonly<Record<string, number>>): number {
  return Object.values(skipped).reduce((total, count) => total + count, 0)
}
