import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyBaseLogger,
  type RawServerDefault,
} from 'fastify'
import { createJsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type * as z from 'zod'
import { Problem } from '../../contract/problem.ts'
import { authenticateApiKey } from '../access/authenticate.ts'
import type { Context } from '../access/context.ts'
import { makeRequestId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { describeAnswers, describeApi } from './describe-api.ts'
import { dropSilentConnections } from './drop-silent-connections.ts'
import { healthRoutes } from './health-routes.ts'
import type { House } from './house.ts'
import { idempotency } from './idempotency.ts'
import { metricsRoute } from './metrics-route.ts'
import { problemPages } from './problem-pages.ts'
import { readJson } from './read-json.ts'
import { refuseUnknownRoutes } from './refuse-unknown-routes.ts'
import { answerClientError, refuseUnkeepableAddress } from './refuse-unreadable.ts'
import { renderProblem } from './render-problem.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { servePages } from './serve-pages.ts'
import { requireOwnOrigin, sessionOf, sessionRoutes } from './session-routes.ts'
import { setUpRoutes } from './set-up-routes.ts'
import { signInRoute } from './sign-in-route.ts'
import { compileValidator } from './validate.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; there on every route below `/api/v1`. */
    context: Context
  }
}

/** A Fastify whose routes take and give the zod shapes of `contract`. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** Builds the HTTP door. `register` hands each resource's routes the app below `/api/v1`. */
export async function buildApp(house: House, resources: readonly ((app: App, house: House) => void)[]): Promise<App> {
  const app = Fastify({
    bodyLimit: limits.requestBytesMax,
    genReqId: () => makeRequestId(),
    trustProxy: [...house.trustedProxies],
    logger: false,
    return503OnClosing: true,
    routerOptions: { maxParamLength: limits.addressPieceCharsMax },
    frameworkErrors: (error, request, reply) => void renderProblem(house.log, error, request, reply),
    clientErrorHandler: answerClientError,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler<z.ZodType>(compileValidator)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => renderProblem(house.log, error, request, reply))
  dropSilentConnections(app)
  readJson(app)
  refuseUnknownRoutes(app, house)
  app.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply)
    if (writes.has(request.method) && house.diskIsNearlyFull())
      throw new Problem('disk-nearly-full', 'Nothing is written until there is more room on the disk of the database.')
  })
  app.addHook('onResponse', (request, reply, done) => {
    logHandled(house, request, reply)
    done()
  })
  await app.register(cookie)
  await app.register(swagger, {
    openapi: describeApi(house.version),
    transform: createJsonSchemaTransform({}),
    transformObject: describeAnswers,
  })
  healthRoutes(app, house)
  metricsRoute(app, house)
  problemPages(app, house.pagesFolder)
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  setUpRoutes(app, house)
  signInRoute(app, house)
  sessionRoutes(app, house)
  if (house.pagesFolder !== undefined) await servePages(app, house.pagesFolder)
  await app.register(
    async (api) => {
      api.addHook('onRequest', async (request) => {
        request.context = await authenticate(house, request)
      })
      api.addHook('preValidation', async (request) => refuseUnkeepableAddress(request))
      idempotency(api.withTypeProvider<ZodTypeProvider>(), house)
      for (const register of resources) register(api.withTypeProvider<ZodTypeProvider>(), house)
    },
    { prefix: '/api/v1' },
  )
  return app
}

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Who asks, by the key that came with the request. */
export async function authenticate(house: House, request: FastifyRequest): Promise<Context> {
  const given = apiKeyOf(request.headers.authorization)
  const session = given === undefined ? sessionOf(request) : undefined
  if (session !== undefined) requireOwnOrigin(request)
  const key = given ?? session
  const actor = key === undefined ? undefined : await authenticateApiKey(house.db, key)
  if (actor === undefined)
    throw new Problem(
      'not-authenticated',
      key === undefined
        ? 'No API key came with the request.'
        : session === undefined
          ? 'This API key is unknown or was revoked.'
          : 'The session has ended.',
    )
  return { actor, clock: house.clock, db: house.db }
}

/** `Bearer <key>`, or Basic with the key as password, which is what the SDK and `curl -u api:<key>` send. */
function apiKeyOf(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic) +(\S+)$/i.exec(header ?? '') ?? []
  if (scheme === undefined || value === undefined) return undefined
  return scheme.toLowerCase() === 'bearer'
    ? value
    : Buffer.from(value, 'base64').toString().split(':').slice(1).join(':')
}

function logHandled(house: House, request: FastifyRequest, reply: FastifyReply): void {
  house.log.info('request.handled', {
    request_id: request.id,
    method: request.method,
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    duration_ms: Math.round(reply.elapsedTime * 10) / 10,
    actor_id: request.context?.actor.kind === 'person' ? request.context.actor.personId : null,
  })
}
