import type { Socket } from 'node:net'
import { limits } from '../base/limits.ts'
import { later } from '../base/timers.ts'

/** The receiver sent far more than an answer of which so little is read. */
export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError'
  readonly code = 'SIGNALBOX_TOO_LONG'
}

/**
 * Breaks a connection off when more than `responseBytesOnWireMax` come in between two requests. Headers and bodies have
 * limits of their own; informational answers, empty lines, status lines and extensions of chunks are thrown away by the
 * parser, so that only here somebody counts them.
 */
export function boundReading(socket: Socket): { nextRequest(): void } {
  let from = socket.bytesRead
  socket.on('readable', () => {
    if (socket.bytesRead - from > limits.responseBytesOnWireMax) breakOff(socket)
  })
  return { nextRequest: () => void (from = socket.bytesRead) }
}

/**
 * The same for a TLS handshake over `tcp`, during which nobody hears of what comes in: it is looked at now and then.
 * Answers a function that ends the looking.
 */
export function boundHandshake(tcp: Socket, handshake: Socket): () => void {
  let callOff = later(limits.handshakeLookMs, look)
  function look(): void {
    if (tcp.bytesRead > limits.responseBytesOnWireMax) breakOff(handshake)
    else if (!handshake.destroyed) callOff = later(limits.handshakeLookMs, look)
  }
  return () => callOff()
}

function breakOff(socket: Socket): void {
  socket.destroy(new AnswerTooLongError('the answer is too long'))
}
