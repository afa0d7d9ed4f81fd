import type { Socket } from 'node:net'

/** The receiver sent far more than an answer of which so little is read. */
export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError'
  readonly code = 'SIGNALBOX_TOO_LONG'
}

/**
 * Breaks a connection off when more than `bytesMax` come in between two requests. Headers and bodies have limits of their
 * own; informational answers, empty lines, status lines and extensions of chunks are thrown away by the parser, so that
 * only here somebody counts them.
 */
export function boundReading(socket: Socket, bytesMax: number): { nextRequest(): void } {
  let from = socket.bytesRead
  socket.on('readable', () => {
    if (socket.bytesRead - from > bytesMax) socket.destroy(new AnswerTooLongError('the answer is too long'))
  })
  return { nextRequest: () => void (from = socket.bytesRead) }
}
