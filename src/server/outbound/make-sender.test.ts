import { expect, onTestFinished, test } from 'vitest'
import { noSecrets, requestTo, startRawReceiver, startSender } from '../../../test/support/outbound.ts'
import { answerStatus, startReceiver, type Answer, type Receiver } from '../../../test/support/receiver.ts'
import type { RevealedSecrets, SendResult } from './outbound-request.ts'

async function receiverOf(answer: Answer): Promise<Receiver> {
  const receiver = await startReceiver(answer)
  onTestFinished(() => receiver.close())
  return receiver
}

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed, and is a rejection', async (status) => {
  const goal = await receiverOf(answerStatus(200))
  const receiver = await receiverOf(answerStatus(status, { location: goal.url }))
  const sender = startSender(`${receiver.target},${goal.target}`)
  expect((await sender.send(requestTo(receiver.url))).outcome).toMatchObject({ kind: 'rejected', status })
  expect([receiver.requests.length, goal.requests.length]).toEqual([1, 0])
})

test('without TLS no time is spent on it', async () => {
  const receiver = await receiverOf(answerStatus(200))
  const { phasesMs } = await startSender(receiver.target).send(requestTo(receiver.url))
  expect(phasesMs.tls).toBe(0)
  expect(phasesMs.connect).toBeGreaterThan(0)
})

test('a second request uses the connection of the first', async () => {
  const receiver = await receiverOf(answerStatus(200))
  const sender = startSender(receiver.target)
  const first = await sender.send(requestTo(receiver.url))
  const second = await sender.send(requestTo(receiver.url))
  expect([first.reusedConnection, second.reusedConnection]).toEqual([false, true])
  expect(second.phasesMs).toMatchObject({ dns: 0, connect: 0, tls: 0 })
})

test.each([
  ['a header name', { headers: [['bad name', ['x']]] as const }],
  ['an empty header name', { headers: [['', ['x']]] as const }],
  ['a line break in a header', { headers: [['x-a', ['a\r\nb: c']]] as const }],
  ['a character beyond Latin-1 in a header', { headers: [['x-a', ['‹']]] as const }],
  ['a reserved header', { headers: [['Transfer-Encoding', ['chunked']]] as const }],
  ['a second content-length', { headers: [['content-length', ['1']]] as const }],
  ['an address that is none', { url: ['http://'] }],
  ['a scheme that is not HTTP', { url: ['ftp://127.0.0.1/'] }],
  ['an address with port 0', { url: ['http://127.0.0.1:0/'] }],
])('%s is refused as a value, never thrown, and nothing is sent', async (_what, changes) => {
  const receiver = await receiverOf(answerStatus(200))
  const sender = startSender(`${receiver.target},127.0.0.1:80`)
  const { outcome } = await sender.send(requestTo(receiver.url, changes))
  expect(outcome.kind).toBe('refused')
  expect(receiver.requests).toHaveLength(0)
})

const value = 'pa55/"w+rd" ü&=\\x'
const secrets: RevealedSecrets = {
  values: new Map([
    ['KEY', value],
    ['ACCESS_TOKEN', 'token-0123456789'],
  ]),
  signingSecrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
}
const within = (kind: 'text' | 'json-string' | 'url') => ({ secret: 'KEY', within: kind })
const secretRequest = (url: string) =>
  requestTo(url, {
    url: [`${url}/`, within('url'), '?k=', within('url')],
    headers: [['x-key', ['Key ', within('text')]]],
    body: ['{"key":"', within('json-string'), '"}'],
    hasAccessToken: true,
  })

/** Everything that is kept of an attempt, as text. */
function keptOf(result: SendResult): string {
  const body = result.answer?.body ?? Buffer.alloc(0)
  return [JSON.stringify(result), body.toString(), body.toString('latin1')].join('\n')
}

const echo: Answer = ({ path, headers, body }, response) => {
  response.writeHead(500, {
    'x-path': path,
    'x-key': headers['x-key'] ?? '',
    'x-token': headers['authorization'] ?? '',
    'x-base64': Buffer.from(`k:${value}`).toString('base64'),
  })
  response.write(JSON.stringify({ path, headers, data: body.toString(), base64: body.toString('base64') }))
  response.end(`\n${headers['x-key']}\n${body.toString()}\n`)
}

test('of a secret nothing remains in the result when a receiver echoes all it got', async () => {
  const receiver = await receiverOf(echo)
  const result = await startSender(receiver.target, secrets).send(secretRequest(receiver.url))
  expect(receiver.requests[0]!.headers['x-key']).toBe(`Key ${value}`)
  expect(JSON.parse(receiver.requests[0]!.body.toString())).toEqual({ key: value })
  const kept = keptOf(result)
  const key = Buffer.from(value)
  const mojibake = key.toString('latin1')
  const traces = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    mojibake,
    'pa55',
    'w+rd',
    'token-0123456789',
  ]
  for (const trace of [
    ...traces,
    key.toString('base64').slice(0, 12),
    Buffer.from(`k:${value}`).toString('base64').slice(4, 14),
  ])
    expect(kept).not.toContain(trace)
  const shown = new Map(result.requestHeaders)
  expect(shown.get('x-key')).toBe('Key ‹secret KEY›')
  expect(shown.get('authorization')).toBe('Bearer ‹secret ACCESS_TOKEN›')
  expect(result.answer!.body!.toString()).toContain('‹secret KEY›')
})

test('of an answer to a request with a secret under 8 characters only the length is kept', async () => {
  const receiver = await receiverOf(answerStatus(500, { 'x-pin': '1234567' }, 'the pin is 1234567'))
  const short = { values: new Map([['PIN', '1234567']]), signingSecrets: [] }
  const headers = [['x-pin', [{ secret: 'PIN', within: 'text' }]]] as const
  const result = await startSender(receiver.target, short).send(requestTo(receiver.url, { headers }))
  expect(result.answer).toMatchObject({ headers: [], body: null, bodyBytes: 18, status: 500 })
  expect(keptOf(result)).not.toContain('1234567')
})

test('a compressed echo of a secret is not kept', async () => {
  const receiver = await receiverOf(answerStatus(500, { 'content-encoding': 'gzip' }, 'compressed'))
  const result = await startSender(receiver.target, secrets).send(secretRequest(receiver.url))
  expect(result.answer).toMatchObject({ body: null, bodyBytes: 10 })
})

test('where reading stops, no beginning of a secret is kept', async () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz012345'
  const known = { values: new Map([['KEY', secret]]), signingSecrets: [] }
  for (const before of [0, 1, 16, 31, 32, 60, 100, 130, 200, 300, 500].map((distance) => 65_536 - distance)) {
    const receiver = await receiverOf(answerStatus(500, {}, '.'.repeat(before) + secret + '.'.repeat(2000)))
    const { answer } = await startSender(receiver.target, known).send(requestTo(receiver.url))
    expect(answer!.body!.toString().replaceAll('‹secret KEY›', '')).toMatch(/^\.*$/)
    expect(answer).toMatchObject({ truncated: true, bodyBytes: 65_536 })
  }
})

test('a secret that is gone is named, and nothing is sent', async () => {
  const receiver = await startRawReceiver(() => {})
  const request = secretRequest(`http://127.0.0.1:${receiver.port}`)
  const { outcome } = await startSender(`127.0.0.1:${receiver.port}`, noSecrets).send(request)
  expect(outcome).toMatchObject({
    kind: 'refused',
    reason: 'missing-secret',
    detail: expect.stringContaining('KEY, ACCESS_TOKEN') as string,
  })
  expect(receiver.connections).toHaveLength(0)
})
