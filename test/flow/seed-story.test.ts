import { createHmac } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { eventTypes, recordedEventTypes, type EventType } from '../../src/contract/event-types.ts'
import { variables } from '../../src/contract/variables.ts'
import { verifyWebhook } from '../../src/sdk/verify-webhook.ts'
import type { ReceivedRequest } from '../support/receiver.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

// What "Create a webhook automation" promises, from the secret to the verified request, in its order.

const signalbox = useSignalbox()
let place: TestRegistry
let webhook: { id: string; signing_secret: string }
const admin = () => signalbox.current.admin

const accessToken = 'ghp_an-access-token'
const signingValue = 'a password that signs'

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
  await admin().must('POST', '/teams/vision/secrets', { name: 'GITHUB_TOKEN', value: accessToken })
  await admin().must('POST', '/teams/vision/secrets', { name: 'SIGNING', value: signingValue })
  webhook = await signalbox.current.makeWebhook({ name: 'deploy-bot', access_token: 'GITHUB_TOKEN', secret: 'SIGNING' })
})

/** The request whose payload holds this text. */
async function arrived(text: string): Promise<ReceivedRequest> {
  return waitFor(`a request with ${text}`, () =>
    signalbox.current.receiver.requests.find(({ body }) => body.toString().includes(text)),
  )
}

function automate(scope: string, settings: Record<string, unknown>): Promise<Record<string, any>> {
  return admin().must('POST', `/${scope}/automations`, settings)
}

function send(template: string): Record<string, unknown> {
  return { type: 'webhook', webhook: webhook.id, template }
}

test('a registry automation on an alias expression sends its payload with both secrets, bearer and signatures', async () => {
  const automation = await automate(`projects/${place.registry}`, {
    name: 'Deploy to production',
    description: 'Starts the workflow.',
    event_type: 'ADD_ARTIFACT_ALIAS',
    filter: { alias: { $regex: '^prod' } },
    action: send(`{
      "event_type": "\${event_type}", "author": "\${event_author}", "version": "\${artifact_version}",
      "name": "\${artifact_version_string}", "collection": "\${artifact_collection_name}", "alias": "\${alias}", "tag": "\${tag}",
      "project": "\${project_name}", "entity": "\${entity_name}", "accuracy": "\${artifact_metadata.accuracy}",
      "nested": "\${artifact_metadata.data.rows}", "token": "\${ACCESS_TOKEN}", "secret": "$SIGNING"
    }`),
  })
  expect(automation).toMatchObject({
    secrets: ['ACCESS_TOKEN', 'SIGNING'],
    misconfigured: null,
    warnings: [{ detail: expect.stringContaining('${tag}') }],
  })
  const version = await place.version({ metadata: { accuracy: 0.9412, data: { rows: 10 } } })
  await place.link(version['id'], ['staging', 'production'])
  const request = await arrived('"production"')
  const registry = `wandb-registry-${(await admin().must('GET', `/projects/${place.registry}`))['name'].slice(15)}`
  expect(JSON.parse(request.body.toString())).toEqual({
    event_type: 'ADD_ARTIFACT_ALIAS',
    author: 'ada',
    version: `wandb-artifact://_id/${btoa(`Artifact:${String(version['id']).slice(4)}`)}`,
    name: `acme/${registry}/churn-model:production`,
    collection: 'churn-model',
    alias: 'production',
    tag: '',
    project: registry,
    entity: 'acme',
    accuracy: '0.9412',
    nested: '10',
    token: accessToken,
    secret: signingValue,
  })
  expect(request.headers['authorization']).toBe(`Bearer ${accessToken}`)
  expect(request.headers['x-wandb-signature']).toBe(
    createHmac('sha256', signingValue).update(request.body).digest('base64'),
  )
  const verified = await verifyWebhook(request.headers, new Uint8Array(request.body), {
    signingSecrets: [webhook.signing_secret],
    wandbSecret: signingValue,
  })
  expect(verified).toMatchObject({ verified: true })
  // `latest` and `staging` were added too, and did not fire it.
  const { items } = await admin().must('GET', `/deliveries?automation=${automation['id']}`)
  expect(items).toHaveLength(1)
})

test('a project automation watches what happens in the project, and not its links; each level fires by itself', async () => {
  const template = (level: string) => `{"level": "${level}", "at": "\${artifact_version_string}"}`
  const made = await Promise.all(
    (
      [
        ['project', 'projects/demo'],
        ['registry', `projects/${place.registry}`],
        ['collection', `collections/${place.sequence}`],
        ['team', 'teams/vision'],
        ['organization', 'teams/acme'],
      ] as const
    ).map(([level, scope]) =>
      automate(scope, {
        name: `watch ${level}`,
        event_type: 'ADD_ARTIFACT_ALIAS',
        filter: { alias: 'level' },
        action: send(template(level)),
      }),
    ),
  )
  const version = await place.version()
  await admin().must('POST', `/collections/${place.sequence}/aliases`, {
    version: version['version'],
    aliases: ['level'],
  })
  const seen = async (at: string): Promise<string[]> => {
    const requests = signalbox.current.receiver.requests.map(
      ({ body }) => JSON.parse(body.toString()) as { at?: string; level: string },
    )
    return requests
      .filter((one) => one.at === at)
      .map(({ level }) => level)
      .toSorted((a, b) => a.localeCompare(b))
  }
  const name = String(version['full_name']).split(':')[0]!
  await waitFor('four levels', async () => (await seen(`${name}:level`)).length >= 4)
  expect(await seen(`${name}:level`)).toEqual(['collection', 'organization', 'project', 'team'])
  const linked = await place.link(version['id'], ['level'])
  const there = String(linked['full_name']).split(':')[0]!
  await waitFor('two levels', async () => (await seen(`${there}:level`)).length >= 2)
  expect(await seen(`${there}:level`)).toEqual(['organization', 'registry'])
  for (const { id } of made) await admin().must('DELETE', `/automations/${id}`)
})

test('collections that are added later are watched too', async () => {
  await automate(`projects/${place.registry}`, {
    name: 'future',
    event_type: 'LINK_ARTIFACT',
    filter: { collection: { $regex: '^future-' } },
    action: send('{"future": "${artifact_version_string}"}'),
  })
  const { id } = await admin().must('POST', `/projects/${place.registry}/collections`, {
    name: 'future-1',
    type: 'model',
  })
  await admin().must('POST', `/collections/${id}/links`, { version: (await place.version())['id'] })
  expect((await arrived('"future"')).body.toString()).toContain('future-1:v0')
})

test('an automation is viewed, edited and deleted; why events fired stays true through all of that', async () => {
  const automation = await automate(`collections/${place.portfolio}`, {
    name: 'to be edited',
    event_type: 'ADD_ARTIFACT_ALIAS',
    filter: { alias: { $regex: '^first' } },
    action: send('{"edited": "no", "alias": "${alias}"}'),
  })
  await place.link((await place.version())['id'], ['first-alias'])
  await arrived('"first-alias"')
  const events = await place.events(place.registry)
  const event = events.findLast(({ facts }) => facts['alias'] === 'first-alias')!
  const judged = async () => {
    const { judgements } = await admin().must('GET', `/events/${event['id']}/explanation`)
    return judgements.find(({ automation: id }: { automation: string }) => id === automation['id'])
  }
  const before = await judged()
  expect(before).toMatchObject({ verdict: 'fired', revision: 1, delivery: expect.stringMatching(/^dlv_/) })
  expect(before.through).toMatch(/\/churn-model$/)
  await admin().must('PATCH', `/automations/${automation['id']}`, {
    revision: 1,
    filter: { alias: { $regex: '^second' } },
    action: send('{"edited": "yes", "alias": "${alias}"}'),
  })
  expect(await judged()).toEqual(before)
  await place.link((await place.version())['id'], ['second-alias'])
  expect((await arrived('"second-alias"')).body.toString()).toContain('"edited": "yes"')
  await admin().must('DELETE', `/automations/${automation['id']}`)
  expect(await judged()).toEqual({ ...before, may_change: false })
  await place.link((await place.version())['id'], ['second-again'])
  expect((await admin().call('GET', `/automations/${automation['id']}`)).status).toBe(404)
  const after = (await place.events(place.registry)).findLast(({ facts }) => facts['alias'] === 'second-again')!
  const { judgements } = await admin().must('GET', `/events/${after['id']}/explanation`)
  expect(judgements.map(({ automation: id }: { automation: string }) => id)).not.toContain(automation['id'])
})

test('every event type that is recorded fires, with every variable: filled where it applies, blank where it does not', async () => {
  const recorded = recordedEventTypes.filter((name) => eventTypes[name].family !== 'upkeep')
  const names = Object.keys(variables) as (keyof typeof variables)[]
  const template = `{${names.map((name) => `"${name}": "\${${name}}"`).join(', ')}}`
  for (const type of recorded)
    await automate('teams/acme', { name: `every ${type}`, event_type: type, action: send(template) })

  const { id: own } = await admin().must('POST', '/projects/demo/collections', { name: 'every', type: 'model' })
  const version = await admin().must('POST', `/collections/${own}/versions`, {
    metadata: { a: 1 },
    description: 'what it is',
    tags: ['t'],
  })
  await admin().must('POST', `/collections/${own}/versions`, { aliases: ['moved'], metadata: {}, description: 'x' })
  await admin().must('POST', `/collections/${own}/aliases`, { version: 'v0', aliases: ['moved'] })
  await admin().must('DELETE', `/collections/${own}/aliases/moved`)
  await place.link(version['id'])
  await admin().must('DELETE', `/collections/${place.portfolio}/links/${version['id']}`)
  await admin().must('PATCH', `/versions/${version['id']}`, { metadata: { a: 2 }, description: 'changed' })
  await admin().must('DELETE', `/versions/${version['id']}/tags/t`)
  await admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['kept'] })
  await admin().must('POST', `/collections/${own}/tags`, { tags: ['c'] })
  await admin().must('DELETE', `/collections/${own}/tags/c`)
  await admin().must('PATCH', `/collections/${own}`, { name: 'every-renamed' })
  await admin().must('DELETE', `/versions/${version['id']}`)
  await admin().must('DELETE', `/collections/${own}`)
  await signalbox.current.record({ name: 'custom', subject: 's', data: { a: 1 } })

  const payloads = (type: EventType) =>
    signalbox.current.receiver.requests
      .map(({ body }) => JSON.parse(body.toString()) as Record<string, string>)
      .filter((one) => one['event_type'] === type && 'metric_filter' in one)
  for (const type of recorded) {
    const filled = await waitFor(`a request of ${type}`, () => {
      const found = payloads(type)
      return found.find((one) => type !== 'ADD_ARTIFACT_ALIAS' || one['previous_version'] !== '')
    })
    for (const name of names) {
      const applies = variables[name].eventTypes.includes(type)
      const isTold = filled[name] !== ''
      // The tags of a version may be none, and so may its aliases: they are then an empty list.
      if (applies) expect(isTold, `${type} \${${name}}`).toBe(true)
      else expect(filled[name], `${type} \${${name}}`).toBe('')
    }
  }
})
