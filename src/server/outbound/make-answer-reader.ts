import type { Dispatcher } from 'undici'
import { limits } from '../base/limits.ts'

/** What a receiver answered, as it came. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  /** False where the body is longer than what is read of it; its connection is not to be used again. */
  readonly complete: boolean
}

/** Takes one answer in as it comes. */
export interface AnswerReader {
  readonly handler: Dispatcher.DispatchHandler
  /** Rejects when the exchange broke off, or was given up. */
  readonly answered: Promise<RawAnswer>
  /** The request is of no use any more, however far it has come. */
  giveUp(reason: Error): void
}

/**
 * Reads an answer up to `responseBytesRead`; a longer one is broken off. Nothing is decompressed. By callbacks, since
 * undici's `request()` makes a stream, a signal and a resource for each answer, which cost more than all the rest of it.
 */
export function makeAnswerReader(onHead: (status: number) => void): AnswerReader {
  const { promise: answered, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const chunks: Buffer[] = []
  let length = 0
  let head: Pick<RawAnswer, 'status' | 'headers'> | undefined
  let controller: Dispatcher.DispatchController | undefined
  let givenUp: Error | undefined

  function giveUp(reason: Error): void {
    givenUp = reason
    reject(reason)
    controller?.abort(reason)
  }

  return {
    answered,
    giveUp,
    handler: {
      onRequestStart(started) {
        controller = started
        if (givenUp !== undefined) started.abort(givenUp)
      },
      onResponseStart(_controller, status, headers) {
        // Before the answer there may be informational ones.
        if (status < 200) return
        head = { status, headers }
        onHead(status)
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk)
        length += chunk.length
        if (length <= limits.responseBytesRead) return
        resolve({ ...head!, body: Buffer.concat(chunks).subarray(0, limits.responseBytesRead), complete: false })
        giveUp(new Error('no more of the answer is read'))
      },
      onResponseEnd() {
        resolve({ ...head!, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), complete: true })
      },
      onResponseError(_controller, error) {
        reject(error)
      },
    },
  }
}
