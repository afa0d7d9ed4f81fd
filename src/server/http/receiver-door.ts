import Fastify from 'fastify'
import { parseId, spellId, type EntityId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { BuiltInReceiver } from '../trials/built-in-receiver.ts'

export interface ReceiverDoor {
  /** As the guard's allow-list names it. */
  readonly target: string
  urlOf(entityId: EntityId): string
  stop(): Promise<void>
}

/**
 * Where requests to the built-in receiver come in: an address for each team. It is a listener of its own on a loopback
 * address, so that the guard lets webhooks reach it and nothing else of this server. Undefined where its port is taken:
 * that is no reason not to start.
 */
export async function openReceiverDoor(
  receiver: BuiltInReceiver,
  listen: { readonly host: string; readonly port: number },
  log: Log,
): Promise<ReceiverDoor | undefined> {
  const app = Fastify({
    bodyLimit: limits.requestBytesMax,
    requestTimeout: limits.receivedMsMax,
    forceCloseConnections: true,
    logger: false,
  })
  let host = ''
  const urlOf = (entityId: EntityId): string => `http://${host}/${spellId('entity', entityId)}`
  app.server.maxConnections = limits.receiverConnectionsMax
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ verified: false, detail: 'nothing is here' }))
  app.setErrorHandler(({ statusCode = 500 }: { statusCode?: number }, _request, reply) =>
    reply
      .code(statusCode)
      .send({ verified: false, detail: statusCode === 413 ? 'it is too long' : 'it was not taken' }),
  )
  app.post<{ Params: { entity: string }; Body: Buffer | undefined }>('/:entity', async (request, reply) => {
    const entityId = parseId('entity', request.params.entity)
    if (entityId === undefined) return reply.callNotFound()
    const { headers, body = Buffer.alloc(0) } = request
    const arrival = await receiver.take({ entityId, url: urlOf(entityId), headers, body })
    if (arrival === undefined)
      return { verified: false, detail: 'no saved webhook sends here, so there is nothing to verify it with' }
    if (arrival.forgery !== undefined) return reply.code(401).send({ verified: false, detail: arrival.forgery })
    return reply.header('signalbox-signature', 'verified').send({ verified: true })
  })
  const address = await app.listen(listen).catch((error: unknown) => {
    log.warn('receiver.not_started', { ...listen, error: String(error) })
  })
  if (address === undefined) return undefined
  host = new URL(address).host
  return { target: host, urlOf, stop: () => app.close() }
}
