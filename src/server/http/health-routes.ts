import type { App } from './app.ts'
import type { House } from './house.ts'

/** For whoever watches over the process: alive says that it answers, ready that it can do its work. */
export function healthRoutes(app: App, house: House): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive', version: house.version }))

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const answers = await Promise.all(house.readiness.map(async ({ name, check }) => [name, await check()] as const))
    const missing = answers.filter(([, why]) => why !== undefined)
    if (missing.length === 0) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', missing: Object.fromEntries(missing) })
  })
}
