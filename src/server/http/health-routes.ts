import { limits } from '../base/limits.ts'
import { later } from '../base/timers.ts'
import type { App } from './app.ts'
import type { House, ReadinessCheck } from './house.ts'

/** For whoever watches over the process: alive says that it answers, ready that it can do its work. */
export function healthRoutes(app: App, house: House): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'alive', version: house.version }))

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const answers = await Promise.all(house.readiness.map(async (one) => [one.name, await whyNot(one)] as const))
    const missing = answers.filter(([, why]) => why !== undefined)
    if (missing.length === 0) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', missing: Object.fromEntries(missing) })
  })
}

/** A check that fails or does not come to an end is a reason like any other: whoever watches waits a few seconds only. */
async function whyNot({ check }: ReadinessCheck): Promise<string | undefined> {
  const { promise: late, resolve: giveUp } = Promise.withResolvers<string>()
  const callOff = later(limits.readinessMsMax, () => giveUp(`no answer within ${limits.readinessMsMax} ms`))
  try {
    return await Promise.race([check(), late])
  } catch {
    return 'the check itself failed'
  } finally {
    callOff()
  }
}
