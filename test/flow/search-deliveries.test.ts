import { beforeAll, expect, test } from 'vitest'
import { readSought, searchDeliveries } from '../../src/server/deliveries/search-deliveries.ts'
import { makeSearchLimits } from '../../src/server/deliveries/search-limits.ts'
import { systemActor } from '../../src/server/access/context.ts'
import { limits } from '../../src/server/base/limits.ts'
import { silentLog } from '../../src/server/base/log.ts'
import { systemClock } from '../../src/server/base/clock.ts'
import { openDatabase } from '../../src/server/database/database.ts'
import type { Client } from '../support/client.ts'
import { deliverMany } from '../support/failed-deliveries.ts'
import { answerStatus } from '../support/receiver.ts'
import { makeRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()
const admin = () => signalbox.current.admin
const secretValue = 'ghp_never_to_be_found'
let delivered: { readonly accepted: string; readonly refused: string }

beforeAll(async () => {
  const { receiver, makeWebhook, makeAutomation, record, ended } = signalbox.current
  await admin().must('POST', '/teams/vision/secrets', { name: 'DEPLOY_TOKEN', value: secretValue })
  const { id: webhook } = await makeWebhook({
    granted_secrets: ['DEPLOY_TOKEN'],
    retry: { attempts_max: 1, delay_ms_min: 10, delay_ms_max: 10 },
  })
  await makeAutomation(webhook, {
    filter: { name: 'evaluation.finished' },
    action: { type: 'webhook', webhook, template: '{"token": "${DEPLOY_TOKEN}", "model": ${event_data.model}}' },
  })
  const deliver = async (model: string): Promise<string> => {
    const [delivery] = await ended((await record({ data: { model } })).id)
    return delivery!['id']
  }
  receiver.answerWith(answerStatus(200, {}, 'queued as job-4711'))
  const accepted = await deliver('Churn "größer" 1')
  receiver.answerWith((request, response) => response.writeHead(503).end(`no room for ${request.body.toString()}`))
  delivered = { accepted, refused: await deliver('fraud-scorer') }
  receiver.answerWith(answerStatus(200))
})

const anHourAgo = () => new Date(Date.now() - 3600_000).toISOString()

async function found(query: Record<string, string>, asker: Client = admin()): Promise<string[]> {
  const asked = new URLSearchParams({ team: 'vision', ...query }).toString()
  const { items } = await asker.must<{ items: { id: string }[] }>('GET', `/deliveries?${asked}`)
  return items.map(({ id }) => id)
}

const having = (text: string) => found({ text, after: anHourAgo() })

test('text is found in payloads and in what receivers answered, letter by letter', async () => {
  expect(await having('größer')).toEqual([delivered.accepted])
  expect(await having('Churn \\"größer\\" 1')).toEqual([delivered.accepted])
  expect(await having('job-4711')).toEqual([delivered.accepted])
  expect(await having('fraud-scorer')).toEqual([delivered.refused])
  expect(await having('"model": ')).toEqual([delivered.refused, delivered.accepted])
  expect(await having('FRAUD-SCORER')).toEqual([])
})

test('no secret is found by its value, nor anything by the way in which secrets are kept', async () => {
  for (const text of [secretValue, secretValue.slice(4, 12), 'json-string', '"within"', 'secret"'])
    expect(await having(text), text).toEqual([])
})

test('who may know of a delivery, and not see what was sent, does not find it by that', async () => {
  const place = await makeRegistry(signalbox.current)
  const webhook = (await signalbox.current.makeWebhook()).id
  const { id: automation } = await admin().must('POST', `/projects/${place.registry}/automations`, {
    name: 'seen by all',
    event_type: 'LINK_ARTIFACT',
    action: { type: 'webhook', webhook, template: '{"word": "hidden-from-colleagues"}' },
  })
  await place.link((await place.version())['id'])
  const person = { name: 'colleague', password: 'correct horse battery' }
  await admin().must('POST', '/organizations/acme/people', person)
  const colleague = signalbox.current.as((await admin().must<{ key: string }>('POST', '/sign-in', person)).key)
  const asked = async (asker: Client, more: string) =>
    (await asker.must('GET', `/deliveries?automation=${automation}${more}`))['items'].length as number
  const search = `&after=${anHourAgo()}&text=hidden-from-colleagues`
  expect(await asked(admin(), search)).toBe(1)
  expect([await asked(colleague, ''), await asked(colleague, search)]).toEqual([1, 0])
})

test('deliveries are narrowed down by how the receiver answered last', async () => {
  expect(await found({ code: '5xx' })).toEqual([delivered.refused])
  expect(await found({ code: '2xx' })).toContain(delivered.accepted)
  expect(await found({ code: '2xx', text: 'fraud-scorer', after: anHourAgo() })).toEqual([])
  await admin().must('POST', '/projects/demo/automations', {
    name: 'records only',
    event_type: 'CUSTOM',
    filter: { name: 'recorded' },
    action: { type: 'no_op' },
  })
  const ended = await signalbox.current.ended((await signalbox.current.record({ name: 'recorded' })).id)
  const unsent = ended.find(({ webhook }) => webhook === null)!['id']
  expect(await found({ code: 'none' })).toEqual([unsent])
})

test.each([
  ['text=churn', '#/query/after', 'is missing: say since when'],
  ['text=churn&after=2020-01-01T00:00:00Z', '#/query/after', 'is more than 31 days before the end'],
  ['text=ab', '#/query/text', '3'],
  ['code=6xx', '#/query/code', 'expected one of'],
])('%s is refused at its place', async (query, pointer, detail) => {
  const { status, body } = await admin().call('GET', `/deliveries?team=vision&${query}`)
  expect([status, body['errors'][0].pointer]).toEqual([422, pointer])
  expect(body['errors'][0].detail).toContain(detail)
})

test('a search ends when its time is over, says how far it came, and is gone on with from there', async () => {
  await deliverMany(signalbox.current, limits.searchWindow + 20)
  const db = openDatabase({ url: signalbox.current.databaseUrl, prepare: true, connectionsMax: 2, log: silentLog })
  let ms = 0
  // Each look at the clock finds that half of the time has gone.
  const clock = { ...systemClock, monotonicMs: () => (ms += limits.searchMs / 2) }
  const context = { db, clock, actor: systemActor }
  const sought = readSought({ text: 'fraud-scorer', after: anHourAgo(), limit: 50 }, new Date())!
  const page = { of: { team: 0 }, visible: undefined, state: undefined, after: null, before: null, limit: 50 }
  const [team] = await db.query<{ id: number }>(`select id from entities where name = 'vision'`)
  page.of.team = team!.id
  const first = await searchDeliveries(makeSearchLimits(systemClock), context, page, sought)
  expect([first.rows, first.lookedTo]).toEqual([[], expect.any(String)])
  const rest = await searchDeliveries(
    makeSearchLimits(systemClock),
    context,
    { ...page, before: first.lookedTo },
    sought,
  )
  expect(rest.rows.map(({ attempts }) => attempts)).toEqual([1])
  expect(rest.lookedTo).toBeNull()
  await db.close()
})

test('so many search at a time, and each so often in a minute; the others are told when to come back', async () => {
  const searches = makeSearchLimits(systemClock)
  const held = Array.from({ length: limits.searchesMax }, () => searches.inTurn(() => new Promise<void>(() => {})))
  expect(held).toHaveLength(limits.searchesMax)
  await expect(searches.inTurn(async () => {})).rejects.toThrow('Too many searches')
  for (let count = 0; count < limits.searchesPerMinuteMax; count++)
    searches.countTry('ada', limits.searchesPerMinuteMax)
  expect(() => searches.countTry('ada', limits.searchesPerMinuteMax)).toThrow('Too many searches')
})
