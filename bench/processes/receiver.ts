import { createServer, type Socket } from 'node:net'
import { monotonicMs } from './monotonic.ts'

// A receiver on bare sockets, so that it costs next to nothing. `/ok` answers 200, `/fail` answers 503, `/hang` never
// answers, `/aside` answers 200 and is not counted, `/slow` does so after 50 ms, `/flaky` refuses
// every second number once. Ends with the process that forked it.

export type ReceiverOrder = { readonly order: 'reset'; readonly recording: boolean } | { readonly order: 'tell' }

export interface Received {
  readonly count: number
  readonly failed: number
  readonly lastAt: number
  /** Where arrivals are recorded: the number each body brought as its first `n`, and when. */
  readonly numbers: readonly number[]
  readonly arrivedAt: readonly number[]
}

let received = makeEmpty()
let recording = false

function makeEmpty() {
  return { count: 0, failed: 0, lastAt: 0, numbers: [] as number[], arrivedAt: [] as number[] }
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
const failure = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\nno'

function serve(socket: Socket): void {
  let text = ''
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('error', () => {})
  socket.on('data', (chunk: string) => {
    text += chunk
    for (;;) {
      const headEnd = text.indexOf('\r\n\r\n')
      if (headEnd === -1) return
      const head = text.slice(0, headEnd)
      const bodyAt = headEnd + 4
      const end = bodyAt + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      if (text.length < end) return
      answer(socket, head.slice(0, head.indexOf('\r\n')), text.slice(bodyAt, end))
      text = text.slice(end)
    }
  })
}

function answer(socket: Socket, requestLine: string, body: string): void {
  const at = monotonicMs()
  if (requestLine.includes('/hang')) return
  if (requestLine.includes('/aside')) return void socket.write(ok)
  if (requestLine.includes('/slow')) return void setTimeout(() => socket.write(ok), 50)
  const fails = requestLine.includes('/fail') || (requestLine.includes('/flaky') && refusesOnce(numberIn(body)))
  if (fails) received.failed += 1
  else received.count += 1
  received.lastAt = at
  if (recording) {
    received.numbers.push(numberIn(body))
    received.arrivedAt.push(at)
  }
  socket.write(fails ? failure : ok)
}

function numberIn(body: string): number {
  return Number(/"n": ?(\d+)/.exec(body)?.[1] ?? -1)
}

function refusesOnce(number: number): boolean {
  if (number % 2 === 0 || refused.has(number)) return false
  refused.add(number)
  return true
}
const refused = new Set<number>()

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }))

process.on('message', (message: ReceiverOrder) => {
  if (message.order === 'reset') {
    received = makeEmpty()
    recording = message.recording
  }
  process.send!(received)
})
process.once('disconnect', () => process.exit())
