import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problems } from '../../src/contract/problem.ts'
import { startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { makeDatabase } from '../support/database.ts'
import { startSignalbox, type TestSignalbox } from '../support/signalbox.ts'
import { readSourceFiles } from '../support/source-files.ts'
import { waitFor } from '../support/wait-for.ts'

let signalbox: TestSignalbox & { stop(): Promise<void> }
let proxy: CuttingProxy
let database: Awaited<ReturnType<typeof makeDatabase>>

beforeAll(async () => {
  database = await makeDatabase()
  proxy = await startCuttingProxy(database.url)
  signalbox = await startSignalbox({ databaseUrl: proxy.url })
})

afterAll(async () => {
  proxy.restore()
  await signalbox.stop()
  await proxy.close()
  await database.drop()
})

async function look(path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${signalbox.admin.url}${path}`)
  return { status: answer.status, body: await answer.json() }
}

test('a server that can do its work is alive and ready, and says so without a key', async () => {
  expect(await look('/healthz')).toEqual({
    status: 200,
    body: { status: 'alive', version: expect.stringMatching(/^\d+\.\d+/) },
  })
  expect(await look('/readyz')).toEqual({ status: 200, body: { status: 'ready' } })
})

test('while the database is away it is alive, not ready, and says what is missing; then it is ready again', async () => {
  proxy.breakAll()
  try {
    const { status, body } = await look('/readyz')
    expect(status).toBe(503)
    const away = 'the database cannot be reached'
    expect(body).toEqual({ status: 'not ready', missing: { database: away, master_key: away } })
    expect(await look('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } })
    const refused = await signalbox.admin.call('GET', '/me')
    expect(refused.body).toMatchObject({ status: 503, type: '/problems/unavailable' })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  } finally {
    proxy.restore()
  }
  await waitFor('the server to be ready again', async () => (await look('/readyz')).status === 200)
  expect((await signalbox.admin.call('GET', '/me')).status).toBe(200)
})

test('every registered problem is explained to programs in plain text, and the list names all of them', async () => {
  const list = await (await fetch(`${signalbox.admin.url}/problems`)).text()
  for (const [type, { status, title, about }] of Object.entries(problems)) {
    const page = await fetch(`${signalbox.admin.url}/problems/${type}`)
    expect(page.status, type).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(page.headers.get('vary')).toBe('accept')
    const text = await page.text()
    for (const part of [title, about, `Status ${status}`]) expect(text).toContain(part)
    expect(list).toContain(`${type}: ${title}\n`)
  }
})

test('every registered problem is thrown somewhere, and every thrown one is registered', () => {
  const sources = readSourceFiles('src/server').filter(({ path }) => !path.endsWith('.test.ts'))
  const texts = sources.map(({ path }) => readFileSync(path, 'utf8'))
  // `new Problem('type', …)`, or `['type', …]` in the table of what Fastify refuses.
  const thrown = texts.flatMap((text) =>
    [...text.matchAll(/new Problem\(\s*'([a-z-]+)'/g), ...text.matchAll(/FST_\w+: \[\s*'([a-z-]+)'/g)].map(
      ([, type]) => type!,
    ),
  )
  expect(thrown.length).toBeGreaterThanOrEqual(40)
  expect([...new Set(thrown)].toSorted()).toEqual(Object.keys(problems).toSorted())
})
