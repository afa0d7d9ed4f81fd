import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { answersOf, requestTo, startRawReceiver, startSender } from '../../../test/support/outbound.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import type { SendResult } from './outbound-request.ts'

const timeoutMs = 300
const head = (headers: string, status = 200): string => `HTTP/1.1 ${status} X\r\n${headers}\r\n`

/** One request to a receiver that behaves so. It ends within its deadline, whatever the receiver does. */
async function sendTo(behave: (socket: Socket) => void, scheme = 'http'): Promise<SendResult> {
  const receiver = await startRawReceiver(behave)
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const startedAt = performance.now()
  const result = await sender.send(requestTo(`${scheme}://127.0.0.1:${receiver.port}/`, { timeoutMs }))
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 700)
  // Closes what is kept for the next request; what was given up has to be gone by itself.
  await sender.close()
  await waitFor('the sender to let go of the connection', () => receiver.connections.every(isLeft))
  return result
}

const isLeft = (socket: Socket): boolean => socket.readableEnded || socket.destroyed

/** Writes again and again, until the other side is gone. */
function drip(socket: Socket, text: string | Buffer, everyMs = 5): void {
  const timer = setInterval(() => (socket.writable ? socket.write(text) : clearInterval(timer)), everyMs)
  socket.on('close', () => clearInterval(timer))
}

/** Writes as fast as the other side reads. */
function flood(socket: Socket, chunk: string | Buffer): void {
  const more = (): void => {
    while (socket.writable) if (!socket.write(chunk)) return
  }
  socket.on('drain', more)
  more()
}

test.each<[string, (socket: Socket) => void]>([
  ['never answers', () => {}],
  ['drips headers', (socket) => (socket.write('HTTP/1.1 200 OK\r\nx: '), drip(socket, 'a'))],
  ['drips whole headers', (socket) => (socket.write('HTTP/1.1 200 OK\r\n'), drip(socket, 'x: y\r\n'))],
  ['drips a body', (socket) => (socket.write(head('content-length: 100000\r\n')), drip(socket, 'a'))],
  ['drips chunks', (socket) => (socket.write(head('transfer-encoding: chunked\r\n')), drip(socket, '1\r\na\r\n'))],
  ['never ends its body', (socket) => socket.write(head('content-length: 10\r\n') + 'abc')],
  ['answers only with 103', (socket) => drip(socket, head('', 103))],
])('a receiver that %s ends in a timeout', async (what, behave) => {
  const { outcome, answer, phasesMs } = await sendTo(behave)
  const phase = / body|chunks/.test(what) ? 'body' : 'firstByte'
  expect(outcome).toMatchObject({ kind: 'unreachable', reason: 'timeout', phase })
  expect(phasesMs[phase]).toBeGreaterThan(timeoutMs / 2)
  expect(answer).toBeUndefined()
})

test.each<[string, string, (socket: Socket) => void]>([
  [
    'floods with one header',
    'protocol',
    (socket) => (socket.write('HTTP/1.1 200 OK\r\nx: '), flood(socket, 'a'.repeat(16_384))),
  ],
  [
    'floods with headers',
    'protocol',
    (socket) => (socket.write('HTTP/1.1 200 OK\r\n'), flood(socket, 'x: y\r\n'.repeat(3000))),
  ],
  ['answers with garbage', 'protocol', (socket) => socket.write('\0\u0001garbage\r\n\r\n')],
  ['speaks another protocol', 'protocol', (socket) => socket.end('220 mail.example.com ESMTP\r\n')],
  ['sends a content-length that is no number', 'protocol', (socket) => socket.write(head('content-length: ten\r\n'))],
  [
    'sends two different content-lengths',
    'protocol',
    (socket) => socket.write(head('content-length: 2\r\ncontent-length: 3\r\n') + 'abc'),
  ],
  ['sends a broken chunk', 'protocol', (socket) => socket.write(head('transfer-encoding: chunked\r\n') + 'zz\r\n')],
  // undici breaks these two off itself, with the code of a broken connection.
  ['continues unasked', 'reset', (socket) => socket.write(head('', 100))],
  ['switches protocols unasked', 'reset', (socket) => socket.write(head('connection: upgrade\r\nupgrade: x\r\n', 101))],
  ['closes without an answer', 'reset', (socket) => socket.end()],
  ['resets without an answer', 'reset', (socket) => socket.resetAndDestroy()],
  ['closes inside the headers', 'reset', (socket) => socket.end('HTTP/1.1 200 OK\r\nx: ')],
  ['closes inside the body', 'reset', (socket) => socket.end(head('content-length: 10\r\n') + 'abc')],
  ['closes inside a chunk', 'reset', (socket) => socket.end(head('transfer-encoding: chunked\r\n') + '9\r\nabc')],
  [
    'resets inside the body',
    'reset',
    (socket) =>
      socket.write(head('content-length: 10\r\n') + 'abc', () => setImmediate(() => socket.resetAndDestroy())),
  ],
])('a receiver that %s ends as %s', async (_what, reason, behave) => {
  const { outcome, answer } = await sendTo(behave)
  expect(outcome).toMatchObject({ kind: 'unreachable', reason })
  expect(answer).toBeUndefined()
})

test.each<[string, (socket: Socket) => void]>([
  ['answers TLS with HTTP', (socket) => socket.write(head('content-length: 0\r\n'))],
  ['answers TLS with garbage', (socket) => socket.write(Buffer.alloc(600, 0xfe))],
  ['answers TLS with an alert', (socket) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))],
])('a receiver that %s ends as tls', async (_what, behave) => {
  expect((await sendTo(behave, 'https')).outcome).toMatchObject({ kind: 'unreachable', reason: 'tls' })
})

test('a TLS handshake that is never answered ends in a timeout', async () => {
  const { outcome, phasesMs } = await sendTo(() => {}, 'https')
  expect(outcome).toMatchObject({ kind: 'unreachable', reason: 'timeout', phase: 'tls' })
  expect(phasesMs).toMatchObject({ firstByte: 0, body: 0 })
  expect(phasesMs.tls).toBeGreaterThan(timeoutMs / 2)
})

test.each([
  ['with a length', 'content-length: 99999999999\r\n', Buffer.alloc(65_536, 'a')],
  ['in chunks', 'transfer-encoding: chunked\r\n', Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`)],
  ['until it closes', '', Buffer.alloc(65_536, 'a')],
])('of an endless body %s 64 KiB are read, and the connection is left', async (_how, headers, chunk) => {
  let written = 0
  const result = await sendTo((socket) => {
    socket.write(head(headers, 500))
    flood(socket, chunk)
    socket.on('close', () => (written += socket.bytesWritten))
  })
  expect(result).toMatchObject({
    outcome: { kind: 'rejected', status: 500 },
    answer: { bodyBytes: 65_536, truncated: true },
  })
  expect(result.answer!.body!.length).toBeLessThanOrEqual(65_536)
  // What the kernel buffers is out of our hands; what we would read on is not.
  await waitFor('the end of the connection', () => written > 0)
  expect(written).toBeLessThan(32 * 1024 * 1024)
})

test('a gzip bomb is kept as the bytes it came as', async () => {
  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024))
  const { outcome, answer } = await sendTo((socket) => {
    socket.write(head(`content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n`, 500))
    socket.write(bomb)
  })
  expect(outcome).toMatchObject({ kind: 'rejected', status: 500 })
  expect(answer!.bodyBytes).toBe(bomb.length)
  expect(answer!.body!.equals(bomb)).toBe(true)
})

test('a receiver that half-closes after its whole answer has answered', async () => {
  const { outcome } = await sendTo((socket) => socket.end(head('content-length: 2\r\n') + 'ok'))
  expect(outcome).toEqual({ kind: 'succeeded', status: 200 })
})

test('what follows a whole answer belongs to no later request', async () => {
  const receiver = await startRawReceiver((socket, number) =>
    socket.write(
      head('content-length: 2\r\n', number === 1 ? 200 : 500) +
        'ok' +
        (number === 1 ? head('content-length: 4\r\n') + 'evil' : ''),
    ),
  )
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const request = requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs })
  await sender.send(request)
  expect((await sender.send(request)).outcome).not.toMatchObject({ kind: 'succeeded' })
})

test('a name lookup that hangs ends in a timeout', async () => {
  const startedAt = performance.now()
  const sender = startSender('', undefined, () => {})
  const { outcome, phasesMs } = await sender.send(requestTo('http://hook.example.com/', { timeoutMs }))
  expect(outcome).toMatchObject({ kind: 'unreachable', reason: 'timeout', phase: 'dns' })
  expect(phasesMs).toMatchObject({ connect: 0, tls: 0, firstByte: 0, body: 0 })
  expect(phasesMs.dns).toBeGreaterThan(timeoutMs / 2)
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 700)
})

test('a lookup that answers after the deadline opens no connection', async () => {
  const receiver = await startRawReceiver(() => {})
  const late = answersOf(['127.0.0.1'])
  let answered = false
  let answerNow = (): void => {}
  const sender = startSender(`127.0.0.1:${receiver.port}`, undefined, (host, found) => {
    answerNow = () => late(host, (error, addresses) => (found(error, addresses), (answered = true)))
  })
  await sender.send(requestTo(`http://hook.example.com:${receiver.port}/`, { timeoutMs }))
  answerNow()
  await waitFor('the late answer', () => answered)
  // A later connection proves that an earlier one would have been counted.
  const other = startSender(`127.0.0.1:${receiver.port}`)
  await other.send(requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs }))
  expect(receiver.connections).toHaveLength(1)
})

test('a connection that the receiver closed while it was idle is made anew, and each request arrives once', async () => {
  let requests = 0
  const receiver = await startRawReceiver((socket) => {
    requests += 1
    socket.write(head('content-length: 2\r\n') + 'ok')
  })
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const request = requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs })
  await sender.send(request)
  receiver.connections[0]!.end()
  await waitFor('the sender to see the end', () => receiver.connections[0]!.readableEnded)
  const second = await sender.send(request)
  expect(second).toMatchObject({ outcome: { kind: 'succeeded' }, reusedConnection: false })
  expect([requests, receiver.connections.length]).toEqual([2, 2])
})

test('a request written to a connection that the receiver then closes is a reset, and is not sent again', async () => {
  let requests = 0
  const receiver = await startRawReceiver((socket, number) => {
    requests += 1
    if (number === 1) socket.write(head('content-length: 2\r\n') + 'ok')
    else socket.resetAndDestroy()
  })
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const request = requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs })
  await sender.send(request)
  expect((await sender.send(request)).outcome).toMatchObject({ kind: 'unreachable', reason: 'reset' })
  expect([requests, receiver.connections.length]).toEqual([2, 1])
})

test('a hundred endless bodies at once stay within bounded memory', async () => {
  const receiver = await startRawReceiver(
    (socket) => (socket.write(head('', 500)), flood(socket, Buffer.alloc(65_536))),
  )
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const request = requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs: 5_000 })
  const before = process.memoryUsage().rss
  const results = await Promise.all(Array.from({ length: 100 }, () => sender.send(request)))
  expect(new Set(results.map(({ answer }) => answer?.bodyBytes))).toEqual(new Set([65_536]))
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
})

test('no hostile receiver leaves an error that nobody handles', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  await sendTo((socket) => (socket.write(head('', 500)), flood(socket, Buffer.alloc(65_536))))
  await sendTo((socket) => socket.write(head('content-length: 10\r\n') + 'abc'))
  await sendTo((socket) => socket.resetAndDestroy())
  expect(unhandled).toEqual([])
})
