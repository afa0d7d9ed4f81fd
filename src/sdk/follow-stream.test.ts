import { expect, test } from 'vitest'
import { connect } from './connect.ts'
import type { FollowOptions, Streamed } from './follow-stream.ts'
import { ServerUnreachable, SignalboxProblem, UnexpectedAnswer } from './problem-error.ts'

const event = {
  id: 'evt_1',
  type: 'CUSTOM',
  at: '2026-01-01T00:00:00.000Z',
  project: null,
  project_name: null,
  entity_name: null,
  subject: 'churn',
  author: null,
  facts: {},
  places: [],
}
const message = (id: string, data: unknown = event, name = 'event'): string =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`

/** An answer that comes in these pieces and then ends, or breaks off. */
function stream(pieces: readonly string[], breaks = false): () => Response {
  return () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        if (breaks) controller.error(new Error('reset'))
        else controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}

const refusal = (status: number, type: string) => (): Response =>
  new Response(JSON.stringify({ type: `/problems/${type}`, title: 'No', status, detail: 'no' }), { status })
const noServer = (): Response => {
  throw new TypeError('fetch failed')
}

/** Reads from a server that answers so, once each, until it throws. */
async function follow(answers: readonly (() => Response)[], query: FollowOptions = {}) {
  const asked: string[] = []
  const waits: number[] = []
  const got: Streamed[] = []
  const left = [...answers]
  const spy: typeof fetch = async (input) => {
    asked.push(new URL(input instanceof Request ? input.url : input).search)
    return left.shift()!()
  }
  const client = connect({
    url: 'http://signalbox.invalid/',
    apiKey: 'sbx_key',
    fetch: spy,
    wait: async (ms) => void waits.push(ms),
  })
  try {
    for await (const streamed of client.stream(query)) got.push(streamed)
  } catch (error) {
    return { asked, waits, got, error }
  }
  return { asked, waits, got, error: undefined }
}

const end = refusal(401, 'not-authenticated')

test('messages come however the stream was cut, and what a newer server sends besides is passed over', async () => {
  const whole = `retry: 2000\nid: a\n\n: beat\nid: b\n\n${message('c')}event: later\ndata: 1\n\n${message('d', { ...event, subject: 'ü€😀' })}`
  const bytes = new TextEncoder().encode(whole)
  for (const size of [1, 2, 3, 7, 1_000]) {
    const cut = (): Response =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (let from = 0; from < bytes.length; from += size) controller.enqueue(bytes.slice(from, from + size))
            controller.close()
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      )
    const { got, asked } = await follow([cut, end])
    expect(got).toEqual([
      { type: 'event', cursor: 'c', event },
      { type: 'event', cursor: 'd', event: { ...event, subject: 'ü€😀' } },
    ])
    expect(asked).toEqual(['', '?cursor=d'])
  }
})

test('lines may end in any of the three ways', async () => {
  for (const lineEnd of ['\n', '\r\n', '\r']) {
    const text = `${message('a')}${message('b')}: beat\n\n`.replaceAll('\n', lineEnd)
    const { got } = await follow([stream(text.split('')), end])
    expect(got.map(({ cursor }) => cursor)).toEqual(['a', 'b'])
  }
})

test('a connection that ends, breaks or brings half a message is made again behind the last whole one', async () => {
  const { asked, got, waits, error } = await follow(
    [
      stream(['id: now\n\n']),
      stream([message('a')], true),
      stream([message('b'), 'event: event\nid: c\nda']),
      stream([message('c')]),
      end,
    ],
    { team: 'vision', project: undefined },
  )
  expect(asked).toEqual(
    ['', '&cursor=now', '&cursor=now', '&cursor=b', '&cursor=c'].map((rest) => `?team=vision${rest}`),
  )
  expect(got.map(({ cursor }) => cursor)).toEqual(['b', 'c'])
  expect(waits).toEqual([2_000, 2_000, 2_000, 2_000])
  expect(error).toBeInstanceOf(SignalboxProblem)
})

test('while the server is away it is waited for, longer and longer, and anew once it was there', async () => {
  const away = [noServer, refusal(503, 'unavailable'), noServer, refusal(429, 'rate-limited'), noServer]
  const { waits, got } = await follow([stream([]), ...away, stream([message('a')]), noServer, end])
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 2_000, 4_000])
  expect(got).toHaveLength(1)
})

test('a refusal is thrown, and so is a server that is not there the first time, or sends what is not known', async () => {
  for (const [status, type] of [
    [401, 'not-authenticated'],
    [404, 'not-found'],
    [409, 'stream-restored'],
  ] as const)
    expect((await follow([stream([message('a')]), refusal(status, type)])).error).toMatchObject({ status })
  expect((await follow([noServer])).error).toBeInstanceOf(ServerUnreachable)
  expect((await follow([refusal(429, 'rate-limited')])).error).toMatchObject({ status: 429 })
  expect((await follow([() => new Response('<html>')])).error).toBeInstanceOf(ServerUnreachable)
  expect((await follow([stream([message('a', { id: 7 })])])).error).toBeInstanceOf(UnexpectedAnswer)
  expect((await follow([stream(['event: event\ndata: {\n\n'])])).error).toBeInstanceOf(UnexpectedAnswer)
})

test('whoever stops reading hangs up, and an aborted signal ends it without a word', async () => {
  const signals: AbortSignal[] = []
  const endless: typeof fetch = async (_input, init) => {
    signals.push(init!.signal!)
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(message('a')))
        init!.signal!.addEventListener('abort', () => controller.error(new Error('aborted')))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const client = connect({ url: 'http://signalbox.invalid', fetch: endless })
  for await (const streamed of client.stream()) if (streamed.cursor === 'a') break
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  const stop = new AbortController()
  for await (const streamed of client.stream({ signal: stop.signal })) if (streamed.cursor === 'a') stop.abort()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
})
