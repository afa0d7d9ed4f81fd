import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeClient } from '../support/client.ts'
import { waitFor } from '../support/wait-for.ts'
import { run, start, type Environment, type Running } from './run-cli.ts'

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-try-'))
  cleanUps.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function startTry(args: readonly string[], environment: Environment = {}): Running {
  const started = start(['try', ...args], environment)
  cleanUps.push(() => started.stop())
  return started
}

const isLast = (line: string) => /^delivered and verified in \d+ ms$/.test(line)

test('the first start tells the story, its last line says how long it took, and stays up', async () => {
  const started = startTry(['--data', await aFolder(), '--port', '0'])
  await waitFor('the last line of the story', () => started.lines.some(isLast), 40_000)
  expect(isLast(started.lines.at(-1)!)).toBe(true)
  const story = started.lines.join('\n')
  expect(story).toMatch(/signature verified/)
  expect(story).toMatch(/pages +http:\/\/127\.0\.0\.1:\d+$/m)
  expect(story).toMatch(/sign in +ada, password \S+/)
  const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/api\/v1/.exec(story) ?? []
  const [key] = /sbx_\w{40}/.exec(story) ?? []
  expect(await makeClient(url!, key).must('GET', '/me')).toMatchObject({ name: 'ada' })
  expect(await started.stop()).toBe(0)
})

test('with --json there is one line with everything a script needs, and the names in it work', async () => {
  const folder = await aFolder()
  const started = startTry(['--data', folder, '--port', '0', '--json'])
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
  const first = startTry(['--data', folder, '--port', '0', '--json'])
  await waitFor('the first start', () => first.lines.length === 1, 40_000)
  await first.stop()
  const second = startTry(['--data', folder, '--port', '0', '--json'])
  await waitFor('the second start', () => second.lines.length === 1, 40_000)
  const [before, after] = [JSON.parse(first.lines[0]!), JSON.parse(second.lines[0]!)] as Record<string, string>[]
  expect({ ...after, url: '' }).toEqual({ ...before, url: '' })
  const client = makeClient(after!['url']!, after!['api_key'])
  const deliveries = async () =>
    (await client.must('GET', `/deliveries?automation=${after!['automation_id']}&state=succeeded`))['items']
  expect(await deliveries()).toHaveLength(1)
  const version = await client.must('POST', '/collections/vision%2Fdemo%2Fchurn-model/versions', {})
  await client.must('POST', `/collections/example%2F${after!['registry']}%2Fchurn-model/links`, {
    version: version['id'],
    aliases: ['production'],
  })
  await waitFor('its delivery', async () => (await deliveries()).length === 2)
})

test('a second Signalbox on the same folder is refused, and told who has it', async () => {
  const folder = await aFolder()
  const first = startTry(['--data', folder, '--port', '0', '--json'])
  await waitFor('the first start', () => first.lines.length === 1, 40_000)
  const second = startTry(['--data', folder, '--port', '0'])
  expect(await second.ended).toBe(3)
  expect(second.errors()).toMatch(/another Signalbox uses the folder .*: process \d+, since/)
  expect(second.errors()).toMatch(/^try: /m)
  // The operator's commands go to the database that runs.
  const status = await run(['db', 'status', '--data', folder])
  expect(status.stdout).toBe(`the embedded database in ${folder}\nThe schema is current.\n`)
  expect((await run(['db', 'setup', '--organization', 'other', '--admin', 'bob', '--data', folder])).code).toBe(3)
})

test('a port that was asked for and is taken is refused before anything starts', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  const folder = await aFolder()
  const started = startTry(['--data', folder, '--port', String(port)])
  expect(await started.ended).toBe(3)
  expect(started.errors()).toContain(`port ${port} is taken`)
  expect(started.lines).toEqual([])
  expect(await readdir(folder)).toEqual([])
  taken.close()
})

test('a start that ends in the middle of the story takes everything down, and the next one completes it', async () => {
  const folder = await aFolder()
  const first = startTry(['--data', folder, '--port', '0'])
  await waitFor('the server', () => first.lines.some((line) => line.includes('server')), 40_000)
  expect(await first.stop('SIGINT')).toBe(0)
  await expect(stat(join(folder, 'pg', 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' })
  const second = startTry(['--data', folder, '--port', '0'])
  await waitFor('the last line of the story', () => second.lines.some(isLast), 40_000)
})

test('inside it sends to its own receiver and to what the environment names, and nowhere else', async () => {
  const environment = { SIGNALBOX_ALLOWED_TARGETS: '127.0.0.1:4711' }
  const started = startTry(['--data', await aFolder(), '--port', '0', '--json'], environment)
  await waitFor('the line', () => started.lines.length === 1, 40_000)
  const line = JSON.parse(started.lines[0]!) as Record<string, string>
  const client = makeClient(line['url']!, line['api_key'])
  const save = (name: string, url: string) => client.call('POST', '/teams/vision/webhooks', { name, url })
  expect(await save('named', 'http://127.0.0.1:4711/')).toMatchObject({ status: 201 })
  expect(await save('own', line['url']!)).toMatchObject({ status: 422 })
  expect(Number(line['delivered_ms'])).toBeGreaterThan(0)
})
