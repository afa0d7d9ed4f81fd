import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import pg from 'pg'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { Event } from '../../src/contract/event.ts'
import { StreamedAttempt } from '../../src/contract/stream.ts'
import { makeUuid, spellUuid } from '../../src/server/base/ids.ts'
import { limits } from '../../src/server/base/limits.ts'
import type { Client } from '../support/client.ts'
import { openStream, type OpenedStream } from '../support/open-stream.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { answerStatus } from '../support/receiver.ts'
import { startSignalbox, useSignalbox } from '../support/signalbox.ts'
import { startStreamDoor } from '../support/stream-door.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
let apiKey = ''
let elsewhere: { readonly key: string; readonly client: Client }

beforeAll(async () => {
  const { admin, as } = signalbox.current
  apiKey = (await admin.must<{ key: string }>('POST', '/api-keys', { name: 'of the stream' })).key
  await admin.must('POST', '/organizations/acme/teams', { name: 'elsewhere' })
  await admin.must('POST', '/projects', { team: 'elsewhere', name: 'apart' })
  const key = await memberOf('elsewhere', 'visitor', 'viewer')
  elsewhere = { key, client: as(key) }
})

/** Nothing comes while a transaction of anybody on the server is open that began before; other tests have some. */
const patienceMs = 90_000

const open = (options: Parameters<typeof openStream>[2] = {}, key = apiKey): Promise<OpenedStream> =>
  openStream(signalbox.current.server.url, key, options)

const eventIds = ({ messages }: OpenedStream): string[] =>
  messages.filter(({ event }) => event === 'event').map(({ data }) => data.id as string)

/** Waits until this event has come; with it has all that stands before it. */
const untilEvent = (stream: OpenedStream, id: string): Promise<unknown> =>
  waitFor(`the event ${id}`, () => eventIds(stream).includes(id), patienceMs)

async function memberOf(team: string, name: string, role: string): Promise<string> {
  const { admin } = signalbox.current
  await admin.must('POST', `/teams/${team}/service-accounts`, { name, role })
  return (await admin.must<{ key: string }>('POST', '/api-keys', { name: 'key', person: name })).key
}

/** Reads where the stream begins, and then nothing. */
async function takeNothing(url: string): Promise<{ readonly lastId: string; readonly incoming: IncomingMessage }> {
  const headers = { authorization: `Bearer ${apiKey}` }
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/api/v1/stream`, { headers, agent: false }, resolve).on('error', reject).end()
  })
  const first = await new Promise<Buffer>((resolve) => incoming.once('data', resolve))
  incoming.pause()
  onTestFinished(() => void incoming.destroy())
  return { lastId: /^id: (.*)$/m.exec(first.toString())![1]!, incoming }
}

test('an event and its attempts come in order, in the shapes of the contract, and nothing that was before', async () => {
  const { record, receiver, makeWebhook, makeAutomation } = signalbox.current
  const webhook = await makeWebhook({ retry: { attempts_max: 3, delay_ms_min: 10, delay_ms_max: 10 } })
  const automation = await makeAutomation(webhook.id, { filter: { name: 'streamed' } })
  await untilEvent(await open(), (await record({ name: 'before' })).id)
  receiver.answerWith((_request, response, number) => void response.writeHead(number === 1 ? 500 : 200).end('ok'))

  const stream = await open()
  expect(stream.status).toBe(200)
  expect(Object.fromEntries(stream.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const event = await record({ name: 'streamed', data: { loss: 0.25 } })
  await waitFor('both attempts', () => stream.messages.some(({ data }) => data.number === 2), patienceMs)

  const { messages } = stream
  expect(messages.map((message) => message.event)).toEqual(['event', 'attempt', 'attempt'])
  expect(Event.strict().parse(messages[0]!.data)).toMatchObject({ id: event.id, facts: { data: { loss: 0.25 } } })
  const attempts = messages.slice(1).map(({ data }) => StreamedAttempt.strict().parse(data))
  const common = { event: event.id, webhook: webhook.id, automation: automation['id'], team: 'vision' }
  expect(attempts).toMatchObject([
    { ...common, number: 1, outcome: 'rejected', status: 500 },
    { ...common, number: 2, outcome: 'succeeded', status: 200, state: 'succeeded' },
  ])
  expect(new Set(messages.map(({ id }) => id)).size).toBe(3)
  receiver.answerWith(answerStatus(200))
})

test('who comes back with the last id misses nothing and gets nothing twice, whatever commits late', async () => {
  const { record, databaseUrl } = signalbox.current
  let stream = await open()
  await untilEvent(stream, (await record({ name: 'first' })).id)
  stream.close()

  const slow = new pg.Client({ connectionString: databaseUrl })
  await slow.connect()
  let quick: { readonly id: string }
  const late = makeUuid(new Date())
  try {
    await slow.query('begin')
    await slow.query('select pg_current_xact_id()')
    quick = await record({ name: 'quick' })
    stream = await open({ lastId: stream.lastId() })
    await slow.query(
      `insert into events(id, type, subject, subject_seq, entity_id, project_id, rules, reach, data)
       select $1, type, subject, subject_seq, entity_id, project_id, rules, reach, data from events order by tx desc limit 1`,
      [late],
    )
    expect(stream.messages).toEqual([])
    await slow.query('commit')
  } finally {
    await slow.end()
  }
  await untilEvent(stream, quick.id)
  stream.close()
  // It began before the quick one, so it stands before it.
  expect(eventIds(stream)).toEqual([spellUuid('event', late), quick.id])

  const last = await record({ name: 'last' })
  const again = await open({ lastId: stream.lastId() })
  await untilEvent(again, last.id)
  expect(eventIds(again)).toEqual([last.id])
})

test('who comes back after a long time reads page after page, in order, and then what comes', async () => {
  const { admin } = signalbox.current
  const stream = await open()
  stream.close()
  const made: string[] = []
  for (let batch = 0; batch < 3; batch++) {
    const events = Array.from({ length: limits.streamRowsMax }, () => ({ name: 'many' }))
    const recorded = await admin.must<{ events: { id: string }[] }>('POST', '/projects/demo/events/batch', { events })
    made.push(...recorded.events.map(({ id }) => id))
  }
  const again = await open({ query: `?cursor=${stream.lastId()}` })
  await untilEvent(again, made.at(-1)!)
  made.push((await signalbox.current.record({ name: 'now' })).id)
  await untilEvent(again, made.at(-1)!)
  expect(eventIds(again)).toEqual(made)
})

test('many writers and readers who come and go: each gets everything once, and in the same order', async () => {
  const { record } = signalbox.current
  const steady = await open()
  let comeAndGo = await open({ lastId: steady.lastId() })
  const seen: string[] = []
  const made: string[] = []
  const writers = Array.from({ length: 6 }, async () => {
    for (let index = 0; index < 25; index++) made.push((await record({ name: 'crowd' })).id)
  })
  for (const writer of writers) {
    await writer
    comeAndGo.close()
    await comeAndGo.ended
    seen.push(...eventIds(comeAndGo))
    comeAndGo = await open({ lastId: comeAndGo.lastId() })
  }
  const last = await record({ name: 'the end of it' })
  await untilEvent(comeAndGo, last.id)
  await untilEvent(steady, last.id)
  seen.push(...eventIds(comeAndGo))
  expect(eventIds(steady)).toEqual(seen)
  expect(seen.toSorted()).toEqual([...made, last.id].toSorted())
})

test('everybody gets what they may see and nothing else; what an attempt met is for the members of its team', async () => {
  const { admin, record, receiver, makeWebhook } = signalbox.current
  receiver.answerWith((_request, response) => void response.destroy())
  const webhook = await makeWebhook({ retry: { attempts_max: 1, delay_ms_min: 10, delay_ms_max: 10 } })
  await admin.must('POST', '/projects/elsewhere%2Fapart/automations', {
    name: 'to a webhook of vision',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: webhook.id, template: '{"planted": "a-planted-payload"}' },
  })
  const mine = await open()
  const theirs = await open({}, elsewhere.key)
  await record({ name: 'of vision' })
  const event = await admin.must<{ id: string }>('POST', '/projects/elsewhere%2Fapart/events', { name: 'of elsewhere' })
  for (const stream of [mine, theirs])
    await waitFor('the attempt', () => stream.messages.some(({ data }) => data.event === event.id), patienceMs)

  expect(theirs.messages.map(({ data }) => data.event ?? data.id)).toEqual([event.id, event.id])
  const common = { event: event.id, outcome: 'unreachable', webhook: webhook.id }
  expect(theirs.messages.at(-1)!.data).toMatchObject({ ...common, team: null, detail: null })
  expect(mine.messages.at(-1)!.data).toMatchObject({ ...common, team: 'vision', detail: expect.stringMatching(/./) })
  expect(JSON.stringify([...mine.messages, ...theirs.messages])).not.toContain('planted-payload')
  receiver.answerWith(answerStatus(200))
})

test('a stream can be narrowed to a team or a project; what one may not see is not found', async () => {
  const { admin, record } = signalbox.current
  const [byTeam, byProject, byBoth] = [
    await open({ query: '?team=elsewhere' }),
    await open({ query: '?project=apart' }),
    await open({ query: '?team=vision&project=apart' }),
  ]
  await record({ name: 'of vision' })
  const { id } = await admin.must<{ id: string }>('POST', '/projects/elsewhere%2Fapart/events', { name: 'narrow' })
  for (const stream of [byTeam, byProject]) {
    await untilEvent(stream, id)
    expect(eventIds(stream)).toEqual([id])
  }
  // Attempts of the automation above are by a project of the one at a webhook of the other.
  expect(eventIds(byBoth)).toEqual([])
  for (const query of ['?team=vision', '?project=demo', '?team=nobody'])
    expect(await elsewhere.client.call('GET', `/stream${query}`)).toMatchObject({
      status: 404,
      body: { type: '/problems/not-found' },
    })
})

test('what is also in a place that one does not see comes as if it were not there, and so do attempts', async () => {
  const { admin, receiver } = signalbox.current
  const [visible, restricted] = [await makeRegistry(signalbox.current), await makeRegistry(signalbox.current)]
  await admin.must('PATCH', `/registries/${restricted.registry}`, { visibility: 'restricted' })
  await admin.must('POST', '/organizations/acme/teams', { name: 'quiet' })
  const webhook = await admin.must('POST', '/teams/quiet/webhooks', { name: 'hook', url: `${receiver.url}/hook` })
  const automate = async ({ registry }: TestRegistry): Promise<string> => {
    const action = { type: 'webhook', webhook: webhook['id'], template: '{}' }
    const settings = { name: 'on tags', event_type: 'ADD_ARTIFACT_TAG', action }
    return String((await admin.must('POST', `/projects/${registry}/automations`, settings))['id'])
  }
  const [shown, hidden] = [await automate(visible), await automate(restricted)]
  const password = 'correct horse battery'
  await admin.must('POST', '/organizations/acme/people', { name: 'reader', password })
  await admin.must('PUT', '/teams/vision/members/reader', { role: 'viewer' })
  const { key } = await admin.must<{ key: string }>('POST', '/sign-in', { name: 'reader', password })
  const [byOrganization, ofVision, mine] = [
    await open({ query: '?team=acme' }, key),
    await open({ query: '?team=vision' }, key),
    await open(),
  ]

  const version = await visible.version()
  await restricted.link(version['id'])
  const tag = (name: string) => admin.must('POST', `/versions/${version['id']}/tags`, { tags: [name] })
  await tag('in what is hidden')
  await visible.link(version['id'])
  await tag('in what is open too')
  const tagsOf = ({ messages }: OpenedStream) => messages.flatMap(({ data }) => data.facts?.tag ?? [])
  const attemptsOf = ({ messages }: OpenedStream, automation: string) =>
    messages.filter((message) => message.event === 'attempt' && message.data.automation === automation).length
  await waitFor('every attempt', () => attemptsOf(mine, shown) + attemptsOf(mine, hidden) === 3, patienceMs)
  const last = await admin.must<{ id: string }>('POST', '/projects/demo/events', { name: 'last' })
  await untilEvent(ofVision, last.id)
  await waitFor('the attempt', () => attemptsOf(byOrganization, shown) === 1, patienceMs)

  expect(tagsOf(byOrganization)).toEqual(['in what is open too'])
  expect(tagsOf(ofVision)).toEqual(['in what is hidden', 'in what is open too'])
  for (const stream of [byOrganization, ofVision])
    expect([attemptsOf(stream, shown), attemptsOf(stream, hidden)]).toEqual([1, 0])
  expect(JSON.stringify([...byOrganization.messages, ...ofVision.messages])).not.toContain('quiet')
})

test('a cursor that is none, or from before a restore, is refused where it stood', async () => {
  const { admin } = signalbox.current
  const [generation] = Buffer.from((await open()).lastId(), 'base64url')
    .toString()
    .split('.')
  const cursorOf = (of: string, tx: string) =>
    Buffer.from(`${of}.${tx}.00000000-0000-0000-0000-000000000000.1`).toString('base64url')
  for (const [headers, query, pointer] of [
    [{ 'last-event-id': 'X' }, '', '#/header/last-event-id'],
    [{}, 'X', '#/query/cursor'],
    // What was read last wins over where the client once began.
    [{ 'last-event-id': 'X' }, 'Y', '#/header/last-event-id'],
  ] as const)
    for (const [cursor, status, type] of [
      ['nonsense', 422, 'request-invalid'],
      [cursorOf(generation!, `${2n ** 64n}`), 422, 'request-invalid'],
      [cursorOf('0'.repeat(32), '1'), 409, 'stream-restored'],
      [cursorOf(generation!, `${2n ** 64n - 1n}`), 409, 'stream-restored'],
    ] as const) {
      const given = Object.fromEntries(Object.keys(headers).map((name) => [name, cursor]))
      const refused = await admin.call('GET', `/stream${query === '' ? '' : `?cursor=${cursor}`}`, undefined, given)
      expect(refused).toMatchObject({ status, body: { type: `/problems/${type}`, errors: [{ pointer }] } })
    }
})

test('a person has a few streams and is refused the next, until one of them ends', async () => {
  const key = await memberOf('vision', 'many-streams', 'viewer')
  const streams = []
  for (let index = 0; index < limits.streamsPerActorMax; index++) streams.push(await open({}, key))
  const refused = await open({}, key)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(JSON.parse(await refused.ended)).toMatchObject({ type: '/problems/rate-limited' })
  expect((await open({}, elsewhere.key)).status).toBe(200)
  streams[0]!.close()
  await waitFor('a place', async () => (await open({}, key)).status === 200)
})

test('a line on which nothing comes beats, and tells how far the stream has come', async () => {
  const { databaseUrl, record } = signalbox.current
  const door = await startStreamDoor(databaseUrl, { beatMs: 20 })
  const stream = await openStream(door.url, elsewhere.key)
  const first = stream.lastId()
  await record({ name: 'not for them' })
  await waitFor('the stream to come on', () => stream.lastId() !== first, patienceMs)
  await waitFor('beats', () => stream.comments.length > 2)
  expect(new Set(stream.comments)).toEqual(new Set(['beat']))
  expect(stream.messages).toEqual([])
})

test('who loses the role gets nothing more, and who loses the key or the last place is sent away', async () => {
  const { admin, databaseUrl, record } = signalbox.current
  const door = await startStreamDoor(databaseUrl, { beatMs: 20 })
  const password = 'correct horse battery'
  await admin.must('POST', '/organizations/acme/people', { name: 'leaver', password })
  for (const team of ['vision', 'elsewhere'])
    await admin.must('PUT', `/teams/${team}/members/leaver`, { role: 'member' })
  const { key } = await admin.must<{ key: string }>('POST', '/sign-in', { name: 'leaver', password })
  const stream = await openStream(door.url, key)
  const seen = await record({ name: 'seen' })
  await untilEvent(stream, seen.id)

  await admin.must('DELETE', '/teams/vision/members/leaver')
  const beats = stream.comments.length
  await waitFor('two beats', () => stream.comments.length > beats + 1)
  await record({ name: 'unseen' })
  const { id } = await admin.must<{ id: string }>('POST', '/projects/elsewhere%2Fapart/events', { name: 'still seen' })
  await untilEvent(stream, id)
  expect(eventIds(stream)).toEqual([seen.id, id])

  await admin.must('DELETE', '/organizations/acme/members/leaver')
  await stream.ended

  const made = await admin.must<{ id: string; key: string }>('POST', '/api-keys', { name: 'revoked' })
  const other = await openStream(door.url, made.key)
  expect(other.status).toBe(200)
  await admin.must('DELETE', `/api-keys/${made.id}`)
  await other.ended
  expect((await openStream(door.url, made.key, { lastId: other.lastId() })).status).toBe(401)
})

test('who takes nothing is sent away after a beat, and gets everything when they come back', async () => {
  const { admin, databaseUrl } = signalbox.current
  const door = await startStreamDoor(databaseUrl, { beatMs: 200 })
  const quick = await openStream(door.url, apiKey)
  const stuck = await takeNothing(door.url)
  const data = 'x'.repeat(60_000)
  const made: string[] = []
  // More than the buffers of the system take.
  for (let batch = 0; batch < 4; batch++) {
    const events = Array.from({ length: 100 }, () => ({ name: 'large', data }))
    const recorded = await admin.must<{ events: { id: string }[] }>('POST', '/projects/demo/events/batch', { events })
    made.push(...recorded.events.map(({ id }) => id))
  }
  await untilEvent(quick, made.at(-1)!)
  expect(eventIds(quick)).toEqual(made)
  // They have a place less until then, and do not read that they were sent away.
  const others = [await openStream(door.url, apiKey), await openStream(door.url, apiKey)]
  expect(others.map(({ status }) => status)).toEqual([200, 200])
  await waitFor(
    'the stuck one to be sent away',
    async () => (await openStream(door.url, apiKey)).status === 200,
    patienceMs,
  )
  for (const other of others) other.close()
  const again = await openStream(door.url, apiKey, { lastId: stuck.lastId })
  await untilEvent(again, made.at(-1)!)
  expect(eventIds(again)).toEqual(made)
})

test('a server that stops ends its streams at once', async () => {
  const other = await startSignalbox()
  onTestFinished(() => other.stop())
  const { key } = await other.admin.must<{ key: string }>('POST', '/api-keys', { name: 'of the stream' })
  const streams = await Promise.all([openStream(other.server.url, key), openStream(other.server.url, key)])
  // Nothing is ever asked on this one.
  const silent = connect(Number(new URL(other.server.url).port), '127.0.0.1')
  await once(silent, 'connect')
  const began = performance.now()
  await other.server.stop()
  expect(performance.now() - began).toBeLessThan(1_000)
  await Promise.all(streams.map(({ ended }) => ended))
})
