import { Problem, problems, type ProblemType } from '../../contract/problem.ts'
import type { App } from './app.ts'

/** The pages that problem types point at: every server explains its own refusals. */
export function problemPages(app: App): void {
  app.get('/problems', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy)
      .send(page('Problems', `<ul>${Object.keys(problems).map(item).join('')}</ul>`)),
  )

  app.get('/problems/:type', { schema: { hide: true } }, async (request, reply) => {
    const { type } = request.params as { type: string }
    if (!Object.hasOwn(problems, type)) throw new Problem('not-found', `There is no problem called ${type}.`)
    const { status, title, about } = problems[type as ProblemType]
    const body = `<p>${escapeHtml(about)}</p><p>Status ${status}, type <code>/problems/${type}</code>. <a href="/problems">All problems</a></p>`
    return reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy).send(page(title, body))
  })
}

const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'"

function item(type: string): string {
  return `<li><a href="/problems/${type}"><code>${type}</code></a>: ${escapeHtml(problems[type as ProblemType].title)}</li>`
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)} · Signalbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}</style>
<h1>${escapeHtml(title)}</h1>${body}</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
