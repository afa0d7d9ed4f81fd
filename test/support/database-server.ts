import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { silentLog } from '../../src/server/base/log.ts'
import { startEmbedded } from '../../src/server/database/embedded/start-embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string
  }
}

/** One PostgreSQL for the whole run: the one named by SIGNALBOX_TEST_DATABASE_URL, else the embedded one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env['SIGNALBOX_TEST_DATABASE_URL']
  if (named !== undefined) {
    project.provide('serverUrl', named)
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-test-'))
  const embedded = await startEmbedded({
    dataFolder: folder,
    log: silentLog,
    now: new Date(),
    settings: { max_connections: '300' },
  })
  project.provide('serverUrl', embedded.url)
  return async () => {
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
