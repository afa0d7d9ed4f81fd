import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findLeaves, replaceAt } from '../support/leaves.ts'
import { readOperations, type Operation, type Schema } from '../support/operations.ts'
import { sendRaw, type RawAnswer, type RawRequest } from '../support/raw-request.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { tableSizes } from '../support/table-sizes.ts'
import { waitFor } from '../support/wait-for.ts'
import { makeWellKnownPlace, type WellKnownPlace } from '../support/well-known-place.ts'

interface ProblemBody {
  readonly type: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly errors?: readonly { readonly pointer?: string; readonly detail: string }[]
}

const signalbox = useSignalbox()
let operations: Operation[] = []
let withBody: Operation[] = []
let place: WellKnownPlace
let apiKey = ''
let before: Record<string, number> = {}
const seenTypes = new Set<string>()

beforeAll(async () => {
  const { current } = signalbox
  place = await makeWellKnownPlace(current)
  apiKey = (await current.admin.must<{ key: string }>('POST', '/api-keys', { name: 'of this test' })).key
  operations = await readOperations(current.admin)
  withBody = operations.filter(({ body }) => body !== undefined)
  before = await waitFor('everything to be noted', async () => {
    const sizes = await tableSizes(current.databaseUrl)
    return sizes['public.redeliveries_under_way'] === 0 ? sizes : undefined
  })
})

test('every operation of the document has an example here, and every example an operation', () => {
  expect(operations.length).toBeGreaterThan(50)
  expect(Object.keys(place.bodies).toSorted()).toEqual(withBody.map(({ id }) => id).toSorted())
  for (const operation of operations) expect(place.pathOf(operation)).not.toMatch(/[{}]|unfilled/)
})

describe('every operation', () => {
  test('without a key, or with a wrong one, is refused as not authenticated', async () => {
    for (const operation of operations.filter(({ open }) => !open)) {
      const wrong: readonly Record<string, string>[] = [
        {},
        { authorization: 'Bearer sbx_wrong' },
        { authorization: 'Basic eDp5' },
        { authorization: 'nonsense' },
      ]
      for (const headers of wrong) {
        const answer = await ask(operation, {
          apiKey: undefined,
          headers,
          body: bodyOf(operation),
        })
        await expectProblem(answer, 401, 'not-authenticated', operation.id)
        expect(answer.headers['www-authenticate']).toBe('Bearer')
      }
    }
  })

  test('with a body that is no JSON is refused as malformed', async () => {
    for (const operation of withBody)
      for (const body of ['{', '{"name": }', 'nonsense', '', '{"a": NaN}', '{} {}'])
        await expectProblem(await ask(operation, { body }), 400, 'request-malformed', `${operation.id} ${body}`)
  })

  test('with another content type is refused, whatever the body', async () => {
    for (const operation of withBody)
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        'nonsense',
      ])
        await expectProblem(
          await ask(operation, { body: bodyOf(operation), headers: { 'content-type': type } }),
          415,
          'media-type-unsupported',
          `${operation.id} ${type}`,
        )
  })

  test('with a body that is too long is refused before it is read', async () => {
    for (const operation of withBody) {
      const announced = { body: '', headers: { 'content-length': String(64 * 1024 * 1024 + 1) }, holdBody: true }
      await expectProblem(await ask(operation, announced), 413, 'request-too-large', operation.id)
    }
  })

  test('with members of the wrong type and unknown ones is refused with all mistakes at once', async () => {
    for (const operation of withBody) {
      const properties = Object.entries(operation.body?.properties ?? {}).filter(
        ([, schema]) => wrongValueOf(schema) !== undefined,
      )
      expect(properties.length, operation.id).toBeGreaterThan(0)
      const body = {
        ...Object.fromEntries(properties.map(([name, schema]) => [name, wrongValueOf(schema)])),
        nonsense: 1,
        'a/b~c': 2,
      }
      const problem = await expectProblem(
        await ask(operation, { body: JSON.stringify(body) }),
        422,
        'request-invalid',
        operation.id,
      )
      const pointers = new Set(problem.errors?.map(({ pointer }) => pointer))
      for (const [name] of properties) expect(pointers, operation.id).toContain(`#/${name}`)
      expect(pointers, operation.id).toContain('#/nonsense')
      expect(pointers, operation.id).toContain('#/a~1b~0c')
    }
  })

  test('with a body that is no object is refused at its root', async () => {
    for (const operation of withBody) {
      for (const body of ['[]', '7', 'null', '"text"', 'true']) {
        const problem = await expectProblem(
          await ask(operation, { body }),
          422,
          'request-invalid',
          `${operation.id} ${body}`,
        )
        expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['#'])
      }
      const none = await expectProblem(await ask(operation, {}), 422, 'request-invalid', operation.id)
      expect(none.errors?.map(({ pointer }) => pointer)).toEqual(['#'])
    }
  })

  test('with a member that is nearly known says which was meant', async () => {
    for (const operation of withBody) {
      const known = Object.keys(operation.body?.properties ?? {}).find((name) => name.length > 2)!
      const meant = `${known}s`
      const problem = await expectProblem(
        await ask(operation, { body: JSON.stringify({ [meant]: 1 }) }),
        422,
        'request-invalid',
        operation.id,
      )
      expect(problem.errors?.find(({ pointer }) => pointer === `#/${meant}`)?.detail).toBe(
        `is not known here; did you mean “${known}”?`,
      )
    }
  })

  test('with __proto__, absurd depth, huge numbers or bytes that are no UTF-8 is refused', async () => {
    for (const operation of withBody) {
      const own = place.bodies[operation.id]!
      const deep = '['.repeat(10_000) + ']'.repeat(10_000)
      const members = Object.keys(operation.body?.properties ?? {})
      const bodies: (string | Buffer)[] = [
        JSON.stringify(own).replace('{', '{"__proto__": {"admin": true}, '),
        JSON.stringify(own).replace('{', '{"constructor": {"prototype": {}}, '),
        `{"nonsense": ${deep}}`,
        deep,
        `{"nonsense": 0, ${members.map((name) => `${JSON.stringify(name)}: ${deep}`).join(', ')}}`,
        `{"nonsense": 0, ${members.map((name) => `${JSON.stringify(name)}: 1e999`).join(', ')}}`,
        `{"nonsense": 0, ${members.map((name) => `${JSON.stringify(name)}: -${'9'.repeat(400)}`).join(', ')}}`,
        Buffer.concat([Buffer.from('{"name": "'), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}')]),
        Buffer.from(JSON.stringify(own), 'utf16le'),
      ]
      for (const body of bodies)
        await expectRefusal(await ask(operation, { body }), `${operation.id} ${String(body).slice(0, 80)}`)
    }
  })

  test('with a NUL character or half of a surrogate pair anywhere is refused there', async () => {
    for (const operation of withBody) {
      const own = place.bodies[operation.id]!
      for (const path of findLeaves(own))
        for (const text of ['x\0y', 'x\ud800y', '\udc00']) {
          const answer = await ask(operation, { body: JSON.stringify(replaceAt(own, path, text)) })
          const what = `${operation.id} ${path.join('/')}`
          const problem = await expectProblem(answer, 422, 'request-invalid', what)
          expect(problem.errors?.[0]?.pointer?.startsWith(`#/${path.join('/')}`), `${what}: ${answer.text}`).toBe(true)
        }
    }
  })

  test('with a query that makes no sense is refused with every mistake', async () => {
    const ofTeam = new Set(['listDeliveries', 'listRedeliveries'])
    for (const operation of operations.filter(({ queryParameters }) => queryParameters.length > 0)) {
      const refused = async (query: string): Promise<(string | undefined)[]> => {
        const path = `${place.pathOf(operation)}?${query}`
        const answer = await ask(operation, { path, body: bodyOf(operation) })
        return (await expectProblem(answer, 422, 'request-invalid', path)).errors!.map(({ pointer }) => pointer)
      }
      expect(await refused('nonsense=1&other=2')).toEqual(expect.arrayContaining(['#/query/nonsense', '#/query/other']))
      const names = operation.queryParameters
      if (names.includes('limit'))
        for (const limit of ['0', '-1', '1.5', 'x', '101', '1e999', '%00', '1&limit=2'])
          expect(await refused(`limit=${limit}`), limit).toContain('#/query/limit')
      if (names.includes('force')) expect(await refused('force=maybe')).toEqual(['#/query/force'])
      if (names.includes('cursor'))
        for (const cursor of ['nonsense', '%00', `whk_${'9'.repeat(40)}`, 'x'.repeat(300)])
          expect(await refused(`${ofTeam.has(operation.id) ? 'team=vision&' : ''}cursor=${cursor}`)).toEqual([
            '#/query/cursor',
          ])
    }
  })

  test('on what is not there, or has an id of another kind, finds nothing', async () => {
    for (const operation of operations)
      for (const name of operation.pathParameters)
        for (const other of unknownNames) {
          const path = place.pathOf(operation, { [name]: other })
          await expectProblem(
            await ask(operation, { path, body: bodyOf(operation) }),
            404,
            'not-found',
            `${operation.method} ${path}`,
          )
        }
  })

  test('on an absurd address is refused, and never fails', async () => {
    const absurd = [
      'x'.repeat(5_000),
      'x'.repeat(1_500),
      '%00',
      'a%00b',
      '%ff',
      '%',
      '%zz',
      '%ed%a0%80',
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '%5c',
      '__proto__',
      'constructor',
      '%27%3b--',
      '%F0%9F%98%80',
      '%20',
      '*',
      ':',
      '-1',
      '1e9',
      'NaN',
    ]
    for (const operation of operations)
      for (const name of operation.pathParameters)
        for (const piece of absurd) {
          const path = place.pathOf(operation, { [name]: piece })
          const answer = await ask(operation, { path, body: bodyOf(operation) })
          await expectRefusal(answer, `${operation.method} ${path.slice(0, 100)}`)
          expect([400, 404], `${operation.method} ${path.slice(0, 100)}: ${answer.text}`).toContain(answer.status)
        }
  })

  test('under a method that its address does not take is told which ones it takes', async () => {
    const methodsOf = Map.groupBy(operations, ({ path }) => path)
    for (const [path, takes] of methodsOf)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (takes.some((operation) => operation.method === method)) continue
        const answer = await sendRaw(signalbox.current.admin.url, { method, path: place.pathOf(takes[0]!), apiKey })
        await expectProblem(answer, 405, 'method-not-allowed', `${method} ${path}`)
        const allowed = String(answer.headers['allow'])
          .split(', ')
          .filter((name) => name !== 'HEAD')
        expect(allowed).toEqual(takes.map((operation) => operation.method).toSorted())
      }
  })
})

test('an address that nothing has is not found, with a key or without', async () => {
  const { url } = signalbox.current.admin
  for (const path of [
    '/api/v1',
    '/api/v1/',
    '/api/v1/nonsense',
    '/api/v2/me',
    '/nonsense',
    '/problems/nonsense',
    '//',
    '/api/v1/me/',
    '/%00',
    '/..',
    '/problems/__proto__',
  ])
    for (const key of [apiKey, undefined])
      await expectProblem(await sendRaw(url, { method: 'GET', path, apiKey: key }), 404, 'not-found', path)
})

test('headers that are too long are refused as a problem', async () => {
  const answer = await sendRaw(signalbox.current.admin.url, {
    method: 'GET',
    path: '/api/v1/me',
    headers: { 'x-long': 'x'.repeat(100_000) },
  })
  expect(answer.status).toBe(400)
  expect(answer.headers['content-type']).toBe('application/problem+json')
})

test('data of an event is refused where it could not be kept as it was sent', async () => {
  const record = operations.find(({ id }) => id === 'recordEvent')!
  for (const [data, pointer] of [
    ['{"a": [1, 1e999]}', '#/data/a/1'],
    ['{"a": "\\ud800"}', '#/data/a'],
    ['{"a\\u0000": 1}', '#/data/a\0'],
    [`"${'x'.repeat(65 * 1024)}"`, '#/data'],
    ['['.repeat(65) + ']'.repeat(65), `#/data/${Array.from({ length: 64 }, () => 0).join('/')}`],
  ] as const) {
    const problem = await expectProblem(
      await ask(record, { body: `{"name": "x", "data": ${data}}` }),
      422,
      'request-invalid',
      data.slice(0, 40),
    )
    expect(problem.errors?.map((mistake) => mistake.pointer)).toEqual([pointer])
  }
})

test('every problem that was met is explained under its type', async () => {
  expect(seenTypes.size).toBeGreaterThanOrEqual(7)
  for (const type of seenTypes) {
    const page = await fetch(`${signalbox.current.admin.url}${type}`)
    expect(page.status, type).toBe(200)
    expect(await page.text()).toContain(`type ${type}\n`)
  }
})

test('nothing of all that changed a row, and nothing was a failure of ours', async () => {
  expect(await tableSizes(signalbox.current.databaseUrl)).toEqual(before)
  expect(signalbox.current.logged.filter(({ event }) => event === 'request.failed')).toEqual([])
})

afterAll(() => {
  place = undefined as never
})

const unknownNames = [
  'nobody-there',
  'team_999999',
  'ent_999999',
  'org_999999',
  'usr_999999',
  'prj_999999',
  'whk_999999',
  'aut_999999',
  'key_999999',
  'sec_1',
  'aud_1',
  'evt_00000000000000000000000000',
  'dlv_00000000000000000000000000',
  'nobody%2Fthere',
  'whk_0',
  'whk_01',
  'whk_9999999999999999',
]

function ask(operation: Operation, request: Partial<RawRequest>): Promise<RawAnswer> {
  return sendRaw(signalbox.current.admin.url, {
    method: operation.method,
    path: place.pathOf(operation),
    apiKey,
    ...request,
  })
}

function bodyOf({ id }: Operation): string | undefined {
  const body = place.bodies[id]
  return body === undefined ? undefined : JSON.stringify(body)
}

async function expectRefusal(answer: RawAnswer, what: string): Promise<ProblemBody> {
  const problem = answer.body as ProblemBody
  expect(answer.status, `${what}: ${answer.text}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${answer.text}`).toBeLessThan(500)
  expect(answer.headers['content-type'], what).toBe('application/problem+json')
  expect(problem.status, what).toBe(answer.status)
  expect(problem.instance, what).toMatch(/^\/requests\/req_[0-9a-f]+$/)
  for (const { pointer } of problem.errors ?? []) expect(pointer, what).toMatch(/^#$|^#\/./)
  seenTypes.add(problem.type)
  return problem
}

async function expectProblem(answer: RawAnswer, status: number, type: string, what: string): Promise<ProblemBody> {
  const problem = await expectRefusal(answer, what)
  expect({ status: answer.status, type: problem.type }, `${what}: ${answer.text}`).toEqual({
    status,
    type: `/problems/${type}`,
  })
  return problem
}

/** Something that the shape does not take; nothing where it takes anything. */
function wrongValueOf({ type, anyOf, oneOf }: Schema): unknown {
  const types = [type, ...(anyOf ?? oneOf ?? []).map((branch) => branch.type)].flat()
  if (types.every((one) => one === undefined)) return undefined
  return types.includes('number') || types.includes('integer') ? 'x' : 7
}
