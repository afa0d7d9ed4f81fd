import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeEmptyDatabase } from '../support/database.ts'
import { makeClient } from '../support/client.ts'
import { waitFor } from '../support/wait-for.ts'
import { run, start, type Environment, type Running } from './run-cli.ts'

let database: Awaited<ReturnType<typeof makeEmptyDatabase>>
let environment: Environment
beforeEach(async () => {
  database = await makeEmptyDatabase()
  environment = { DATABASE_URL: database.url }
})
afterEach(() => database.drop())

test('an operator sees where the database is, and brings its schema up', async () => {
  expect((await run(['db', 'url'], environment)).stdout).toBe(`${database.url}\n`)
  expect((await run(['db', 'status'], environment)).stdout).toMatch(/^the database \S+\nThe schema is behind: /)
  const migrated = await run(['db', 'migrate', '--json'], environment)
  expect(JSON.parse(migrated.stdout)).toEqual({ migrations: readdirSync('migrations').toSorted() })
  const { stdout } = await run(['db', 'status', '--json'], environment)
  const { host, pathname } = new URL(database.url)
  expect(JSON.parse(stdout)).toEqual({ database: `the database ${host}${pathname}`, schema: 'current' })
})

test('the first organization is made once, and its API key is shown', async () => {
  const setUp = ['db', 'setup', '--organization', 'acme', '--admin', 'ada', '--password', '--json']
  const made = await run(setUp, environment, 'correct horse battery\n')
  expect(JSON.parse(made.stdout)).toMatchObject({ organization: 'acme', admin: 'ada' })
  expect((JSON.parse(made.stdout) as { api_key: string }).api_key).toMatch(/^sbx_/)
  const again = await run(setUp, environment, 'correct horse battery\n')
  expect(again).toMatchObject({ code: 3, stdout: '' })
  expect(again.stderr).toMatch(/^try: /m)
})

test('names and passwords that the API would not take are refused at the first set-up too', async () => {
  const weak = ['db', 'setup', '--organization', 'acme', '--admin', 'ada', '--password']
  expect(await run(weak, environment, 'short\n')).toMatchObject({ code: 3 })
  const strange = ['db', 'setup', '--organization', 'acme/../', '--admin', 'ada']
  const ran = await run(strange, environment)
  expect(ran.code).toBe(3)
  expect(ran.stderr).toMatch(/organization: A name has letters/)
  expect(await run(['db', 'setup', '--organization', 'acme', '--admin', 'ada'], environment)).toMatchObject({ code: 0 })
})

test('the operator sets a forgotten password, the last admin’s too, beside a running server', async () => {
  const setUp = ['db', 'setup', '--organization', 'acme', '--admin', 'ada', '--password']
  await run(setUp, environment, 'correct horse battery\n')
  const { server, url } = await startServe()
  const signIn = (password: string) => makeClient(url, undefined).call('POST', '/sign-in', { name: 'ada', password })
  expect(await run(['db', 'password', 'ada'], environment, 'short\n')).toMatchObject({ code: 3, stdout: '' })
  expect((await run(['db', 'password', 'eve'], environment, 'another long password\n')).stderr).toMatch(/eve/)
  expect((await signIn('correct horse battery')).status).toBe(201)
  const set = await run(['db', 'password', 'ada'], environment, 'another long password\n')
  expect(set).toMatchObject({ code: 0 })
  expect(set.stdout).not.toContain('another long password')
  expect((await signIn('correct horse battery')).status).toBe(401)
  expect((await signIn('another long password')).status).toBe(201)
  await server.stop('SIGTERM')
})

test('a folder without a database has no address, and looking makes none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-none-'))
  try {
    for (const command of ['url', 'status']) {
      const ran = await run(['db', command, '--data', folder])
      expect(ran).toMatchObject({ code: 3, stdout: '' })
      expect(ran.stderr).toMatch(/no embedded database was ever started in/)
    }
    expect(readdirSync(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a database that cannot be reached is said, and is not a mistake of ours', async () => {
  const nowhere = { DATABASE_URL: 'postgres://postgres:secret-word@127.0.0.1:1/none' }
  for (const args of [['db', 'status'], ['serve']]) {
    const ran = await run(args, { ...nowhere, SIGNALBOX_MASTER_KEY: 'A'.repeat(43) })
    expect(ran.code).toBe(5)
    expect(ran.stderr).toMatch(/^The database cannot be reached: /m)
    expect(ran.stderr).not.toContain('secret-word')
  }
})

test('serve says every mistake of its configuration at once', async () => {
  const ran = await run(['serve'], { DATABASE_URL: 'mysql://x', SIGNALBOX_ROLE: 'boss', SIGNALBOX_RETENTION_DAYS: '1' })
  expect(ran.code).toBe(2)
  for (const name of ['DATABASE_URL', 'SIGNALBOX_ROLE', 'SIGNALBOX_RETENTION_DAYS']) expect(ran.stderr).toContain(name)
  expect(ran.stderr).toMatch(/^try: /m)
})

test('serve refuses to be reached from other machines without an address they know it by', async () => {
  for (const [args, given] of [
    [['serve', '--listen', '0.0.0.0:0'], {}],
    [['serve'], { SIGNALBOX_LISTEN: '0.0.0.0:0' }],
  ] as const) {
    const ran = await run(args, { ...environment, SIGNALBOX_MASTER_KEY: 'A'.repeat(43), ...given })
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('SIGNALBOX_PUBLIC_URL')
  }
})

test('serve logs JSON lines, and at a signal lets what is under way end and ends with 0', async () => {
  await run(['db', 'setup', '--organization', 'acme', '--admin', 'ada'], environment)
  const { server, url } = await startServe()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(await server.stop('SIGTERM')).toBe(0)
  expect(server.errors()).toBe('')
  const events = server.lines.map((line) => (JSON.parse(line) as { event: string }).event)
  expect(events.slice(-2)).toEqual(['server.stopping', 'server.stopped'])
})

test('serve prints where and with which code a database without an organization is set up, beside its log; then no more', async () => {
  const first = await startServe()
  const printed = /^Set up at (\S+) with code (\S+)$/m
  const [, address, code] = await waitFor('the line', () => printed.exec(first.server.errors()) ?? undefined)
  expect(address).toBe(`${first.url}/setup`)
  expect(first.server.errors()).toContain(`${address}#${code}`)
  expect(first.server.lines.join('\n')).not.toContain(code)
  const second = await startServe()
  const [, , codeOfSecond] = await waitFor('the line', () => printed.exec(second.server.errors()) ?? undefined)
  expect(codeOfSecond).toBe(code)
  await makeClient(second.url, undefined).must('POST', '/setup', {
    code,
    organization: 'acme',
    team: 'vision',
    admin: 'ada',
    password: 'correct horse battery',
  })
  await Promise.all([first, second].map(({ server }) => server.stop('SIGTERM')))
  const third = await startServe()
  expect((await fetch(`${third.url}/healthz`)).status).toBe(200)
  expect(await third.server.stop('SIGTERM')).toBe(0)
  expect(third.server.errors()).toBe('')
})

test('a worker, which has no pages, prints no code', async () => {
  const { server } = await startServe(['--role', 'worker'])
  expect(await server.stop('SIGTERM')).toBe(0)
  expect(server.errors()).toBe('')
})

test('the first set-up may make the first team', async () => {
  const names = ['--organization', 'acme', '--admin', 'ada']
  expect((await run(['db', 'setup', ...names, '--team', 'ADA'], environment)).stderr).toMatch(
    /admin: The team has this/,
  )
  const made = await run(['db', 'setup', ...names, '--team', 'vision', '--json'], environment)
  const { api_key: key, team } = JSON.parse(made.stdout) as { api_key: string; team: string }
  expect(team).toBe('vision')
  const { server, url } = await startServe()
  expect(await makeClient(url, key).must('GET', '/me')).toMatchObject({ teams: [{ name: 'vision', role: 'admin' }] })
  await server.stop('SIGTERM')
})

/** Until it listens. */
async function startServe(args: readonly string[] = []): Promise<{ readonly server: Running; readonly url: string }> {
  const server = start(['serve', '--listen', '127.0.0.1:0', ...args], {
    ...environment,
    SIGNALBOX_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  })
  const listening = await waitFor('it to listen', () => server.lines.find((line) => line.includes('server.listening')))
  return { server, url: (JSON.parse(listening) as { url: string }).url }
}
