import { queueState } from '../../src/server/deliveries/delivery.ts'
import type { Statement } from '../../src/server/database/database.ts'
import type { JournalEntry } from './journal.ts'

/**
 * Looks on while the queue works, and says what must never happen: a delivery lost or invented, a write under a claim that
 * no longer stands, a row or a lane taken from somebody who lives, a start by who owns nothing. It knows the rules of the
 * tables, and nothing of the code that keeps them.
 */
export interface QueueObserver {
  /** All that one statement, or one transaction, changed. */
  see(by: SeenStatement, changes: readonly JournalEntry[]): void
  /** A request leaves: its delivery must be *sending* under a claim of this worker. */
  seeStart(messageId: string, workerId: number | undefined): void
  readonly violations: readonly string[]
  readonly unfinished: ReadonlyMap<string, Row>
  readonly finished: ReadonlyMap<string, Row>
  /** How often something happened of which a test wants to know that it did. */
  readonly counts: Readonly<Record<Happening, number>>
}

type Row = Readonly<Record<string, any>>
type Happening = 'claimed' | 'retried' | 'let go' | 'taken back' | 'finished' | 'fenced off'

const fenced: ReadonlySet<string> = new Set(['finish_deliveries', 'retry_deliveries', 'let_go'])

export interface SeenStatement {
  readonly statement?: Statement
  readonly values?: readonly unknown[]
}

export function makeQueueObserver(now: () => number): QueueObserver {
  const unfinished = new Map<string, Row>()
  const finished = new Map<string, Row>()
  const leaving = new Set<string>()
  const lanes = new Map<number, Row>()
  const workers = new Map<number, Row>()
  const violations: string[] = []
  const counts = { claimed: 0, retried: 0, 'let go': 0, 'taken back': 0, finished: 0, 'fenced off': 0 }

  const deny = (what: string): void => void violations.push(what)
  const lives = (workerId: number | null): boolean => {
    const worker = workerId === null ? undefined : workers.get(workerId)
    return worker !== undefined && Date.parse(worker['alive_until']) >= now()
  }

  function seeQueue(by: SeenStatement, was: Row | null, is: Row | null): void {
    const { id } = (is ?? was)!
    if (is !== null) unfinished.set(id, is)
    else unfinished.delete(id)
    if (was === null) seeBirth(is!)
    else if (is === null) seeEnd(by, was)
    else if (was['state'] === queueState.sending) seeGivenUp(by, was, is)
    else if (is['state'] === queueState.sending) seeClaim(was, is)
    if (was !== null && is !== null)
      for (const column of ['message_id', 'webhook_id', 'event_id', 'subject_seq', 'created_at'])
        if (was[column] !== is[column]) deny(`${column} of ${id} changed`)
  }

  function seeBirth(is: Row): void {
    if (finished.has(is['id'])) deny(`${is['id']} is born a second time`)
    if (is['state'] === queueState.sending) seeOwner(is)
  }

  function seeClaim(was: Row, is: Row): void {
    const { id } = is
    counts.claimed += 1
    if (was['state'] !== queueState.waiting) deny(`${id} was claimed while it was held`)
    if (is['attempt'] !== was['attempt'] + 1) deny(`the claim of ${id} counts no attempt`)
    if (is['in_order'] === true)
      for (const other of unfinished.values())
        if (
          other['webhook_id'] === is['webhook_id'] &&
          other['subject'] === is['subject'] &&
          other['subject_seq'] < is['subject_seq']
        )
          deny(`${id} was claimed before ${other['id']}, which is before it`)
    seeOwner(is)
  }

  function seeOwner(is: Row): void {
    const lane = lanes.get(is['webhook_id'])
    if (lane?.['owner_id'] !== is['claimed_by']) deny(`${is['id']} was claimed by who does not own its lane`)
    if (lane?.['paused'] === true) deny(`${is['id']} was claimed in a paused lane`)
    if (!lives(is['claimed_by'])) deny(`${is['id']} was claimed by a worker whose lease is over`)
  }

  /** From *sending* back to waiting: a retry, a claim let go, or a row of somebody dead. */
  function seeGivenUp(by: SeenStatement, was: Row, is: Row): void {
    const { id } = is
    const name = nameOf(by)
    if (is['state'] === queueState.sending) deny(`${id} was claimed while it was being sent`)
    else if (name === 'beat') {
      counts['taken back'] += 1
      if (lives(was['claimed_by'])) deny(`${id} was taken from worker ${was['claimed_by']}, who lives`)
    } else if (name === 'retry_deliveries' || name === 'let_go') {
      counts[name === 'let_go' ? 'let go' : 'retried'] += 1
      seeFence(by, was)
      if (is['attempt'] !== was['attempt'] - (name === 'let_go' ? 1 : 0))
        deny(`${name} miscounts the attempts of ${id}`)
    } else deny(`${id} was taken out of sending by ${name ?? 'a transaction'}`)
  }

  function seeEnd(by: SeenStatement, was: Row): void {
    leaving.add(was['id'])
    counts.finished += 1
    if (was['state'] !== queueState.sending) return
    if (nameOf(by) === 'finish_deliveries') seeFence(by, was)
    else deny(`${was['id']} was ended while it was being sent`)
  }

  function seeFence(by: SeenStatement, was: Row): void {
    // One batch may name a delivery twice: a worker in its second life has claimed again what it held in its first.
    const named = namedClaims(by, was['id'])
    if (!named.includes(was['claim_id']))
      deny(`${nameOf(by)} wrote ${was['id']} under the claim ${named[0]}, and it stands under ${was['claim_id']}`)
  }

  function seeDelivery(was: Row | null, is: Row | null): void {
    if (was !== null || is === null) return deny(`the history of ${(was ?? is)?.['id']} was changed`)
    const { id } = is
    if (finished.has(id)) deny(`${id} ended twice`)
    if (unfinished.has(id)) deny(`${id} is in the queue and in the history`)
    finished.set(id, is)
    leaving.delete(id)
  }

  function seeLane(was: Row | null, is: Row): void {
    const before: number | null = was?.['owner_id'] ?? null
    const after: number | null = is['owner_id']
    if (before !== after && after !== null && lives(before))
      deny(`lane ${is['webhook_id']} was taken from ${before}, who lives`)
    lanes.set(is['webhook_id'], is)
  }

  return {
    violations,
    unfinished,
    finished,
    counts,
    see(by, changes) {
      for (const { table, was, is } of changes)
        if (table === 'queue') seeQueue(by, was, is)
        else if (table === 'deliveries') seeDelivery(was, is)
        else if (table === 'lanes') seeLane(was, is!)
        else if (is === null) workers.delete(was!['id'])
        else workers.set(is['id'], is)
      for (const id of leaving) deny(`${id} left the queue, and is in no history`)
      leaving.clear()
      if (fenced.has(nameOf(by) ?? ''))
        counts['fenced off'] +=
          (by.values![0] as unknown[]).length - changes.filter(({ table }) => table === 'queue').length
    },
    seeStart(messageId, workerId) {
      for (const row of unfinished.values())
        if (row['message_id'] === messageId && row['state'] === queueState.sending && row['claimed_by'] === workerId)
          return
      deny(`worker ${workerId} sends ${messageId} under no claim of its own`)
    },
  }
}

/** Without the number of its rows. */
function nameOf(by: SeenStatement): string | undefined {
  return by.statement?.name.split(' ')[0]
}

/** The claims under which a statement writes of a delivery: it has an array of them, or a row for each behind the ids. */
function namedClaims({ statement, values }: SeenStatement, id: string): readonly number[] {
  const [ids, ...more] = values as [string[], ...unknown[]]
  const rows = Number(statement!.name.split(' ')[1])
  const claims = Number.isNaN(rows)
    ? (more[0] as number[])
    : ids.map((_, index) => more[(index * more.length) / rows + 1] as number)
  return claims.filter((_, index) => ids[index] === id)
}
