import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { answersOf, requestTo, startRawReceiver, startSender } from '../../../test/support/outbound.ts'
import { waitFor } from '../../../test/support/wait-for.ts'
import { limits } from '../base/limits.ts'
import { later } from '../base/timers.ts'
import type { SendResult } from './outbound-request.ts'

const timeoutMs = 300
/** For receivers that are left before the deadline: how soon depends on the machine. */
const farDeadlineMs = 20_000
/** Promised are 100 ms; the rest is what a machine full of tests needs to notice. */
const latenessMsMax = 400
const chunkedHead = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
const head = (headers: string, status = 200): string => `HTTP/1.1 ${status} X\r\n${headers}\r\n`

/** Connections as the sender has them: what it read of an answer is counted there, not at the receiver's buffers. */
const opened: Socket[] = []
const noteOpened = (message: unknown): void => void opened.push((message as { socket: Socket }).socket)
beforeAll(() => subscribe('undici:client:connected', noteOpened))
afterAll(() => void unsubscribe('undici:client:connected', noteOpened))
beforeEach(() => void opened.splice(0))

/**
 * One request to a receiver that behaves so. It ends at its deadline at the latest; the clock is a timer of the same
 * length, since a busy machine lets both wait. Of the answer little is read, whatever is offered.
 */
async function sendTo(
  behave: (socket: Socket) => void,
  { scheme = 'http', deadlineMs = timeoutMs }: { scheme?: string; deadlineMs?: number } = {},
): Promise<SendResult> {
  const receiver = await startRawReceiver(behave)
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  let deadlineAt = Number.POSITIVE_INFINITY
  const callOff = later(deadlineMs, () => (deadlineAt = performance.now()))
  const result = await sender.send(requestTo(`${scheme}://127.0.0.1:${receiver.port}/`, { timeoutMs: deadlineMs }))
  expect(performance.now() - deadlineAt).toBeLessThan(latenessMsMax)
  callOff()
  // Closes what is kept for the next request; what was given up has to be gone by itself.
  await sender.close()
  await waitFor('the sender to let go of the connection', () => receiver.connections.every(isLeft))
  for (const { bytesRead } of opened) expect(bytesRead).toBeLessThan(1024 * 1024)
  return result
}

const isLeft = (socket: Socket): boolean => socket.readableEnded || socket.destroyed

/** Writes again and again, until the other side is gone. */
function drip(socket: Socket, text: string | Buffer, everyMs = 5): void {
  const timer = setInterval(() => (socket.writable ? socket.write(text) : clearInterval(timer)), everyMs)
  socket.on('close', () => clearInterval(timer))
}

function repeat(bytes: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes))
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
  ['drips the status line', (socket) => (socket.write('HTTP/1.1 200 '), drip(socket, 'a'))],
  ['drips trailers', (socket) => (socket.write(chunkedHead + '0\r\n'), drip(socket, 'x: y\r\n'))],
  ['drips the size of a chunk', (socket) => (socket.write(chunkedHead), drip(socket, '0'))],
  ['drips the extension of a chunk', (socket) => (socket.write(`${chunkedHead}1;`), drip(socket, 'a'))],
  ['never ends its chunks', (socket) => socket.write(`${chunkedHead}3\r\nabc\r\n`)],
  ['never ends a body without a length', (socket) => socket.write(head('') + 'abc')],
])('a receiver that %s ends in a timeout', async (what, behave) => {
  const { outcome, answer, phasesMs } = await sendTo(behave)
  const phase = / body|chunk|trailers/.test(what) ? 'body' : 'firstByte'
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
  ['floods with 103', 'protocol', (socket) => flood(socket, head('link: </a>\r\n', 103).repeat(500))],
  [
    'floods with trailers',
    'protocol',
    (socket) => (socket.write(chunkedHead + '0\r\n'), flood(socket, 'x: y\r\n'.repeat(3000))),
  ],
  [
    'floods with the extension of a chunk',
    'protocol',
    (socket) => (socket.write(`${chunkedHead}1;`), flood(socket, 'a'.repeat(16_384))),
  ],
  ['floods with empty lines before its answer', 'protocol', (socket) => flood(socket, '\r\n'.repeat(8_000))],
  [
    'floods with the status line',
    'protocol',
    (socket) => (socket.write('HTTP/1.1 200 '), flood(socket, 'a'.repeat(16_384))),
  ],
  [
    'sends a chunk longer than any number',
    'protocol',
    (socket) => socket.write(`${chunkedHead}ffffffffffffffffff\r\n`),
  ],
  ['sends a content-length below nothing', 'protocol', (socket) => socket.write(head('content-length: -1\r\n'))],
  [
    'sends a content-length beyond every number',
    'protocol',
    (socket) => socket.write(head(`content-length: ${'9'.repeat(40)}\r\n`)),
  ],
  [
    'sends a length and chunks',
    'protocol',
    (socket) => socket.write(head('content-length: 3\r\ntransfer-encoding: chunked\r\n') + '3\r\nabc\r\n0\r\n\r\n'),
  ],
  ['sends a NUL in a header', 'protocol', (socket) => socket.write(head('x: a\0b\r\ncontent-length: 0\r\n'))],
  ['sends a status that is no number', 'protocol', (socket) => socket.write('HTTP/1.1 OK\r\n\r\n')],
  ['speaks HTTP/2', 'protocol', (socket) => socket.write(Buffer.from('000012040000000000000300000064', 'hex'))],
  ['speaks HTTP/0.9', 'protocol', (socket) => socket.end('<html>hello</html>')],
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
  const { outcome, answer } = await sendTo(behave, { deadlineMs: farDeadlineMs })
  expect(outcome).toMatchObject({ kind: 'unreachable', reason })
  expect(answer).toBeUndefined()
})

test.each<[string, (socket: Socket) => void]>([
  ['answers TLS with HTTP', (socket) => socket.write(head('content-length: 0\r\n'))],
  ['answers TLS with garbage', (socket) => socket.write(Buffer.alloc(600, 0xfe))],
  ['answers TLS with an alert', (socket) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))],
])('a receiver that %s ends as a handshake that failed', async (_what, behave) => {
  expect((await sendTo(behave, { scheme: 'https' })).outcome).toMatchObject({
    kind: 'unreachable',
    reason: 'handshake',
  })
})

const tlsRecord = (...bytes: number[]): Buffer => Buffer.from([22, 3, 3, 0, bytes.length, ...bytes])
const helloRequest = tlsRecord(0, 0, 0, 0)
const endlessHello = tlsRecord(2, 255, 255, 255)
test.each<[string, string, (socket: Socket) => void]>([
  [
    'drips a TLS handshake',
    'timeout',
    (socket) => (socket.write(Buffer.from([22, 3, 3, 64, 0, 2])), drip(socket, 'a')),
  ],
  ['asks for a TLS handshake again and again', 'timeout', (socket) => drip(socket, helloRequest)],
  ['floods with requests for a TLS handshake', 'protocol', (socket) => flood(socket, repeat(helloRequest, 5_000))],
  ['begins a TLS handshake longer than any', 'handshake', (socket) => flood(socket, repeat(endlessHello, 100))],
  ['floods with empty TLS records', 'handshake', (socket) => flood(socket, repeat(tlsRecord(), 5_000))],
])('a receiver that %s ends as %s', async (_what, reason, behave) => {
  const deadlineMs = reason === 'timeout' ? timeoutMs : farDeadlineMs
  const { outcome } = await sendTo(behave, { scheme: 'https', deadlineMs })
  expect(outcome).toMatchObject({ kind: 'unreachable', reason })
})

test('a TLS handshake that is never answered ends in a timeout', async () => {
  const { outcome, phasesMs } = await sendTo(() => {}, { scheme: 'https' })
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

test('a receiver that reads no further than the beginning of a request ends in a timeout', async () => {
  const receiver = await startRawReceiver((socket) => socket.pause())
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const body = ['x'.repeat(limits.payloadBytesMax)]
  const { outcome } = await sender.send(requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs, body }))
  expect(outcome).toMatchObject({ kind: 'unreachable', reason: 'timeout', phase: 'firstByte' })
  await waitFor('the sender to let go of the connection', () => opened.every((socket) => socket.destroyed))
})

test('an idle connection that floods is left, and the next request is made on another', async () => {
  const receiver = await startRawReceiver((socket, number) => {
    socket.write(head('content-length: 2\r\n') + 'ok')
    // Empty lines before an answer are skipped: no answer begins that nobody asked for.
    if (number === 1) flood(socket, '\r\n'.repeat(8_000))
  })
  const sender = startSender(`127.0.0.1:${receiver.port}`)
  const request = requestTo(`http://127.0.0.1:${receiver.port}/`, { timeoutMs: 5_000 })
  await sender.send(request)
  await waitFor('the sender to let go of the connection', () => opened[0]!.destroyed)
  expect(opened[0]!.bytesRead).toBeLessThan(1024 * 1024)
  expect(await sender.send(request)).toMatchObject({ outcome: { kind: 'succeeded' }, reusedConnection: false })
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
