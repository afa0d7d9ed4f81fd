import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { Problem } from '../../contract/problem.ts'
import { Me, SignIn } from '../../contract/who.ts'
import { authenticateApiKey } from '../access/authenticate.ts'
import { limits } from '../base/limits.ts'
import { getMe } from '../people/get-me.ts'
import { endSession } from '../people/end-session.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const cookie = 'signalbox_session'

/** The browser's way in: a cookie that no script can read, sent to this origin only. */
export function sessionRoutes(app: App, house: House): void {
  app.post(
    '/api/v1/session',
    {
      schema: {
        operationId: 'openSession',
        summary: 'Sign in with a name and a password; the answer sets a cookie',
        tags: ['people'],
        security: [],
        body: SignIn,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      requireOwnOrigin(request)
      const token = await house.signInGate.openSession(request.body, request.ip)
      return answerWithSession(house, request, reply, token)
    },
  )

  app.delete(
    '/api/v1/session',
    {
      schema: {
        operationId: 'endSession',
        summary: 'Sign out: the session ends, and its cookie goes',
        tags: ['people'],
        security: [],
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      requireOwnOrigin(request)
      const token = sessionOf(request)
      if (token !== undefined) await endSession(house.db, token)
      setCookie(request, reply, '', 0)
      return reply.code(204).send(null)
    },
  )
}

/** Sets the cookie of a new session, and tells whose it is. */
export async function answerWithSession(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<Me> {
  const actor = await authenticateApiKey(house.db, token)
  if (actor === undefined) throw new Problem('unavailable', 'The session could not be opened; try again.')
  setCookie(request, reply, token, limits.sessionMsMax)
  return getMe({ actor, clock: house.clock, db: house.db })
}

export function sessionOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[cookie]
  return token === undefined || token === '' ? undefined : token
}

/**
 * A cookie comes along whoever makes the browser ask, so what changes something has to come from a page of this origin.
 * Browsers say where a request comes from; programs that send a cookie by hand say nothing.
 */
export function requireOwnOrigin(request: FastifyRequest): void {
  const { origin } = request.headers
  if (origin === undefined || request.method === 'GET' || request.method === 'HEAD') return
  if (URL.parse(origin)?.host === request.host) return
  throw new Problem(
    'cross-origin',
    `This request comes from ${origin}, and only pages of ${request.host} may ask for it.`,
  )
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string, ms: number): void {
  reply.setCookie(cookie, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: Math.floor(ms / 1000),
  })
}
