import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../contract/problem.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'
import { renderProblem } from './render-problem.ts'

/** 404 for an address that nothing has, 405 with `Allow` for a known one that does not take the method. */
export function refuseUnknownRoutes(app: App, house: House): void {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    methodsOf.set(url, methods)
  })
  const methodsAt = (path: string): readonly string[] => {
    const pieces = path.split('/')
    const found = [...methodsOf].flatMap(([route, methods]) => (fits(route.split('/'), pieces) ? [...methods] : []))
    return [...new Set(found)].toSorted()
  }
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]!
    const allowed = methodsAt(path)
    if (allowed.length === 0)
      return renderProblem(
        house.log,
        new Problem('not-found', `Nothing is at ${request.method} ${path}.`),
        request,
        reply,
      )
    reply.header('allow', allowed.join(', '))
    const problem = new Problem('method-not-allowed', `${path} does not take ${request.method}.`)
    return renderProblem(house.log, problem, request, reply)
  })
}

function fits(route: readonly string[], path: readonly string[]): boolean {
  return (
    route.length === path.length &&
    route.every((piece, index) => (piece.startsWith(':') ? path[index] !== '' : piece === path[index]))
  )
}
