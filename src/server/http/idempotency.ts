import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../contract/problem.ts'
import { limits } from '../base/limits.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'
import { claimIdempotencyKey, forgetIdempotencyKey, keepAnswer, type HeldKey } from './idempotency-store.ts'
import { unkeptAnswers } from './unkept-answers.ts'

/**
 * `Idempotency-Key` on POST: a repeat gets the answer of the first request and does nothing. The key stands for one
 * method, address and body of one actor. Answers are kept sealed, since one may show a new key; a server's failure and
 * "too many requests" are not kept, so that the repeat tries again. A request whose process died in the middle can be
 * repeated after a minute. An operation of `unkeptAnswers` is done anew each time.
 */
export function idempotency(app: App, house: House): void {
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request)
    if (key === undefined || unkeptAnswers.has(request.routeOptions.schema?.operationId ?? '')) return
    const actorId = actorOf(request)
    const claim = await claimIdempotencyKey(house.db, { actorId, key, fingerprint: fingerprintOf(request) })
    if (claim.kind === 'claimed') return void (request.heldKey = { actorId, key, at: claim.at })
    if (claim.kind === 'in-use')
      throw new Problem('idempotency-key-in-use', `The first request with the key “${key}” has not been answered yet.`)
    if (claim.kind === 'other-request')
      throw new Problem('idempotency-key-reused', `The key “${key}” stands for another request.`)
    const answer = house.keyring.open(claim.keyId, claim.answer, boundTo(actorId, key)).toString()
    return reply
      .code(claim.status)
      .header('idempotency-replayed', 'true')
      .type(typeOf(claim.status))
      .serializer((text: string) => text)
      .send(answer)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const { heldKey } = request
    if (heldKey === undefined) return payload
    request.heldKey = undefined
    await settle(house, reply, heldKey, payload).catch((error: unknown) =>
      // What was done was done: the caller is told so, and a repeat is told to wait, then does it anew.
      house.log.warn('idempotency_key.not_settled', { request_id: request.id, error: String(error) }),
    )
    return payload
  })
}

/** Keeps the answer, sealed; or forgets the key, so that a repeat tries again. */
async function settle(
  { db, keyring }: House,
  { statusCode: status }: FastifyReply,
  held: HeldKey,
  payload: unknown,
): Promise<void> {
  if (status >= 500 || status === 429) return forgetIdempotencyKey(db, held)
  const text = Buffer.from(typeof payload === 'string' ? payload : '')
  const { keyId, sealed } = keyring.seal(text, boundTo(held.actorId, held.key))
  await keepAnswer(db, held, { status, keyId, answer: sealed })
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Claimed by this request, which has yet to be answered. */
    heldKey?: HeldKey | undefined
  }
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined || request.method !== 'POST') return undefined
  if (typeof key !== 'string' || key.length === 0 || key.length > limits.idempotencyKeyCharsMax)
    throw new Problem('request-malformed', `An Idempotency-Key has 1 to ${limits.idempotencyKeyCharsMax} characters.`)
  return key
}

function actorOf(request: FastifyRequest): number {
  return request.context.actor.kind === 'person' ? request.context.actor.personId : 0
}

function fingerprintOf(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest()
}

function boundTo(actorId: number, key: string): string {
  return `answer:${actorId}:${key}`
}

function typeOf(status: number): string {
  return status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8'
}
