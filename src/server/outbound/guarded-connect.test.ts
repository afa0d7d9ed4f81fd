import { expect, test } from 'vitest'
import { answersOf, requestTo, startRawReceiver, startSender } from '../../../test/support/outbound.ts'

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
const listen = () => startRawReceiver((socket) => socket.write(ok), '::')

const spellings =
  '127.0.0.1 127.1 127.0.1 2130706433 017700000001 0x7f000001 0x7f.1 0x7F.0.0.1 0177.0.0.1 0177.1 127.0.0.1. 127.1. 0 0.0.0.0 127.0.0.2 127.255.255.254 %31%32%37.0.0.1 127%2e0%2e0%2e1 ①②⑦.⓪.⓪.① 127。0。0。1 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:127.0.0.1] [::127.0.0.1] [64:ff9b::127.0.0.1] [2002:7f00:1::] localhost LOCALHOST ⓛocalhost user:pass@127.0.0.1 example.com@127.0.0.1'

test('no spelling of this machine lets a connection arrive', async () => {
  const receiver = await listen()
  const sender = startSender('')
  const outcomes = await Promise.all(
    spellings.split(' ').flatMap((host) =>
      ['http', 'https'].map(async (scheme) => {
        const { outcome } = await sender.send(requestTo(`${scheme}://${host}:${receiver.port}/`))
        return [host, outcome.kind === 'refused' ? outcome.reason : outcome]
      }),
    ),
  )
  expect(outcomes).toEqual(
    spellings.split(' ').flatMap((host) => ['http', 'https'].map(() => [host, 'blocked-address'])),
  )
  expect(receiver.connections).toHaveLength(0)
})

test('localhost with a dot at the end, which some systems resolve and others do not, lets none arrive', async () => {
  const receiver = await listen()
  const { outcome } = await startSender('').send(requestTo(`http://localhost.:${receiver.port}/`))
  expect(['blocked-address', 'dns']).toContain('reason' in outcome ? outcome.reason : outcome.kind)
  expect(receiver.connections).toHaveLength(0)
})

test('the listener of these tests does count connections', async () => {
  const receiver = await listen()
  const { outcome } = await startSender('0.0.0.0/0:' + receiver.port).send(requestTo(`http://127.1:${receiver.port}/`))
  expect(outcome).toEqual({ kind: 'succeeded', status: 200 })
  expect(receiver.connections).toHaveLength(1)
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
