import { join } from 'node:path'
import statics from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { App } from './app.ts'

/** Everything a page needs comes from here; styles are set by elements, as the components do it. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Where the web app has pages; every other address is answered as to a program. */
const places = [
  'sign-in',
  'setup',
  'overview',
  'automations',
  'history',
  'deliveries',
  'events',
  'registries',
  'projects',
  'teams',
  'profile',
]

/** The web app: one page for every address of it, and its files, whose names change with their content. */
export async function servePages(app: App, folder: string): Promise<void> {
  await app.register(statics, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    decorateReply: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header('cache-control', path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable'),
  })
  const page = (reply: FastifyReply) => sendPage(reply, folder)
  const hidden = { schema: { hide: true } }
  app.get('/', hidden, (_request, reply) => page(reply))
  for (const place of places) {
    app.get(`/${place}`, hidden, (_request, reply) => page(reply))
    app.get(`/${place}/*`, hidden, (_request, reply) => page(reply))
  }
}

/** The one page; which of the web app's it is, the address says. */
export function sendPage(reply: FastifyReply, folder: string): FastifyReply {
  return reply.header('content-security-policy', pagePolicy).sendFile('index.html', folder)
}
