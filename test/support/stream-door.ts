import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/server/base/clock.ts'
import { silentLog } from '../../src/server/base/log.ts'
import { later } from '../../src/server/base/timers.ts'
import { openDatabase } from '../../src/server/database/database.ts'
import { makeStreamHub } from '../../src/server/events/stream-hub.ts'
import { buildApp } from '../../src/server/http/app.ts'
import type { House } from '../../src/server/http/house.ts'
import { streamRoutes } from '../../src/server/http/stream-routes.ts'

/**
 * The stream of another process on the same database, whose heart beats as fast as the test wants; closed when the test
 * ends.
 */
export async function startStreamDoor(
  databaseUrl: string,
  { beatMs }: { readonly beatMs: number },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const db = openDatabase({ url: databaseUrl, prepare: true, connectionsMax: 4, log: silentLog })
  const parts = { db, clock: systemClock, log: silentLog }
  const stream = makeStreamHub({ ...parts, later, beatMs })
  const house = { ...parts, version: 'test', trustedProxies: [], readiness: [], stream }
  const app = await buildApp(house as unknown as House, [streamRoutes])
  await app.listen({ host: '127.0.0.1', port: 0 })
  const close = async (): Promise<void> => {
    await app.close()
    await db.close()
  }
  let closed: Promise<void> | undefined
  const closeOnce = (): Promise<void> => (closed ??= close())
  onTestFinished(closeOnce)
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: closeOnce }
}
