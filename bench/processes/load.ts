import { connect, type Socket } from 'node:net'
import { firstNumber, type Loaded, type LoadOrder } from './load-order.ts'
import { monotonicMs } from './monotonic.ts'

// Sends requests over bare sockets, so that the load costs next to nothing. Ends with the process that forked it.

interface Line {
  readonly socket: Socket
  readonly head: string
  onAnswer: (status: number, body: string) => void
}

function openLine({ port, head }: LoadOrder['targets'][number]): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.setEncoding('latin1')
  const line: Line = { socket, head, onAnswer: () => {} }
  let text = ''
  socket.on('data', (chunk: string) => {
    text += chunk
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const end = headEnd + 4 + Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0)
    if (text.length < end) return
    const body = text.slice(headEnd + 4, end)
    const status = Number(text.slice(9, 12))
    text = text.slice(end)
    line.onAnswer(status, body)
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(line))
    socket.once('error', reject)
    socket.once('close', () => line.onAnswer(0, 'the connection was closed'))
  })
}

async function run({ targets, body, connections, durationMs, ratePerSecond }: LoadOrder): Promise<Loaded> {
  const lines = await Promise.all(
    Array.from({ length: connections }, (_, index) => openLine(targets[index % targets.length]!)),
  )
  const bodyOf = (number: number): string =>
    body.length === 2
      ? `${body[0]}${number}${body[1]}`
      : `${body[0]}${number}${body[1]}${String(number).slice(-2)}${body[2]}`
  const bodyBytes = Buffer.byteLength(bodyOf(firstNumber))
  const sentAt: number[] = []
  const answeredAt: number[] = []
  const refused: Record<string, string> = {}
  let accepted = 0
  let next = 0

  const send = (line: Line): Promise<void> =>
    new Promise((resolve) => {
      const number = next++
      line.onAnswer = (status, said) => {
        answeredAt[number] = monotonicMs()
        if (status >= 200 && status < 300) accepted += 1
        else refused[status] = said
        resolve()
      }
      sentAt[number] = monotonicMs()
      line.socket.write(`${line.head}content-length: ${bodyBytes}\r\n\r\n${bodyOf(firstNumber + number)}`)
    })

  const startedAt = monotonicMs()
  const endsAt = startedAt + durationMs
  if (ratePerSecond === undefined) await Promise.all(lines.map((line) => sendOnAndOn(line, send, endsAt)))
  else await sendAtRate(lines, send, ratePerSecond, startedAt, endsAt)
  const endedAt = monotonicMs()
  for (const { socket } of lines) socket.destroy()
  return { accepted, refused, startedAt, endedAt, sentAt, answeredAt }
}

async function sendOnAndOn(line: Line, send: (line: Line) => Promise<void>, endsAt: number): Promise<void> {
  while (monotonicMs() < endsAt && !line.socket.destroyed) await send(line)
}

/** At their time, whatever became of those before, as long as a connection is free. */
function sendAtRate(
  lines: readonly Line[],
  send: (line: Line) => Promise<void>,
  ratePerSecond: number,
  startedAt: number,
  endsAt: number,
): Promise<void> {
  const free = [...lines]
  let due = 0
  return new Promise((resolve) => {
    const step = (): void => {
      const now = monotonicMs()
      if (now >= endsAt && free.length === lines.length) return resolve()
      while (now < endsAt && free.length > 0 && startedAt + (due * 1000) / ratePerSecond <= now) {
        due += 1
        const line = free.shift()!
        void send(line).then(() => free.push(line))
      }
      setTimeout(step, 1)
    }
    step()
  })
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (loaded) => process.send!(loaded),
    (error: unknown) => process.send!({ failed: String(error) }),
  )
})
process.once('disconnect', () => process.exit())
process.send!('ready')
