import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { presetsFor } from '../../src/contract/presets.ts'
import { eventTypes, recordedEventTypes } from '../../src/contract/event-types.ts'
import { trialLimits } from '../../src/contract/trial.ts'
import { limits } from '../../src/server/base/limits.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { tableSizes } from '../support/table-sizes.ts'

const signalbox = useSignalbox()
let place: TestRegistry
let webhook: { id: string }
const admin = () => signalbox.current.admin

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
  await admin().must('POST', '/teams/vision/secrets', { name: 'DEPLOY_KEY', value: 'a-deploy-key-of-some-length' })
  webhook = await signalbox.current.makeWebhook({ granted_secrets: ['DEPLOY_KEY'] })
})

const template =
  '{"version": "${artifact_version_string}", "alias": "${alias}", "key": "${DEPLOY_KEY}", "odd": "${artifact_versoin}"}'

describe('a dry run', () => {
  test('of an automation that is not saved says what it would send for an example, and keeps nothing', async () => {
    const before = await tableSizes(signalbox.current.databaseUrl)
    const result = await admin().must('POST', `/projects/${place.registry}/automations/dry-run`, {
      event_type: 'ADD_ARTIFACT_ALIAS',
      filter: { alias: { $regex: '^prod' } },
      action: { type: 'webhook', webhook: webhook.id, template },
    })
    expect(result).toMatchObject({ sample: true, verdict: 'fired', reason: null })
    expect(JSON.parse(result['payload'])).toEqual({
      version: 'acme/wandb-registry-models-1/churn-model:production',
      alias: 'production',
      key: '‹secret DEPLOY_KEY›',
      odd: '',
    })
    expect(result['warnings']).toEqual([])
    expect(result['mistakes']).toEqual([
      {
        pointer: '#/action/template',
        line: 1,
        column: expect.any(Number),
        detail: expect.stringContaining('Did you mean'),
      },
    ])
    const pieces = result['pieces'] as { text: string; kind: string; of?: string; line?: number; column?: number }[]
    expect(pieces.map(({ text }) => text).join('')).toBe(result['payload'])
    expect(pieces.filter(({ kind }) => kind !== 'text')).toEqual([
      { kind: 'value', of: '${artifact_version_string}', text: expect.any(String), line: 1, column: 14 },
      { kind: 'value', of: '${alias}', text: 'production', line: 1, column: 53 },
      { kind: 'secret', of: '${DEPLOY_KEY}', text: '‹secret DEPLOY_KEY›', line: 1, column: 72 },
      { kind: 'unknown', of: '${artifact_versoin}', text: '', line: 1, column: 96 },
    ])
    expect(result['values']).toMatchObject({ alias: 'production', artifact_metadata: { accuracy: expect.anything() } })
    expect(result['values']).not.toHaveProperty('tag')
    expect(await tableSizes(signalbox.current.databaseUrl)).toEqual(before)
    expect(signalbox.current.receiver.requests).toEqual([])
  })

  test('against an event that happened says why it would not fire, and what it would have sent', async () => {
    const version = await place.version()
    await place.link(version['id'], ['staging'])
    const event = (await place.events(place.registry)).findLast(({ facts }) => facts['alias'] === 'staging')!
    const asked = {
      event_type: 'ADD_ARTIFACT_ALIAS',
      filter: { alias: { $regex: '^prod' } },
      action: { type: 'webhook', webhook: webhook.id, template: '{"alias": "${alias}"}' },
      event: event['id'],
    }
    const inRegistry = `/projects/${place.registry}/automations/dry-run`
    expect(await admin().must('POST', inRegistry, asked)).toMatchObject({
      sample: false,
      verdict: 'not-matched',
      reason: 'alias is "staging", expected /^prod/',
      payload: '{"alias": "staging"}',
    })
    expect(await admin().must('POST', inRegistry, { ...asked, filter: {} })).toMatchObject({
      verdict: 'fired',
      through: 'acme/wandb-registry-models-1/churn-model',
    })
    expect(await admin().must('POST', '/projects/demo/automations/dry-run', asked)).toMatchObject({
      verdict: 'not-matched',
      reason: 'it happened outside its scope',
    })
    expect(await admin().must('POST', inRegistry, { ...asked, event_type: 'LINK_ARTIFACT' })).toMatchObject({
      verdict: 'other-event-type',
    })
  })

  test('of a stored automation is of what it says now', async () => {
    const made = await admin().must('POST', `/collections/${place.portfolio}/automations`, {
      name: 'to be tried',
      event_type: 'LINK_ARTIFACT',
      action: { type: 'webhook', webhook: webhook.id, template: '{"at": "${artifact_collection_name}"}' },
    })
    const run = () => admin().must('POST', `/automations/${made['id']}/dry-run`, {})
    expect(await run()).toMatchObject({ verdict: 'fired', payload: '{"at": "churn-model"}' })
    await admin().must('POST', `/automations/${made['id']}/disable`)
    expect(await run()).toMatchObject({ verdict: 'disabled' })
  })

  test('of what cannot be saved is refused as saving is', async () => {
    const answer = await admin().call('POST', '/projects/demo/automations/dry-run', {
      event_type: 'CUSTOM',
      filter: { nmae: 1 },
      action: { type: 'webhook', webhook: 'whk_999', template: '{"a": }' },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/action/webhook',
      '#/filter/nmae',
      '#/action/template',
    ])
    const gone = { event_type: 'CUSTOM', action: { type: 'no_op' }, event: 'evt_00000000000000000000000000' }
    expect((await admin().call('POST', '/projects/demo/automations/dry-run', gone)).body.errors[0].pointer).toBe(
      '#/event',
    )
  })

  test.each(recordedEventTypes)('has an example of %s that every preset is right for', async (event_type) => {
    const scope = (eventTypes[event_type].scopes as readonly string[]).includes('project')
      ? '/projects/demo'
      : '/teams/vision'
    for (const preset of presetsFor(event_type)) {
      const result = await admin().must('POST', `${scope}/automations/dry-run`, {
        event_type,
        action: { type: 'webhook', webhook: webhook.id, template: preset.template },
      })
      expect(result['verdict'], preset.name).toBe('fired')
      const hidden = preset.name === 'generic' ? /only when it is rendered/ : /nothing/
      expect(
        result['warnings'].filter(({ detail }: { detail: string }) => !hidden.test(detail)),
        preset.name,
      ).toEqual([])
      expect(JSON.parse(result['payload']), preset.name).toBeTypeOf('object')
      expect(result['payload'], preset.name).not.toContain('""')
      expect(result['blanks'], preset.name).toEqual([])
    }
  })
})

describe('a simulation', () => {
  test('tells which of the last events it would have fired on, and why not on the others', async () => {
    const other = await makeRegistry(signalbox.current)
    for (const alias of ['prod', 'prod-2', 'staging'])
      await admin().must('POST', `/collections/${other.portfolio}/links`, {
        version: (await place.version())['id'],
        aliases: [alias],
      })
    const asked = { event_type: 'ADD_ARTIFACT_ALIAS', filter: { alias: { $regex: '^prod' } } }
    const path = `/projects/${other.registry}/automations/simulation`
    const simulation = await admin().must('POST', path, asked)
    expect([simulation['judged'], simulation['fired']]).toEqual([6, 2])
    expect(simulation['items'].map(({ event, verdict, reason }: any) => [event.facts.alias, verdict, reason])).toEqual([
      ['staging', 'not-matched', 'alias is "staging", expected /^prod/'],
      ['latest', 'not-matched', 'alias is "latest", expected /^prod/'],
      ['prod-2', 'fired', null],
      ['latest', 'not-matched', 'alias is "latest", expected /^prod/'],
      ['prod', 'fired', null],
      ['latest', 'not-matched', 'alias is "latest", expected /^prod/'],
    ])
    const missed = await admin().must('POST', path, { ...asked, only: 'missed', limit: 1 })
    expect(missed['items'].map(({ event }: any) => event.facts.alias)).toEqual(['staging'])
    const stored = await admin().must('POST', `/projects/${other.registry}/automations`, {
      name: 'simulated',
      ...asked,
      action: { type: 'no_op' },
    })
    const nearly = await admin().must('GET', `/automations/${stored['id']}/simulation?only=missed&days=1`)
    expect(nearly['items']).toHaveLength(4)
    expect(new Date(nearly['since']).getTime()).toBeLessThan(Date.now() - 23 * 3600_000)
  })

  test('of a registry or an organization finds what happened to a version elsewhere', async () => {
    const version = await place.version()
    await place.link(version['id'])
    await admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['found'] })
    const asked = { event_type: 'ADD_ARTIFACT_TAG', filter: { tag: 'found' } }
    for (const scope of [
      `projects/${place.registry}`,
      'projects/demo',
      `collections/${place.portfolio}`,
      'teams/acme',
      'teams/vision',
    ])
      expect((await admin().must('POST', `/${scope}/automations/simulation`, asked))['fired'], scope).toBe(1)
    const elsewhere = await makeRegistry(signalbox.current)
    const there = await admin().must('POST', `/projects/${elsewhere.registry}/automations/simulation`, asked)
    expect(there).toMatchObject({ fired: 0, judged: 0 })
  })

  test('of an organization looks at so many events in all, however many teams it has, and says since when', async () => {
    for (let made = 0; made < 10; made++)
      await admin().must('POST', '/organizations/acme/teams', { name: `busy-${made}` })
    const sources = await fillBusyTeams(2_500)
    const version = await place.version()
    await place.link(version['id'])
    await admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['among many'] })
    const asked = { event_type: 'ADD_ARTIFACT_TAG', filter: { tag: 'among many' } }
    const found = await admin().must('POST', `/projects/${place.registry}/automations/simulation`, asked)
    expect(found['fired']).toBe(1)
    // One event a second in each busy team, and every source has an equal part.
    const secondsBack = Math.floor(limits.simulationScanMax / sources)
    expect(secondsBack).toBeLessThan(2_000)
    const since = (Date.now() - Date.parse(found['since'])) / 1000
    expect(since).toBeGreaterThan(secondsBack - 1)
    expect(since).toBeLessThan(secondsBack + 60)
  })

  test('is run by a person so many times a minute, saved or not', async () => {
    await admin().must('POST', '/teams/vision/service-accounts', { name: 'curious', role: 'viewer' })
    const { key } = await admin().must<{ key: string }>('POST', '/api-keys', { name: 'key', person: 'curious' })
    const curious = signalbox.current.as(key)
    const path = '/projects/demo/automations/simulation'
    const stored = await admin().must('POST', '/projects/demo/automations', {
      name: 'simulated often',
      event_type: 'CUSTOM',
      action: { type: 'no_op' },
    })
    const unsaved = () => curious.call('POST', path, { event_type: 'CUSTOM' })
    const saved = () => curious.call('GET', `/automations/${stored['id']}/simulation`)
    for (let asked = 0; asked < limits.simulationsPerMinuteMax; asked += 2)
      expect([(await unsaved()).status, (await saved()).status]).toEqual([200, 200])
    for (const refused of [await unsaved(), await saved()])
      expect(refused).toMatchObject({
        status: 429,
        body: { type: '/problems/rate-limited', detail: expect.stringMatching(/^Too many simulations; wait \d+ s\.$/) },
      })
    expect((await admin().call('POST', path, { event_type: 'CUSTOM' })).status).toBe(200)
  })
})

/** So many past events in each team called `busy-…`, one a second. Answers how many entities the organization has. */
async function fillBusyTeams(count: number): Promise<number> {
  const client = new pg.Client(signalbox.current.databaseUrl)
  await client.connect()
  try {
    await client.query(
      `insert into events(id, type, subject, subject_seq, entity_id, project_id, rules, reach, data)
       select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - g * 1000), 12, '0') || '7' || substr(md5(e.id::text || g), 1, 3)
           || '8' || substr(md5(g::text || e.id), 1, 15))::uuid,
         'CUSTOM', 's', g, e.id, null, '{}', '{}', '{"author": null, "facts": {"data": {}}, "places": []}'
       from entities e, generate_series(1, $1::int) g where e.name like 'busy-%'`,
      [count],
    )
    const { rows } = await client.query(
      `select count(*)::int as sources from entities
       where organization_id = (select organization_id from entities where name = 'acme')`,
    )
    return rows[0].sources
  } finally {
    await client.end()
  }
}

test('the limits of the contract are those of the server', () => {
  expect(trialLimits).toEqual({
    simulationDaysMax: limits.simulationDaysMax,
    simulatedEventsMax: limits.simulatedEventsMax,
  })
})
