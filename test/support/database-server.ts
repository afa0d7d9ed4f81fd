import type { TestProject } from 'vitest/node'

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
  throw new Error('the embedded database is not wired into the tests yet: set SIGNALBOX_TEST_DATABASE_URL')
}
