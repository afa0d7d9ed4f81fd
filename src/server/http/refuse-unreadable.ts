import type { FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import { Problem, problems } from '../../contract/problem.ts'
import { whyNotKept } from '../../contract/json-data.ts'
import { makeRequestId } from '../base/ids.ts'
import { documentOf } from './render-problem.ts'

/** What is not even HTTP is answered by hand, since there is neither request nor reply. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) return void socket.destroy()
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Problem('request-malformed', 'The headers are too long.')
      : new Problem('request-malformed', 'This is not HTTP, or the request did not arrive in time.')
  const body = JSON.stringify(documentOf(problem, makeRequestId()))
  const head = [
    `HTTP/1.1 ${problems[problem.type].status} Bad Request`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** A NUL character or half of a surrogate pair names nothing, and PostgreSQL would not take it. */
export function refuseUnkeepableAddress(request: FastifyRequest): void {
  for (const value of Object.values((request.params ?? {}) as Record<string, string>))
    if (whyNotKept(value) !== undefined) throw new Problem('not-found', 'There is nothing of that name.')
  const mistakes = Object.entries((request.query ?? {}) as Record<string, string | string[]>).flatMap(
    ([name, value]) => {
      const why = [value]
        .flat()
        .map(whyNotKept)
        .find((found) => found !== undefined)
      return why === undefined ? [] : [{ pointer: `#/query/${name}`, detail: why }]
    },
  )
  if (mistakes.length > 0) throw new Problem('request-invalid', 'The address has mistakes.', mistakes)
}
