import { spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeClient } from '../support/client.ts'
import { waitFor } from '../support/wait-for.ts'

const launcher = new URL('../../bin/signalbox.js', import.meta.url).pathname
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-try-'))
  cleanUps.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Started {
  readonly lines: readonly string[]
  stop(): Promise<number | null>
}

function startTry(...args: string[]): Started {
  const child = spawn(process.execPath, [launcher, 'try', ...args], { env: { PATH: process.env['PATH'] ?? '' } })
  const lines: string[] = []
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const stop = (): Promise<number | null> => {
    if (child.exitCode === null) child.kill('SIGTERM')
    return ended
  }
  cleanUps.push(stop)
  return { lines, stop }
}

const isLast = (line: string) => /^delivered and verified in \d+ ms$/.test(line)

test('the first start tells the story, its last line says how long it took, and stays up', async () => {
  const started = startTry('--data', await aFolder(), '--port', '0')
  await waitFor('the last line of the story', () => started.lines.some(isLast), 40_000)
  expect(isLast(started.lines.at(-1)!)).toBe(true)
  const story = started.lines.join('\n')
  expect(story).toMatch(/signature verified/)
  expect(story).toMatch(/sign in +ada, password \S+/)
  const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/api\/v1/.exec(story) ?? []
  const [key] = /sbx_\w{40}/.exec(story) ?? []
  expect(await makeClient(url!, key).must('GET', '/me')).toMatchObject({ name: 'ada' })
  expect(await started.stop()).toBe(0)
})

test('with --json there is one line with everything a script needs, and the names in it work', async () => {
  const folder = await aFolder()
  const started = startTry('--data', folder, '--port', '0', '--json')
  await waitFor('the line', () => started.lines.length === 1, 40_000)
  const line = JSON.parse(started.lines[0]!) as Record<string, string>
  expect(Object.keys(line)).toEqual([
    'url',
    'api_key',
    'organization',
    'team',
    'project',
    'registry',
    'webhook_id',
    'automation_id',
    'delivered_ms',
  ])
  const client = makeClient(line['url']!, line['api_key'])
  expect((await client.must('GET', `/projects/${line['project']}`))['entity']).toBe(line['team'])
  expect(await client.must('GET', `/projects/${line['registry']}`)).toMatchObject({
    is_registry: true,
    entity: line['organization'],
  })
  expect(await client.must('GET', `/webhooks/${line['webhook_id']}`)).toMatchObject({ team: line['team'] })
  expect(await client.must('GET', `/automations/${line['automation_id']}`)).toMatchObject({ enabled: true })
  expect(Number(line['delivered_ms'])).toBeGreaterThan(0)
  expect((await stat(join(folder, 'try.json'))).mode & 0o077).toBe(0)
})

test('a second start keeps the data and does not play again; its receiver still gets what is sent', async () => {
  const folder = await aFolder()
  const first = startTry('--data', folder, '--port', '0', '--json')
  await waitFor('the first start', () => first.lines.length === 1, 40_000)
  await first.stop()
  const second = startTry('--data', folder, '--port', '0', '--json')
  await waitFor('the second start', () => second.lines.length === 1, 40_000)
  const [before, after] = [JSON.parse(first.lines[0]!), JSON.parse(second.lines[0]!)] as Record<string, string>[]
  expect({ ...after, url: '' }).toEqual({ ...before, url: '' })
  const client = makeClient(after!['url']!, after!['api_key'])
  expect((await client.must('GET', `/projects/${after!['project']}/events`))['items']).toHaveLength(1)
  const event = await client.must('POST', `/projects/${after!['project']}/events`, {
    name: 'evaluation.finished',
    data: { accuracy: 1 },
  })
  await waitFor('its delivery', async () => {
    const { items } = await client.must('GET', `/deliveries?event=${event['id']}`)
    return items[0]?.state === 'succeeded'
  })
})

test('a second Signalbox on the same folder is refused, and told who has it', async () => {
  const folder = await aFolder()
  const first = startTry('--data', folder, '--port', '0', '--json')
  await waitFor('the first start', () => first.lines.length === 1, 40_000)
  const child = spawn(process.execPath, [launcher, 'try', '--data', folder, '--port', '0'], {
    env: { PATH: process.env['PATH'] ?? '' },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code).not.toBe(0)
  expect(said).toMatch(/another Signalbox uses the folder .*: process \d+, since/)
  expect(said).toMatch(/^try: /m)
})
