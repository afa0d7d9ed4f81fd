import type * as z from 'zod'
import { Event } from '../contract/event.ts'
import { StreamedAttempt, type StreamQuery } from '../contract/stream.ts'
import type { Open, Wait } from './call.ts'
import { ServerUnreachable, SignalboxProblem, UnexpectedAnswer } from './problem-error.ts'
import { makeMessageReader, type StreamPart } from './read-messages.ts'

/** Something that happened; behind `cursor` the stream goes on. */
export type Streamed =
  | { readonly type: 'event'; readonly cursor: string; readonly event: Event }
  | { readonly type: 'attempt'; readonly cursor: string; readonly attempt: StreamedAttempt }

export interface FollowOptions extends StreamQuery {
  /** Ends the stream when it is aborted; nothing is thrown then. */
  readonly signal?: AbortSignal | undefined
}

const waitMsMin = 2_000
const waitMsMax = 30_000
/** The server beats every 15 seconds: who hears nothing for three times as long has lost it. */
const silenceMsMax = 45_000

/**
 * Events and attempts as they come, without an end. A lost connection is made again behind what came last, after 2
 * seconds, then up to 30; a refusal is thrown, and so is a server that cannot be reached the first time.
 */
export async function* followStream(
  open: Open,
  wait: Wait,
  { team, project, cursor: from, signal }: FollowOptions,
): AsyncGenerator<Streamed, void, undefined> {
  let cursor = from
  let waitMs = waitMsMin
  let wasConnected = false
  const isOver = (): boolean => signal?.aborted === true
  while (!isOver()) {
    const line = makeLine(signal)
    try {
      const response = await open('/stream', {
        query: { team, project, cursor },
        accept: 'text/event-stream',
        signal: line.signal,
      })
      wasConnected = true
      waitMs = waitMsMin
      for await (const { id, message } of partsOf(response, line.heard)) {
        cursor = id ?? cursor
        const streamed = message === undefined ? undefined : read(message, cursor ?? '')
        if (streamed !== undefined) yield streamed
      }
    } catch (error) {
      if (isOver()) return
      if (!wasConnected || !mayPass(error)) throw error
    } finally {
      line.hangUp()
    }
    await wait(waitMs, signal)
    waitMs = Math.min(waitMs * 2, waitMsMax)
  }
}

/** A connection that is given up when it stays silent, and when nobody reads on. */
function makeLine(signal: AbortSignal | undefined) {
  const gone = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const heard = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => gone.abort(), silenceMsMax)
  }
  heard()
  return {
    signal: signal === undefined ? gone.signal : AbortSignal.any([gone.signal, signal]),
    heard,
    hangUp() {
      clearTimeout(timer)
      gone.abort()
    },
  }
}

/** Ends where the connection ends, well or broken: either way the stream goes on behind what came last. */
async function* partsOf({ body }: Response, heard: () => void): AsyncGenerator<StreamPart, void, undefined> {
  if (body === null) return
  const read = makeMessageReader()
  const decoder = new TextDecoder()
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  for (;;) {
    const chunk = await reader.read().catch(() => undefined)
    if (chunk === undefined || chunk.done) return
    heard()
    yield* read(decoder.decode(chunk.value, { stream: true }))
  }
}

/** Undefined for what a newer server may send besides. */
function read({ event, data }: NonNullable<StreamPart['message']>, cursor: string): Streamed | undefined {
  if (event === 'event') return { type: 'event', cursor, event: readAs(Event, event, data) }
  if (event === 'attempt') return { type: 'attempt', cursor, attempt: readAs(StreamedAttempt, event, data) }
  return undefined
}

function readAs<Shape extends z.ZodType>(shape: Shape, event: string, data: string): z.infer<Shape> {
  const parsed = shape.safeParse(parseJson(data))
  if (parsed.success) return parsed.data
  throw new UnexpectedAnswer(`a message “${event}” came in a shape not known here`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The server is away, starting or overburdened, or has yet to notice that the connection before is lost. */
function mayPass(error: unknown): boolean {
  if (error instanceof SignalboxProblem) return error.status >= 500 || error.status === 429
  return error instanceof ServerUnreachable
}
