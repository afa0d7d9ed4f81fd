import { expect, onTestFinished, test, vi } from 'vitest'
import { answersOf, requestTo, startRawReceiver, startSender } from '../../../test/support/outbound.ts'

const head = (headers: Record<string, string>, status = 200): string =>
  `HTTP/1.1 ${status} X\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`
const listen = () => startRawReceiver((socket) => socket.write(head({ 'content-length': '2' }) + 'ok'), '::')

test('localhost with a dot at the end, which some systems resolve and others do not, lets none arrive', async () => {
  const receiver = await listen()
  const { outcome } = await startSender('').send(requestTo(`http://localhost.:${receiver.port}/`))
  expect(['blocked-address', 'dns']).toContain('reason' in outcome ? outcome.reason : outcome.kind)
  expect(receiver.connections).toHaveLength(0)
})

/** Ways in which an answer may point somewhere else. */
const pointers: readonly (readonly [way: string, status: number, headers: (goal: string) => Record<string, string>])[] =
  [
    ...[300, 301, 302, 303, 305, 307, 308].map(
      (status) => ['a redirect', status, (goal: string) => ({ location: goal })] as const,
    ),
    ['a redirect without a scheme', 302, (goal) => ({ location: goal.replace('http:', '') })],
    ['a refresh', 200, (goal) => ({ refresh: `0; url=${goal}` })],
    [
      'another service',
      200,
      (goal) => ({ 'alt-svc': `http/1.1="${goal.replace('http://', '')}"; ma=86400; persist=1` }),
    ],
    ['a link', 200, (goal) => ({ link: `<${goal}>; rel=preload, <${goal}>; rel=preconnect` })],
    ['the place of what was made', 201, (goal) => ({ location: goal, 'content-location': goal })],
  ]
test.each(pointers)(
  '%s (%i) to a place inside leads nowhere, and no later request either',
  async (_way, status, headers) => {
    const goal = await listen()
    const pointing = head({ ...headers(`http://127.0.0.1:${goal.port}`), 'content-length': '0' }, status)
    const receiver = await startRawReceiver((socket) => socket.write(pointing))
    const sender = startSender(`127.0.0.1:${receiver.port}`)
    const request = requestTo(`http://127.0.0.1:${receiver.port}/`)
    for (let number = 0; number < 2; number++) {
      const { outcome } = await sender.send(request)
      expect(outcome).toMatchObject({ kind: status < 300 ? 'succeeded' : 'rejected', status })
    }
    expect(goal.connections).toHaveLength(0)
  },
)

test('no proxy of the environment comes between the guard and the receiver', async () => {
  const proxy = await listen()
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY'])
    vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const receiver = await listen()
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  expect((await sender.send(requestTo(`http://127.0.0.1:${receiver.port}/`))).outcome.kind).toBe('succeeded')
  expect((await sender.send(requestTo('http://10.0.0.1/'))).outcome.kind).toBe('refused')
  expect(proxy.connections).toHaveLength(0)
})

const wanderings = [
  '@127.0.0.1',
  '/..//127.0.0.1',
  '\\@127.0.0.1/',
  '?@127.0.0.1',
  '#@127.0.0.1',
  '.evil.example.com',
  ':1/',
  '\r\nHost: 127.0.0.1',
]
test.each(wanderings)('a secret in the path, here %j, never decides where a request goes', async (value) => {
  const receiver = await listen()
  const goal = await listen()
  const text = value.replace('127.0.0.1', `127.0.0.1:${goal.port}`)
  const sender = startSender(`127.0.0.1:${receiver.port}`, { values: new Map([['PLACE', text]]), signingSecrets: [] })
  const url = [`http://127.0.0.1:${receiver.port}/`, { secret: 'PLACE', within: 'url' as const }]
  expect((await sender.send(requestTo('', { url }))).outcome.kind).toBe('succeeded')
  expect([receiver.connections.length, goal.connections.length]).toEqual([1, 0])
})

test('a name that turns to loopback after it was looked at is refused at the next connection', async () => {
  const receiver = await listen()
  const lookup = answersOf(['192.0.2.1'], ['127.0.0.1'])
  // The first address is allowed here, so that the first connection is tried as to a public one.
  const sender = startSender(`192.0.2.1:${receiver.port}`, undefined, lookup)
  const request = requestTo(`http://rebind.example.com:${receiver.port}/`, { timeoutMs: 300 })
  expect((await sender.send(request)).outcome.kind).toBe('unreachable')
  expect((await sender.send(request)).outcome).toMatchObject({ kind: 'refused', reason: 'blocked-address' })
  expect(receiver.connections).toHaveLength(0)
})

test('the connection goes to an address that was judged: the name is asked once for each connection', async () => {
  const receiver = await listen()
  let asked = 0
  const sender = startSender(`127.0.0.1:${receiver.port}`, undefined, (_host, found) => {
    asked += 1
    found(null, [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }])
  })
  const { outcome } = await sender.send(requestTo(`http://hook.example.com:${receiver.port}/`))
  expect([outcome.kind, asked, receiver.connections.length]).toEqual(['succeeded', 1, 1])
})

test.each([
  [['93.184.215.14', '127.0.0.1']],
  [['127.0.0.1', '93.184.215.14']],
  [['2606:4700::1111', '::1']],
  [['93.184.215.14', '::ffff:127.0.0.1']],
  [['93.184.215.14', '2606:4700::1111', '10.0.0.1']],
])('one forbidden address among several refuses the name: %j', async (addresses) => {
  const receiver = await listen()
  const sender = startSender('', undefined, answersOf(addresses))
  const { outcome } = await sender.send(requestTo(`http://hook.example.com:${receiver.port}/`))
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'blocked-address' })
  expect(receiver.connections).toHaveLength(0)
})

test.each([
  '127.0.0.1',
  '2130706433',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '[::1]',
  '[::ffff:127.0.0.1]',
  'my_service',
  'bücher.internal',
])('the refusal of %s names the setting and the entry, and with that entry the request arrives', async (host) => {
  const receiver = await listen()
  const lookup = answersOf(['127.0.0.1'])
  const request = requestTo(`http://${host}:${receiver.port}/`)
  const { outcome } = await startSender('', undefined, lookup).send(request)
  const detail = outcome.kind === 'refused' ? outcome.detail : ''
  const entry = /SIGNALBOX_ALLOWED_TARGETS=(\S+)$/.exec(detail)?.[1]
  expect(entry).toBeDefined()
  expect(receiver.connections).toHaveLength(0)
  const again = await startSender(entry!, undefined, lookup).send(request)
  expect(again.outcome).toEqual({ kind: 'succeeded', status: 200 })
  expect(receiver.connections).toHaveLength(1)
})

test('a name without an address is unreachable by its name', async () => {
  const { outcome } = await startSender('', undefined, answersOf([])).send(requestTo('http://hook.example.com/'))
  expect(outcome).toMatchObject({ kind: 'unreachable', reason: 'dns' })
})
