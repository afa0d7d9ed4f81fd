import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'

const launcher = new URL('../../bin/signalbox.js', import.meta.url).pathname
const signalbox = useSignalbox()
const home = mkdtempSync(join(tmpdir(), 'signalbox-home-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(args: readonly string[], environment: Record<string, string> = {}, input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [launcher, ...args],
      { env: { PATH: process.env['PATH'] ?? '', HOME: home, XDG_CONFIG_HOME: join(home, 'config'), ...environment } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

async function adminKey(): Promise<string> {
  return (await signalbox.current.admin.must('POST', '/api-keys', { name: 'cli' }))['key'] as string
}

test('an event is recorded, shown and explained, for people and as JSON', async () => {
  const environment = { SIGNALBOX_URL: signalbox.current.server.url, SIGNALBOX_API_KEY: await adminKey() }
  const recorded = await run(
    ['events', 'record', 'demo', '--name', 'by.cli', '--data', '{"a": 1}', '--json'],
    environment,
  )
  expect(recorded).toMatchObject({ code: 0, stderr: '' })
  const { id } = JSON.parse(recorded.stdout) as { id: string }
  expect((await run(['events', 'list', 'demo'], environment)).stdout).toMatch(
    new RegExp(`^${id} +CUSTOM +by.cli `, 'm'),
  )
  expect(JSON.parse((await run(['events', 'show', id, '--json'], environment)).stdout)).toMatchObject({
    facts: { data: { a: 1 } },
  })
  expect((await run(['events', 'explain', id], environment)).stdout).toContain('No automation was in its reach.')
})

test('a delivery is listed and shown with every attempt', async () => {
  const { makeWebhook, makeAutomation, record, ended } = signalbox.current
  const webhook = await makeWebhook()
  await makeAutomation(webhook.id, { filter: { name: 'shown.by.cli' } })
  const event = await record({ name: 'shown.by.cli' })
  const [delivery] = await ended(event.id)
  const environment = { SIGNALBOX_URL: signalbox.current.server.url, SIGNALBOX_API_KEY: await adminKey() }
  expect((await run(['deliveries', 'list', '--webhook', webhook.id], environment)).stdout).toContain(delivery!['id'])
  const shown = await run(['deliveries', 'show', delivery!['id']], environment)
  expect(shown.stdout).toMatch(/attempt 1 .* succeeded 200/)
  expect(shown.stdout).toContain('x-wandb-signature')
})

test('login checks the key first and remembers it for its owner only; later commands use it', async () => {
  const { url } = signalbox.current.server
  const wrong = await run(['login', '--url', url, '--api-key', `sbx_${'a'.repeat(40)}`])
  expect(wrong).toMatchObject({ code: 3 })
  expect(await run(['login', '--url', url, '--api-key', await adminKey()])).toMatchObject({ code: 0 })
  expect(statSync(join(home, 'config', 'signalbox', 'credentials.json')).mode & 0o077).toBe(0)
  expect((await run(['me'], { SIGNALBOX_URL: url })).stdout).toContain('ada')
})

test('login takes a name and a password', async () => {
  const { url } = signalbox.current.server
  const signedIn = await run(['login', '--url', url, '--name', 'ada'], {}, 'correct horse battery\n')
  expect(signedIn).toMatchObject({ code: 0 })
  expect((await run(['login', '--url', url, '--name', 'ada'], {}, 'wrong\n')).code).toBe(3)
})

test('exit codes and words tell usage, refusal, not found and no server apart; each says what to try', async () => {
  const environment = { SIGNALBOX_URL: signalbox.current.server.url, SIGNALBOX_API_KEY: await adminKey() }
  const cases: readonly (readonly [number, readonly string[], Record<string, string>])[] = [
    [2, ['events', 'record', 'demo'], environment],
    [2, ['no-such-command'], environment],
    [2, ['events', 'record', 'demo', '--name', 'x', '--data', '{'], environment],
    [2, ['deliveries', 'list', '--webhook', 'whk_1', '--state', 'gone'], environment],
    [3, ['deliveries', 'list'], environment],
    [3, ['me'], { SIGNALBOX_URL: signalbox.current.server.url, SIGNALBOX_API_KEY: 'nonsense' }],
    [4, ['events', 'show', 'evt_00000000000000000000000000'], environment],
    [5, ['me'], { SIGNALBOX_URL: 'http://127.0.0.1:1', SIGNALBOX_API_KEY: 'x' }],
  ]
  for (const [code, args, given] of cases) {
    const ran = await run(args, given)
    expect([args.join(' '), ran.code]).toEqual([args.join(' '), code])
    expect(ran.stderr).toMatch(/^try: /m)
    expect(ran.stdout).toBe('')
  }
})

test('serve says every mistake of its configuration at once', async () => {
  const ran = await run(['serve'], { DATABASE_URL: 'mysql://x', SIGNALBOX_ROLE: 'boss', SIGNALBOX_RETENTION_DAYS: '1' })
  expect(ran.code).toBe(2)
  for (const name of ['DATABASE_URL', 'SIGNALBOX_ROLE', 'SIGNALBOX_RETENTION_DAYS']) expect(ran.stderr).toContain(name)
})

test('serve refuses to be reached from other machines without an address they know it by', async () => {
  const ran = await run(['serve'], { SIGNALBOX_LISTEN: '0.0.0.0:0' })
  expect(ran.code).toBe(2)
  expect(ran.stderr).toContain('SIGNALBOX_PUBLIC_URL')
})
