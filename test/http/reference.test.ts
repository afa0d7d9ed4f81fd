import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { describeServer, generated } from '../../scripts/generate.ts'
import { connect } from '../../src/sdk/connect.ts'
import { operationsOf, readOperations, type Operation } from '../support/operations.ts'
import { sendRaw } from '../support/raw-request.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { makeWellKnownPlace, type WellKnownPlace } from '../support/well-known-place.ts'

const signalbox = useSignalbox()
let operations: Operation[] = []
let place: WellKnownPlace

beforeAll(async () => {
  place = await makeWellKnownPlace(signalbox.current)
  operations = await readOperations(signalbox.current.admin)
})

test.each(generated)('$file is what the code says; else run: npm run generate', async ({ file, make }) => {
  const made = await make()
  expect(made.length).toBeGreaterThan(1_000)
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(made)
})

test('the running server serves the document that is checked in', async () => {
  const served = await (await fetch(`${signalbox.current.admin.url}/openapi.json`)).json()
  expect(served).toMatchObject({ openapi: '3.1.0' })
  expect(served).toEqual(JSON.parse(JSON.stringify(await describeServer())))
})

test('every operation has a name of its own, a summary, a tag, an answer and the problem', () => {
  expect(operations.length).toBeGreaterThan(50)
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
  for (const { id, summary, tags, answers } of operations) {
    expect(id).toMatch(/^[a-z][A-Za-z]+$/)
    expect(summary?.length, id).toBeGreaterThan(5)
    expect(tags, id).toHaveLength(1)
    expect(answers['default'], id).toEqual({ $ref: '#/components/responses/Problem' })
    expect(
      Object.keys(answers).some((status) => status.startsWith('2')),
      id,
    ).toBe(true)
  }
})

test('what is read has the documented shape, and so has every refusal', async () => {
  const { admin } = signalbox.current
  const apiKey = (await admin.must<{ key: string }>('POST', '/api-keys', { name: 'reader' })).key
  for (const operation of operations.filter(({ method }) => method === 'GET')) {
    const query = ['listDeliveries', 'listRedeliveries', 'getStats'].includes(operation.id) ? '?team=vision' : ''
    const answer = await sendRaw(admin.url, { method: 'GET', path: `${place.pathOf(operation)}${query}`, apiKey })
    expect(answer.status, `${operation.id} ${answer.text}`).toBe(200)
    expectShape(operation, answer)
    const refused = await sendRaw(admin.url, { method: 'GET', path: place.pathOf(operation) })
    expectShape(operation, refused)
  }
})

test('what is made and changed is answered in the documented shape', async () => {
  const { admin } = signalbox.current
  const apiKey = (await admin.must<{ key: string }>('POST', '/api-keys', { name: 'writer' })).key
  const named = (id: string): Operation => operations.find((operation) => operation.id === id)!
  const made = [
    'createTeam',
    'createPerson',
    'createServiceAccount',
    'createProject',
    'createRegistry',
    'createSecret',
    'replaceSecret',
    'createWebhook',
    'rotateSigningSecret',
    'createProjectAutomation',
    'createTeamAutomation',
    'recordEvent',
    'recordEvents',
    'createApiKey',
    'setTeamMember',
    'setGrant',
    'updateAutomation',
    'updateWebhook',
  ]
  const plain = [
    'disableAutomation',
    'enableAutomation',
    'pauseWebhook',
    'resumeWebhook',
    'enableWebhook',
    'deleteAutomation',
    'removeTeamMember',
  ]
  for (const operation of [...made, ...plain].map(named)) {
    const body = place.bodies[operation.id]
    const given = {
      ...body,
      ...(operation.id === 'updateAutomation' ? { name: 'changed' } : {}),
      ...(operation.id === 'createTeamAutomation' ? { name: 'of the team' } : {}),
    }
    const answer = await sendRaw(admin.url, {
      method: operation.method,
      path: place.pathOf(operation),
      apiKey,
      ...(body === undefined ? {} : { body: JSON.stringify(given) }),
    })
    expect(answer.status, `${operation.id} ${answer.text}`).toBeLessThan(300)
    expectShape(operation, answer)
  }
})

test('every operation has a function in the SDK, and every function an operation', async () => {
  const called = new Set<string>()
  const spy: typeof fetch = async (input, init) => {
    called.add(`${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`)
    return new Response('{}', { status: 500 })
  }
  const functions = functionsOf(connect({ url: 'http://signalbox.invalid', apiKey: 'sbx_x', fetch: spy }))
  expect(functions.length).toBe(operations.length)
  for (const fn of functions) {
    const given = fn('piece', 'piece', 'piece')
    // A stream asks when it is read.
    await (Symbol.asyncIterator in given ? given.next() : given).catch(() => undefined)
  }
  const expected = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, 'piece')}`)
  expect([...called].toSorted()).toEqual([...new Set(expected)].toSorted())
})

type AnyFunction = (...given: readonly unknown[]) => Promise<unknown> | AsyncGenerator

function functionsOf(client: object): AnyFunction[] {
  return Object.values(client).flatMap((member: unknown) =>
    typeof member === 'function'
      ? [member as AnyFunction]
      : typeof member === 'object' && member !== null
        ? functionsOf(member)
        : [],
  )
}

function expectShape(
  operation: Operation,
  answer: { status: number; headers: Readonly<Record<string, unknown>>; body: unknown; text: string },
): void {
  const documented = operation.answers[String(answer.status)]
  if (answer.status === 204)
    return expect({ documented: documented?.content, text: answer.text }).toEqual({ documented: undefined, text: '' })
  const endless = documented?.content?.['text/event-stream']
  const [type, schema] =
    answer.status >= 300
      ? ['application/problem+json', problemSchema]
      : endless === undefined
        ? ['application/json; charset=utf-8', documented?.content?.['application/json']?.schema]
        : ['text/event-stream', endless.schema]
  expect(answer.headers['content-type'], operation.id).toBe(type)
  expect(schema, `${operation.id} ${answer.status}`).toBeDefined()
  const checked = z
    .fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    .safeParse(endless === undefined ? answer.body : answer.text)
  expect(checked.error?.issues ?? [], operation.id).toEqual([])
}

const problemSchema = problemSchemaOf(
  JSON.parse(readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8')),
)

function problemSchemaOf(document: unknown): object {
  expect(operationsOf(document).length).toBeGreaterThan(50)
  const { components } = document as {
    components: { responses: { Problem: { content: Record<string, { schema: object }> } } }
  }
  return components.responses.Problem.content['application/problem+json']!.schema
}
