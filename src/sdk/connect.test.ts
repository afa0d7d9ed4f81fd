import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { connect } from './connect.ts'
import { everyItem } from './every-item.ts'
import { ServerUnreachable, SignalboxProblem, UnexpectedAnswer } from './problem-error.ts'

interface Asked {
  readonly method: string | undefined
  readonly url: string
  readonly headers: Headers
  readonly body: unknown
}

/** A client whose requests are kept, and answered alike. */
function spying(answer: () => Response) {
  const asked: Asked[] = []
  const spy: typeof fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined
    const url = input instanceof Request ? input.url : String(input)
    asked.push({ method: init?.method, url, headers: new Headers(init?.headers), body })
    return answer()
  }
  return { asked, client: connect({ url: 'http://signalbox.invalid/', apiKey: 'sbx_key', fetch: spy }) }
}

const json =
  (value: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(value), { status })
const noItems = json({ items: [], next: null })

let server: Server | undefined
afterEach(() => server?.close())

test('names with slashes and other marks stay one piece of the address', async () => {
  const { asked, client } = spying(noItems)
  await client.events.list('vision/mnist & more', { limit: 5, cursor: 'a+b' })
  expect(asked[0]?.url).toBe(
    'http://signalbox.invalid/api/v1/projects/vision%2Fmnist%20%26%20more/events?limit=5&cursor=a%2Bb',
  )
})

test.each(['', '.', '..'])('“%s” is no name: it would ask for something else, and is not sent', async (ref) => {
  const { asked, client } = spying(noItems)
  await expect(async () => client.deliveries.get(ref)).rejects.toMatchObject({
    type: '/problems/not-found',
    status: 404,
  })
  expect(asked).toEqual([])
})

test('the key goes with every request, the body as JSON, and what is undefined stays out', async () => {
  const { asked, client } = spying(json({ id: 'evt_1', duplicate: false }, 201))
  await client.events.record('demo', { name: 'evaluation.finished' })
  const [request] = asked
  expect(request?.method).toBe('POST')
  expect(request?.headers.get('authorization')).toBe('Bearer sbx_key')
  expect(request?.headers.get('content-type')).toBe('application/json')
  expect(request?.body).toEqual({ name: 'evaluation.finished' })

  const lists = spying(noItems)
  await lists.client.deliveries.list({ team: 'vision', webhook: undefined })
  expect(lists.asked[0]?.url).toBe('http://signalbox.invalid/api/v1/deliveries?team=vision')
  expect(lists.asked[0]?.headers.has('content-type')).toBe(false)
})

test('a refusal is thrown as the whole problem', async () => {
  const document = {
    type: '/problems/request-invalid',
    title: 'The request has mistakes',
    status: 422,
    detail: 'There is one mistake in the request.',
    instance: '/requests/req_1',
    errors: [{ pointer: '#/name', detail: 'is too short' }],
  }
  const { client } = spying(json(document, 422))
  const error = await client.me().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SignalboxProblem)
  expect(error).toMatchObject({ document, type: document.type, status: 422, mistakes: document.errors })
})

test('what answers without being a Signalbox is unreachable, and so is a redirect', async () => {
  const page = () => new Response('<html>', { status: 200 })
  await expect(spying(page).client.me()).rejects.toThrow(ServerUnreachable)
  await expect(spying(() => new Response('Bad gateway', { status: 502 })).client.me()).rejects.toThrow(/502/)
  const moved = () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.invalid' } })
  await expect(spying(moved).client.me()).rejects.toThrow(/redirects elsewhere/)
})

test('an answer in a shape that is not known says where', async () => {
  const { client } = spying(json({ id: 'usr_1', name: 7, kind: 'person', organizations: [], teams: [] }))
  const error = await client.me().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UnexpectedAnswer)
  expect(String(error)).toMatch(/GET \/me .*name/)
})

test('nobody at the address, and nobody who answers in time, is unreachable', async () => {
  await expect(connect({ url: 'http://127.0.0.1:1' }).me()).rejects.toThrow(ServerUnreachable)
  server = createServer(() => {})
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const slow = connect({ url: `http://127.0.0.1:${port}`, timeoutMs: 50 })
  await expect(slow.me()).rejects.toThrow(/no answer came within 0.05 s/)
  server.closeAllConnections()
})

test('every item of every page comes once, in order', async () => {
  const pages = new Map([
    [undefined, { items: [1, 2], next: 'a' }],
    ['a', { items: [], next: 'b' }],
    ['b', { items: [3], next: null }],
  ])
  const items: number[] = []
  for await (const item of everyItem(async (cursor) => pages.get(cursor)!)) items.push(item)
  expect(items).toEqual([1, 2, 3])
})
