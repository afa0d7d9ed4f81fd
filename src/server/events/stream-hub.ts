import type { Actor } from '../access/context.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Database } from '../database/database.ts'
import { readStream, type StreamPage } from './read-stream.ts'
import { comparePositions, printCursor, type StreamCursor, type StreamPosition } from './stream-cursor.ts'
import { messageFor, type StreamFilter, type StreamMessage } from './stream-message.ts'
import { makeStreamPlaces, type KnownPlaces } from './stream-places.ts'
import { makeStreamSeats } from './stream-seats.ts'

/**
 * Feeds everybody who reads the stream in this process by looking at the database once for all of them, every `lookMs`,
 * and not at all while nobody reads. Each reader has a position of their own and gets what stands behind it, so it does
 * not matter who found it: who comes with an old cursor reads by themselves, page after page and as fast as they take it,
 * until they have reached the common looks; who takes too slowly leaves the looks and does the same,
 * and who takes nothing from one beat to the next is sent away.
 */
export interface StreamHub {
  /** Begins, or throws the refusal. Answers a function that stops it; after `end` that is done already. */
  open(reading: StreamReading, reader: StreamReader): () => void
}

export interface StreamReading {
  readonly actor: Actor
  readonly filter: StreamFilter
  readonly from: StreamCursor
  /** False for a cursor from earlier: what came since is read first. */
  readonly isNow: boolean
}

/** Whoever reads, as the hub sees them. */
export interface StreamReader {
  /** Comes first, and says where the stream begins: who loses the line before the first message has that cursor. */
  begin(cursor: string): void
  /** Answers false when it was enough for now: then nothing more comes until `drained` resolves. */
  take(message: StreamMessage, cursor: string): boolean
  /** Shows that the line is alive, and how far the stream has come although nothing in it was for this reader. */
  beat(cursor: string): void
  isFull(): boolean
  /** Resolves, too, when nothing will be taken any more. */
  drained(): Promise<void>
  /** Who it is, asked anew; undefined when it is nobody any more. */
  authenticate(): Promise<Actor | undefined>
  /** This reader gets nothing more, and may come back with the last cursor. */
  end(): void
}

export interface StreamHubParts {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** Calls back once; answers a function that calls it off. */
  readonly later: (ms: number, fn: () => void) => () => void
  readonly lookMs?: number
  readonly beatMs?: number
}

export function makeStreamHub({
  db,
  clock,
  log,
  later,
  lookMs = limits.streamLookMs,
  beatMs = limits.streamBeatMs,
}: StreamHubParts): StreamHub {
  const findPlaces = makeStreamPlaces(db, clock)
  const seats = makeStreamSeats()
  /** Those whom the common looks feed. */
  const listeners = new Set<Feed>()
  /** How far the looks have come; undefined while there are none. */
  let reached: StreamPosition | undefined
  /** Undefined while a look is under way. */
  let callOffLook: (() => void) | undefined

  /** False when the looks are ahead of this reader. */
  function join(feed: Feed): boolean {
    if (reached !== undefined && comparePositions(reached, feed.position) > 0) return false
    listeners.add(feed)
    if (reached === undefined) lookFrom(feed.position, lookMs)
    return true
  }

  function leave(feed: Feed): void {
    listeners.delete(feed)
    // A look that is under way finds nobody, and is the last.
    if (listeners.size > 0 || callOffLook === undefined) return
    callOffLook()
    callOffLook = undefined
    reached = undefined
  }

  function lookFrom(position: StreamPosition, ms: number): void {
    reached = position
    callOffLook = later(ms, () => void look(position))
  }

  async function look(from: StreamPosition): Promise<void> {
    callOffLook = undefined
    const { end, isWhole } = await feedListeners(from).catch((error: unknown) => {
      log.debug('stream.not_read', { error: String(error) })
      return { end: from, isWhole: true }
    })
    if (listeners.size > 0) lookFrom(end, isWhole ? lookMs : 0)
    else reached = undefined
  }

  async function feedListeners(from: StreamPosition): Promise<StreamPage> {
    const page = await readStream(db, from)
    const known = await findPlaces(page.rows)
    for (const feed of listeners)
      if (!give(feed, page, known)) {
        listeners.delete(feed)
        void catchUp(feed)
      }
    return page
  }

  async function catchUp(feed: Feed): Promise<void> {
    try {
      for (;;) {
        await feed.reader.drained()
        if (feed.isStopped) return
        feed.wasFull = false
        const page = await readStream(db, feed.position)
        const known = await findPlaces(page.rows)
        if (feed.isStopped) return
        if (give(feed, page, known) && page.isWhole && join(feed)) return
      }
    } catch (error) {
      log.debug('stream.not_read', { error: String(error) })
      end(feed)
    }
  }

  async function beat(feed: Feed): Promise<void> {
    // Who cannot be asked about now comes back when they can.
    const actor = await feed.reader.authenticate().catch(() => undefined)
    if (feed.isStopped) return
    if (actor === undefined || (feed.wasFull && feed.reader.isFull())) return end(feed)
    feed.actor = actor
    feed.wasFull = feed.reader.isFull()
    feed.reader.beat(cursorOf(feed, feed.position))
    feed.callOffBeat = later(beatMs, () => void beat(feed))
  }

  function stop(feed: Feed): void {
    if (feed.isStopped) return
    feed.isStopped = true
    feed.callOffBeat()
    seats.giveBack(feed.actor)
    leave(feed)
  }

  function end(feed: Feed): void {
    stop(feed)
    feed.reader.end()
  }

  return {
    open({ actor, filter, from, isNow }, reader) {
      seats.take(actor)
      const { generation, ...position } = from
      const feed: Feed = {
        reader,
        filter,
        generation,
        actor,
        position,
        wasFull: false,
        isStopped: false,
        callOffBeat: later(beatMs, () => void beat(feed)),
      }
      reader.begin(cursorOf(feed, position))
      if (!isNow || !join(feed)) void catchUp(feed)
      return () => stop(feed)
    },
  }
}

interface Feed {
  readonly reader: StreamReader
  readonly filter: StreamFilter
  readonly generation: string
  /** Renewed with every beat. */
  actor: Actor
  position: StreamPosition
  /** At the last beat, and not drained since: at the next one that is too long. */
  wasFull: boolean
  isStopped: boolean
  callOffBeat: () => void
}

/** Gives a reader what of a page stands behind their position. False when that was enough for them, or more. */
function give(feed: Feed, { rows, end }: StreamPage, known: KnownPlaces): boolean {
  for (const row of rows) {
    if (comparePositions(row.position, feed.position) <= 0) continue
    feed.position = row.position
    const message = messageFor(feed, row, known)
    if (message !== undefined && !feed.reader.take(message, cursorOf(feed, row.position))) return false
  }
  if (comparePositions(end, feed.position) > 0) feed.position = end
  return true
}

function cursorOf({ generation }: Feed, position: StreamPosition): string {
  return printCursor({ generation, ...position })
}
