import { StreamHeaders, StreamMessages, StreamQuery } from '../../contract/stream.ts'
import { openStream } from '../events/open-stream.ts'
import { authenticate, type App } from './app.ts'
import { makeEventStream } from './event-stream.ts'
import type { House } from './house.ts'

export function streamRoutes(app: App, house: House): void {
  const ends = new Set<() => void>()
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
    for (const end of ends) end()
  })

  app.get(
    '/stream',
    {
      exposeHeadRoute: false,
      schema: {
        operationId: 'stream',
        summary: 'Events and attempts as they come, of everything you may see',
        tags: ['events'],
        querystring: StreamQuery,
        headers: StreamHeaders,
        response: { 200: { content: { 'text/event-stream': { schema: StreamMessages } } } },
      },
    },
    async (request, reply) => {
      const reader = makeEventStream(reply, async () => (await authenticate(house, request)).actor)
      const query = { ...request.query, lastEventId: request.headers['last-event-id'] }
      const stop = await openStream(house.stream, request.context, query, reader)
      const { end } = reader
      ends.add(end)
      reply.raw.once('close', () => {
        ends.delete(end)
        stop()
      })
      // They may be gone already, and so may we.
      if (reply.raw.destroyed) stop()
      if (isClosing) end()
    },
  )
}
