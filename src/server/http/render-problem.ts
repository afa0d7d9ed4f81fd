import { isResponseSerializationError } from 'fastify-type-provider-zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problems, type ProblemDocument, type ProblemType } from '../../contract/problem.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { CommitUnknownError } from '../database/database.ts'
import { codeOf, isConnectionLost, isOverburdened, sqlstate } from '../database/sqlstate.ts'

/** The one place that decides what a caller sees of an error. Our own mistakes are logged with their cause, once. */
export function renderProblem(log: Log, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error)
  if (problem.type === 'internal')
    log.error('request.failed', {
      request_id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      error: causeOf(error),
    })
  if (problem.type === 'not-authenticated') reply.header('www-authenticate', 'Bearer')
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds))
  else if (problem.type === 'unavailable') reply.header('retry-after', '1')
  return reply
    .code(problems[problem.type].status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(documentOf(problem, request.id))
}

export function documentOf(problem: Problem, requestId: string): ProblemDocument {
  const { status, title } = problems[problem.type]
  return {
    type: `/problems/${problem.type}`,
    title,
    status,
    detail: problem.detail,
    instance: `/requests/${requestId}`,
    ...(problem.errors === undefined ? {} : { errors: [...problem.errors] }),
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof CommitUnknownError)
    return new Problem(
      'unavailable',
      'The database was lost while the change was being kept: it may or may not stand. Send it again under the same id or Idempotency-Key.',
    )
  if (isConnectionLost(error)) return new Problem('unavailable', 'The database cannot be reached; nothing was changed.')
  if (codeOf(error) === sqlstate.diskFull)
    return new Problem('disk-nearly-full', 'The database has no room left; nothing was changed.')
  if (isOverburdened(error))
    return new Problem('unavailable', 'The database could not do it just now; nothing was changed.')
  if (isResponseSerializationError(error))
    return new Problem('internal', 'The answer did not have the shape it promises.')
  return (
    ofFastify(error) ??
    new Problem('internal', 'The request could not be handled; the operator finds the cause under this request id.')
  )
}

/** Fastify's own refusals, by code. */
function ofFastify(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const [type, detail] = fastifyProblems[error.code] ?? []
  if (type !== undefined && detail !== undefined) return new Problem(type, detail)
  return 'statusCode' in error && error.statusCode === 400
    ? new Problem('request-malformed', 'The request is not well formed.')
    : undefined
}

const fastifyProblems: Record<string, readonly [ProblemType, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'request-too-large',
    `The body is longer than this address takes (most take ${limits.requestBytesMax} bytes).`,
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media-type-unsupported', 'The Content-Type is not application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['request-malformed', 'The Content-Type says JSON, but there is no body.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['request-malformed', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_TYPE: ['media-type-unsupported', 'The Content-Type is not application/json.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'Nothing has an address that long.'],
  FST_ERR_BAD_URL: ['request-malformed', 'The address is not well formed: a % stands before what is no UTF-8.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request-malformed', 'The body is not as long as Content-Length says.'],
}

function causeOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
