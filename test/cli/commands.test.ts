import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'
import { home, launcher, run, start } from './run-cli.ts'

const signalbox = useSignalbox()
let environment: { SIGNALBOX_URL: string; SIGNALBOX_API_KEY: string }

beforeAll(async () => {
  const { admin, server } = signalbox.current
  const { key } = await admin.must<{ key: string }>('POST', '/api-keys', { name: 'cli' })
  environment = { SIGNALBOX_URL: server.url, SIGNALBOX_API_KEY: key }
})

async function done(args: readonly string[], input = ''): Promise<string> {
  const ran = await run(args, environment, input)
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return ran.stdout
}

const json = async (args: readonly string[], input = ''): Promise<any> =>
  JSON.parse(await done([...args, '--json'], input))

test('an event is recorded, shown and explained, for people and as JSON', async () => {
  const { id } = await json([
    'events',
    'record',
    'demo',
    '--name',
    'by.cli',
    '--subject',
    'churn',
    '--data',
    '{"a": 1}',
  ])
  expect(await done(['events', 'list', 'demo'])).toMatch(
    new RegExp(`^${id}  CUSTOM +by.cli +churn +ada +\\d+ s ago$`, 'm'),
  )
  expect(await json(['events', 'list', 'vision/demo'])).toMatchObject({ items: [{ id }], next: null })
  const shown = await done(['events', 'show', id])
  expect(shown).toMatch(
    new RegExp(`^${id}  CUSTOM  by.cli\nrecorded  \\S+ \\(\\d+ s ago\\) by ada\nproject   vision/demo `),
  )
  expect(shown).toMatch(/subject +churn\n\{\n {2}"a": 1\n\}\n$/)
  expect(await json(['events', 'show', id])).toMatchObject({ id, facts: { data: { a: 1 } } })
  expect(await done(['events', 'explain', id])).toBe('No automation was in its reach.\n')
  expect(await json(['events', 'explain', id])).toMatchObject({ judgements: [] })
})

test('data comes from a file or from standard input as well, and an id records once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-data-'))
  writeFileSync(join(folder, 'data.json'), '{"from": "file"}')
  const byFile = await json(['events', 'record', 'demo', '--name', 'f', '--data', `@${join(folder, 'data.json')}`])
  rmSync(folder, { recursive: true })
  expect(await json(['events', 'show', byFile.id])).toMatchObject({ facts: { data: { from: 'file' } } })
  const record = ['events', 'record', 'demo', '--name', 's', '--id', 'once', '--data', '-']
  const bySender = await json(record, '{"from": "stdin"}')
  expect(await json(['events', 'show', bySender.id])).toMatchObject({ facts: { data: { from: 'stdin' } } })
  expect(await done(record, '{"from": "stdin"}')).toBe(`${bySender.id} (recorded before: nothing new)\n`)
})

test('lists go page by page, or through all pages at once as JSON lines', async () => {
  for (const name of ['one', 'two', 'three']) await signalbox.current.record({ name: `page.${name}` })
  const first = await done(['events', 'list', 'demo', '--limit', '2'])
  const [, cursor] = /^more: --cursor (\S+)$/m.exec(first) ?? []
  expect(first).toContain('page.three')
  const second = await done(['events', 'list', 'demo', '--limit', '1', '--cursor', cursor!])
  expect(second).toContain('page.one')
  const lines = (await done(['events', 'list', 'demo', '--all', '--json'])).trim().split('\n')
  const all = lines.map((line) => JSON.parse(line) as { id: string; facts: { name: string } })
  expect(all.slice(0, 3).map(({ facts }) => facts.name)).toEqual(['page.three', 'page.two', 'page.one'])
  expect((await done(['events', 'list', 'demo', '--all'])).trim().split('\n')).toHaveLength(all.length + 1)
})

test('a delivery is listed and shown with its event, its payload and every attempt', async () => {
  const { makeWebhook, makeAutomation, record, ended, receiver } = signalbox.current
  receiver.answerWith((_request, response, number) => {
    if (number === 1) response.writeHead(500, { 'x-said': 'a\u009bb' }).end('not \u001b[2Jyet')
    else response.writeHead(200).end('ok')
  })
  const webhook = await makeWebhook({ retry: { attempts_max: 3, delay_ms_min: 10, delay_ms_max: 10 } })
  await makeAutomation(webhook.id, { filter: { name: 'shown.by.cli' } })
  const event = await record({ name: 'shown.by.cli', subject: 'churn' })
  const [delivery] = await ended(event.id)
  const id = String(delivery!['id'])

  for (const of of [
    ['--webhook', webhook.id],
    ['--team', 'vision', '--state', 'succeeded'],
    ['--event', event.id],
  ])
    expect(await done(['deliveries', 'list', ...of])).toMatch(new RegExp(`^${id}  succeeded  2 +${webhook.id}`, 'm'))
  expect(await done(['deliveries', 'list', '--webhook', webhook.id, '--state', 'failed'])).toBe('No deliveries.\n')

  const shown = await done(['deliveries', 'show', id])
  expect(shown).toContain(`${event.id}  CUSTOM  shown.by.cli  churn`)
  expect(shown).toContain('payload\n  {\n    "name": "shown.by.cli"')
  expect(shown).toMatch(/attempt 1 {2}rejected 500.*\n {2}\[[dctfb ]{32}\] .*first byte \d/)
  expect(shown).toMatch(/^attempt 2 {2}succeeded 200/m)
  expect(shown).toMatch(/^ {2}> x-wandb-signature: \S+$/m)
  expect(shown).toContain('not ␛[2Jyet')
  for (const control of ['\u001b', '\u009b']) expect(shown).not.toContain(control)
  expect(await json(['deliveries', 'show', id])).toMatchObject({ id, attempts: 2, attempt_list: [{}, {}] })
  expect((await json(['deliveries', 'list', '--event', event.id])).items).toMatchObject([{ id }])
})

test('what happens is followed as it comes, for people and as JSON lines, until Ctrl-C', async () => {
  const { makeWebhook, makeAutomation, record } = signalbox.current
  const webhook = await makeWebhook()
  await makeAutomation(webhook.id, { filter: { name: 'followed.by.cli' } })
  const forPeople = start(['events', 'follow', '--team', 'vision'], environment)
  const forScripts = start(['events', 'follow', '--project', 'demo', '--json'], environment)
  const isDone = ({ lines }: { readonly lines: readonly string[] }) =>
    ['CUSTOM', 'succeeded'].every((word) => lines.some((line) => line.includes(word)))
  // They may take a while to listen, and begin between an event and its attempt.
  await waitFor(
    'both to see an event and its attempt',
    async () => {
      if (!isDone(forPeople) || !isDone(forScripts)) await record({ name: 'followed.by.cli', subject: 'a\nb\u001b[2J' })
      return isDone(forPeople) && isDone(forScripts)
    },
    90_000,
  )
  const lines = forPeople.lines.join('\n')
  expect(lines).toMatch(
    /^\d\d:\d\d:\d\d {2}evt_\w+ {2}CUSTOM {2}followed\.by\.cli {2}a b␛\[2J {2}vision\/demo {2}ada$/m,
  )
  expect(lines).toMatch(/^\d\d:\d\d:\d\d {2}dlv_\w+ {2}attempt 1 {2}succeeded 200 {2}whk_\d+ {2}evt_\w+$/m)
  const told = forScripts.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(told.find(({ type }) => type === 'event')).toMatchObject({
    type: 'event',
    cursor: expect.any(String),
    event: { type: 'CUSTOM' },
  })
  expect(await Promise.all([forPeople.stop('SIGINT'), forScripts.stop()])).toEqual([0, 0])
  expect(await run(['events', 'follow', '--team', 'nobody'], environment)).toMatchObject({ code: 4 })
  expect(await run(['events', 'follow', '--url', 'http://127.0.0.1:1'], environment)).toMatchObject({ code: 5 })
})

test('statistics tell what became of deliveries, and to which webhooks nothing goes', async () => {
  const { admin, makeWebhook, makeAutomation, record, ended } = signalbox.current
  const webhook = await makeWebhook({ name: 'paused by cli' })
  await makeAutomation(webhook.id, { filter: { name: 'counted.by.cli' } })
  await ended((await record({ name: 'counted.by.cli' })).id)
  await admin.must('POST', `/webhooks/${webhook.id}/pause`)
  await record({ name: 'counted.by.cli' })
  const shown = await done(['stats', '--webhook', webhook.id, '--minutes', '5'])
  expect(shown).toMatch(/^made in the last 5 min {2}1 succeeded, 0 failed, /)
  expect(shown).toMatch(
    /^attempts of those {2}1, 1 succeeded; half took \d+\.\d ms, 90 % \d+\.\d ms, 99 % \d+\.\d ms at most$/m,
  )
  expect(shown).toMatch(/^now {2}0 waiting, 1 held, 0 sending$/m)
  expect(shown).toMatch(new RegExp(`^${webhook.id} +paused by cli +paused +\\d+ s ago +- +1$`, 'm'))
  expect(await json(['stats', '--team', 'vision'])).toMatchObject({ held: 1, lanes: [{ webhook: webhook.id }] })
  expect(await run(['stats'], environment)).toMatchObject({ code: 3 })
  expect(await run(['stats', '--team', 'vision', '--minutes', '86401'], environment)).toMatchObject({ code: 2 })
})

test('login checks the key first and remembers it for its owner only; later commands use it', async () => {
  const { url } = signalbox.current.server
  expect(await run(['login', '--url', url, '--api-key', `sbx_${'a'.repeat(40)}`])).toMatchObject({ code: 3 })
  expect(await run(['me'], { SIGNALBOX_URL: url })).toMatchObject({ code: 3 })
  const login = await run(['login', '--url', url, '--json'], {}, `${environment.SIGNALBOX_API_KEY}\n`)
  expect(JSON.parse(login.stdout)).toMatchObject({ name: 'ada', url })
  expect(statSync(join(home, 'config', 'signalbox', 'credentials.json')).mode & 0o077).toBe(0)
  expect((await run(['me'])).stdout).toMatch(/^ada \(usr_\d+\)\n {2}admin of organization acme\n/)
  expect(JSON.parse((await run(['me', '--json'])).stdout)).toMatchObject({ name: 'ada', kind: 'person' })
})

test('login takes a name and a password, from standard input where there is no terminal', async () => {
  const { url } = signalbox.current.server
  const signedIn = await run(['login', '--url', url, '--name', 'ada'], {}, 'correct horse battery\n')
  expect(signedIn).toMatchObject({ code: 0 })
  expect(signedIn.stdout).not.toMatch(/sbx_|correct horse/)
  expect(await run(['login', '--url', url, '--name', 'ada'], {}, 'wrong\n')).toMatchObject({ code: 3 })
  expect(await run(['login', '--url', url, '--name', 'ada'], {}, '')).toMatchObject({ code: 2 })
})

test('exit codes and words tell usage, refusal, not found and no server apart; each says what to try', async () => {
  const noServer = { ...environment, SIGNALBOX_URL: 'http://127.0.0.1:1' }
  const cases: readonly (readonly [number, readonly string[], Record<string, string>])[] = [
    [2, ['events', 'record', 'demo'], environment],
    [2, ['no-such-command'], environment],
    [2, ['events', 'no-such-command'], environment],
    [2, ['events', 'list', 'demo', '--limit', 'many'], environment],
    [2, ['events', 'list', 'demo', 'and', 'more'], environment],
    [2, ['events', 'record', 'demo', '--name', 'x', '--data', '{'], environment],
    [2, ['deliveries', 'list', '--webhook', 'whk_1', '--state', 'gone'], environment],
    [2, ['me', '--url', 'nonsense'], environment],
    [2, ['try', '--port', 'http'], environment],
    [3, ['deliveries', 'list'], environment],
    [3, ['events', 'record', 'demo', '--name', ''], environment],
    [3, ['me'], { ...environment, SIGNALBOX_API_KEY: 'nonsense' }],
    [4, ['events', 'show', 'evt_00000000000000000000000000'], environment],
    [4, ['events', 'show', '..'], environment],
    [5, ['me'], noServer],
  ]
  for (const [code, args, given] of cases) {
    const ran = await run([...args, '--json'], given)
    expect([args.join(' '), ran.code]).toEqual([args.join(' '), code])
    expect(ran.stderr).toMatch(/^[A-Z].+: .+\n( {2}#.*: .+\n)*try: .+\n$/)
    expect(ran.stdout).toBe('')
  }
})

test('help goes to standard output; without a command it is usage', async () => {
  const help = await run(['--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  for (const command of ['try', 'serve', 'login', 'db', 'events', 'deliveries', 'listen'])
    expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
  expect(await run([])).toMatchObject({ code: 2, stdout: '' })
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a reader that has seen enough ends the command quietly', async () => {
  const { record } = signalbox.current
  for (let count = 0; count < 30; count++) await record({ data: { text: 'a'.repeat(20_000) } })
  const child = spawn(process.execPath, [launcher, 'events', 'list', 'demo', '--all', '--json'], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
  expect(stderr).toBe('')
})
