import { connect } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receiverLimits, startReceiver, type Arrival, type Receiver } from './receiver.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const arrivals: Arrival[] = []
let receiver: Receiver
let answer = 200

beforeEach(async () => {
  arrivals.length = 0
  answer = 200
  receiver = await startReceiver({
    port: 0,
    secrets: () => ({ signingSecrets: [secret] }),
    onArrival(arrival) {
      arrivals.push(arrival)
      return answer
    },
  })
})
afterEach(() => receiver.close())

function send(body: string, signed = body): Promise<Response> {
  const at = new Date()
  return fetch(`${receiver.url}/hook?a=1`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', at, signed),
    },
  })
}

test('a signed request arrives verified, byte for byte, and is answered as its taker says', async () => {
  answer = 503
  expect((await send('{"text": "grün"}')).status).toBe(503)
  expect(arrivals).toMatchObject([
    { method: 'POST', path: '/hook?a=1', verification: { verified: true, by: ['webhook-signature'] } },
  ])
  expect(arrivals[0]?.body.toString()).toBe('{"text": "grün"}')
})

test('a request with a changed body arrives as not verified, with the reason', async () => {
  await send('{"amount": 2}', '{"amount": 1}')
  expect(arrivals).toMatchObject([{ verification: { verified: false, because: 'signature-wrong' } }])
})

test('a body that is too long is refused before it is read to its end, and the next request is served', async () => {
  const answered = await sendWithoutEnd()
  expect(answered).toMatch(/^HTTP\/1.1 413 /)
  expect(arrivals).toEqual([])
  expect((await send('{}')).status).toBe(200)
})

test('it can be reached from this machine only', async () => {
  const { url } = receiver
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test('a port that is taken is an error that says so', async () => {
  const second = startReceiver({ port: receiver.port, secrets: () => ({}), onArrival: () => 200 })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

/** Sends one byte more than is taken, of a body that goes on. */
function sendWithoutEnd(): Promise<string> {
  return new Promise((resolve, reject) => {
    let answered = ''
    const socket = connect(receiver.port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nhost: receiver\r\ntransfer-encoding: chunked\r\n\r\n')
      const bytes = receiverLimits.bodyBytesMax + 1
      socket.write(`${bytes.toString(16)}\r\n`)
      socket.write(Buffer.alloc(bytes, 'a'))
    })
    socket.on('data', (chunk) => (answered += chunk.toString()))
    socket.on('close', () => resolve(answered))
    socket.on('error', (error) => (answered === '' ? reject(error) : resolve(answered)))
  })
}
