import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problems, type ProblemType } from '../../contract/problem.ts'
import type { App } from './app.ts'

/** The pages that problem types point at: every server explains its own refusals, to a browser and to a terminal. */
export function problemPages(app: App): void {
  app.get('/problems', { schema: { hide: true } }, async (request, reply) => {
    const types = Object.keys(problems) as ProblemType[]
    if (!wantsHtml(request)) return plain(reply, types.map((type) => `${type}: ${problems[type].title}\n`).join(''))
    return html(reply, page('Problems', `<ul>${types.map(item).join('')}</ul>`))
  })

  app.get('/problems/:type', { schema: { hide: true } }, async (request, reply) => {
    const { type } = request.params as { type: string }
    if (!isProblemType(type)) throw new Problem('not-found', `There is no problem called ${type}.`)
    const { status, title, about } = problems[type]
    if (!wantsHtml(request)) return plain(reply, `${title}\n\n${about}\n\nStatus ${status}, type /problems/${type}\n`)
    const kind = `Status ${status}, type <code>/problems/${type}</code>. <a href="/problems">All problems</a>`
    return html(reply, page(title, `<p>${escapeHtml(about)}</p><p>${kind}</p>`))
  })
}

/** Who asks for text and not for HTML gets text; whoever says nothing of it gets the page. */
function wantsHtml({ headers: { accept = '' } }: FastifyRequest): boolean {
  return !accept.includes('text/plain') || accept.includes('text/html')
}

function plain(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/plain; charset=utf-8').header('vary', 'accept').send(text)
}

function html(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      vary: 'accept',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .send(text)
}

function isProblemType(type: string): type is ProblemType {
  return Object.hasOwn(problems, type)
}

function item(type: ProblemType): string {
  return `<li><a href="/problems/${type}"><code>${type}</code></a>: ${escapeHtml(problems[type].title)}</li>`
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)} · Signalbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}</style>
<h1>${escapeHtml(title)}</h1>${body}</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
