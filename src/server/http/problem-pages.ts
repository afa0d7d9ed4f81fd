import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problems, type ProblemType } from '../../contract/problem.ts'
import type { App } from './app.ts'
import { sendPage } from './serve-pages.ts'

/**
 * What problem types point at: every server explains its own refusals, to a browser with a page of the web app, which
 * speaks the reader's language, and to whoever asks for no page in plain text.
 */
export function problemPages(app: App, pagesFolder: string | undefined): void {
  const explain = (request: FastifyRequest, reply: FastifyReply, text: string) => {
    reply.header('vary', 'accept')
    return pagesFolder !== undefined && wantsPage(request)
      ? sendPage(reply, pagesFolder)
      : reply.type('text/plain; charset=utf-8').send(text)
  }

  app.get('/problems', { schema: { hide: true } }, async (request, reply) => {
    const types = Object.keys(problems) as ProblemType[]
    return explain(request, reply, types.map((type) => `${type}: ${problems[type].title}\n`).join(''))
  })

  app.get('/problems/:type', { schema: { hide: true } }, async (request, reply) => {
    const { type } = request.params as { type: string }
    if (!isProblemType(type)) throw new Problem('not-found', `There is no problem called ${type}.`)
    const { status, title, about } = problems[type]
    return explain(request, reply, `${title}\n\n${about}\n\nStatus ${status}, type /problems/${type}\n`)
  })
}

function wantsPage({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('text/html')
}

function isProblemType(type: string): type is ProblemType {
  return Object.hasOwn(problems, type)
}
