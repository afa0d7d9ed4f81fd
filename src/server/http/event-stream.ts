import type { FastifyReply } from 'fastify'
import type { OutgoingHttpHeaders } from 'node:http'
import { limits } from '../base/limits.ts'
import type { StreamReader } from '../events/stream-hub.ts'

/**
 * The reader of a stream who sits behind a connection, and gets server-sent events. The connection belongs to the stream
 * alone and closes with it, so that a server that stops waits for nobody.
 */
export function makeEventStream(reply: FastifyReply, authenticate: StreamReader['authenticate']): StreamReader {
  const { raw } = reply
  let goOn = (): void => {}
  const isFull = (): boolean => raw.writableLength > limits.streamBufferBytesMax
  return {
    begin(cursor) {
      reply.hijack()
      raw.on('drain', () => goOn())
      raw.on('close', () => goOn())
      // What is written to somebody who has gone fails, and that they have gone is told by `close`.
      raw.on('error', () => {})
      reply.headers({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no', connection: 'close' })
      raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
      raw.write(`retry: ${limits.streamRetryMs}\nid: ${cursor}\n\n`)
    },
    take({ event, data }, cursor) {
      raw.write(`event: ${event}\nid: ${cursor}\ndata: ${data}\n\n`)
      return !isFull()
    },
    // An `id` alone is no message: it is only remembered.
    beat: (cursor) => void raw.write(`: beat\nid: ${cursor}\n\n`),
    isFull,
    drained: () =>
      raw.writableNeedDrain && !raw.destroyed ? new Promise((resolve) => (goOn = resolve)) : Promise.resolve(),
    authenticate,
    end() {
      // What was not taken until now comes again by the cursor; waiting for it would hold up a server that stops.
      if (raw.writableLength > 0) raw.destroy()
      else raw.end()
    },
  }
}
