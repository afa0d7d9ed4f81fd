import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../contract/problem.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

/** For Prometheus. Without a token of its own there is nothing to read: what a server does is nobody's business by default. */
export function metricsRoute(app: App, { metrics }: House): void {
  if (metrics === undefined) return
  const allowed = digest(`Bearer ${metrics.token}`)
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), allowed))
      throw new Problem(
        'not-authenticated',
        'Metrics are read with the token of SIGNALBOX_METRICS_TOKEN, sent as Authorization: Bearer <token>.',
      )
    reply.type('text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store')
    return metrics.read()
  })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
