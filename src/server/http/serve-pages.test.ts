import Fastify from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePages } from './serve-pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'signalbox-pages-'))
const app = Fastify()

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Signalbox</title>')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'no page')
  await servePages(app, folder)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

test.each(['/', '/overview', '/automations/aut_1/edit', '/teams/vision/webhooks', '/sign-in?next=%2Fhistory'])(
  'every address of the web app is its one page, under a policy that lets no other host and no inline script in: %s',
  async (url) => {
    const { statusCode, headers, body } = await app.inject(url)
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: '<!doctype html><title>Signalbox</title>' })
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect(headers['cache-control']).toBe('no-cache')
  },
)

test('files whose names change with their content are kept by browsers for a year', async () => {
  const { statusCode, headers } = await app.inject('/assets/main-abc.js')
  expect(statusCode).toBe(200)
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
})

test.each(['/assets/gone.js', '/nowhere', '/assets/..%2fsecret.txt', '/secret.txt'])(
  '%s leads nowhere',
  async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404)
  },
)

test('a browser that takes compressed files gets the one that was made with the build', async () => {
  writeFileSync(join(folder, 'assets', 'main-abc.js.br'), 'compressed')
  const { headers, body } = await app.inject({ url: '/assets/main-abc.js', headers: { 'accept-encoding': 'gzip, br' } })
  expect([headers['content-encoding'], headers['content-type'], body]).toEqual([
    'br',
    expect.stringContaining('javascript'),
    'compressed',
  ])
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await app.inject('/assets/main-abc.js')).body).toBe('export {}')
})
