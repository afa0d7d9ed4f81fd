import type { Operation } from './operations.ts'
import type { TestSignalbox } from './signalbox.ts'
import { waitFor } from './wait-for.ts'

/** One thing of every kind, so that every address of the API has something to name. */
export interface WellKnownPlace {
  /** Fills the path of an operation; `other` puts something else in place of one parameter. */
  pathOf(operation: Operation, other?: Readonly<Record<string, string>>): string
  /** A body that the operation would take, by operation id. */
  readonly bodies: Readonly<Record<string, Record<string, unknown>>>
}

export async function makeWellKnownPlace(signalbox: TestSignalbox): Promise<WellKnownPlace> {
  const { admin, makeWebhook, makeAutomation, record, ended, receiver } = signalbox
  await admin.must('POST', '/organizations/acme/people', { name: 'bert' })
  await admin.must('PUT', '/teams/vision/members/bert', { role: 'viewer' })
  const key = await admin.must<{ id: string }>('POST', '/api-keys', { name: 'spare' })
  await admin.must('POST', '/registries', { organization: 'acme', name: 'models' })
  await admin.must('PUT', '/registries/wandb-registry-models/grants/vision', { role: 'member' })
  await admin.must('POST', '/teams/vision/secrets', { name: 'TOKEN', value: 'a-token-of-some-length' })
  const webhook = await makeWebhook()
  const automation = await makeAutomation(webhook.id)
  const event = await record()
  const collection = await admin.must<{ id: string }>('POST', '/projects/demo/collections', {
    name: 'churn',
    type: 'model',
  })
  const version = await admin.must<{ id: string }>('POST', `/collections/${collection.id}/versions`, {
    tags: ['eu'],
    aliases: ['best'],
  })
  await admin.must('POST', `/collections/${collection.id}/tags`, { tags: ['eu'] })
  const [delivery] = await ended(event.id)
  const redelivery = await admin.must<{ id: string }>('POST', '/redeliveries', {
    webhook: webhook.id,
    states: ['succeeded'],
  })
  await waitFor('the redelivery to be over', async () => {
    const { state, under_way: left } = await admin.must('GET', `/redeliveries/${redelivery.id}`)
    return state === 'done' && left === 0
  })
  const ids: Readonly<Record<string, string>> = {
    'api-keys': key.id,
    webhooks: webhook.id,
    automations: String(automation['id']),
    events: event.id,
    collections: collection.id,
    versions: version.id,
    deliveries: String(delivery!['id']),
    redeliveries: redelivery.id,
  }
  const names: Readonly<Record<string, string>> = {
    team: 'vision',
    organization: 'acme',
    project: 'demo',
    person: 'bert',
    registry: 'wandb-registry-models',
    grantee: 'vision',
    name: 'TOKEN',
    collection: collection.id,
    version: 'v0',
    alias: 'best',
    tag: 'eu',
  }
  const newAutomation = {
    name: 'other automation',
    description: 'what it does',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: webhook.id, template: '{"a": "b"}' },
    filter: { name: 'x' },
  }
  const { event_type, action, filter } = newAutomation
  const tried = { event_type, action, filter }
  const many = { team: 'vision', webhook: webhook.id, states: ['succeeded'], mode: 'same', rate_per_second: 1 }
  const simulated = { event_type, filter, days: 1, only: 'missed', limit: 10 }
  return {
    pathOf({ path, pathParameters }, other = {}) {
      const noun = path.split('/')[3]!
      const found = (name: string): string =>
        other[name] ??
        (name === 'id' ? ids[noun] : name === 'place' ? (noun === 'teams' ? 'vision' : 'acme') : names[name]) ??
        'unfilled'
      return pathParameters.reduce((filled, name) => filled.replace(`{${name}}`, found(name)), path)
    },
    bodies: {
      setUp: { code: 'ABCD-EFGH', organization: 'other', team: 'first', admin: 'bea', password: 'a long enough one' },
      signIn: { name: 'ada', password: 'not the password' },
      openSession: { name: 'ada', password: 'not the password' },
      createApiKey: { name: 'another', person: 'ada' },
      createTeam: { name: 'other-team' },
      createPerson: { name: 'other-person', email: 'a@example.com', password: 'a long enough one' },
      createOrganizationServiceAccount: { name: 'other-robot' },
      setPassword: { password: 'a long enough one' },
      createServiceAccount: { name: 'other-robot' },
      setOrganizationMember: { role: 'viewer' },
      setTeamMember: { role: 'member' },
      createProject: { team: 'vision', name: 'other' },
      createRegistry: { organization: 'acme', name: 'other' },
      setGrant: { role: 'viewer' },
      createSecret: { name: 'OTHER', value: 'a-value-of-some-length' },
      replaceSecret: { value: 'another-value' },
      createWebhook: {
        name: 'other',
        url: `${receiver.url}/x`,
        headers: [{ name: 'X-A', value: 'b' }],
        access_token: 'TOKEN',
      },
      updateWebhook: { revision: 1, name: 'renamed', url: `${receiver.url}/y` },
      testWebhook: {
        changes: { name: 'renamed', url: `${receiver.url}/y` },
        payload: { template: '{"a": "b"}', sample: 'CUSTOM' },
      },
      testUnstoredWebhook: {
        webhook: { name: 'other', url: `${receiver.url}/x` },
        payload: { template: '{"a": "b"}', event: event.id },
      },
      scriptChangedWebhook: { changes: { url: `${receiver.url}/y` } },
      scriptUnstoredWebhook: { webhook: { name: 'other', url: `${receiver.url}/x` } },
      checkWebhookUrl: { url: `${receiver.url}/x` },
      rotateSigningSecret: { overlap_hours: 1 },
      createProjectAutomation: newAutomation,
      createTeamAutomation: newAutomation,
      createCollectionAutomation: {
        ...newAutomation,
        event_type: 'ADD_ARTIFACT_ALIAS',
        filter: { alias: 'x' },
      },
      dryRunAutomation: { event: event.id },
      dryRunInProject: { ...tried, event: event.id },
      dryRunInTeam: { ...tried, event: event.id },
      dryRunInCollection: { ...tried, event_type: 'LINK_ARTIFACT', filter: { alias: 'x' }, event: event.id },
      simulateInProject: simulated,
      simulateInTeam: simulated,
      simulateInCollection: { ...simulated, event_type: 'LINK_ARTIFACT', filter: { alias: 'x' } },
      updateProject: { automations_by_members: false },
      updateRegistry: {
        visibility: 'restricted',
        accepted_types: ['model'],
        protected_aliases: ['production'],
        automations_by_members: false,
      },
      createCollection: { name: 'other', type: 'model', description: 'what it holds' },
      updateCollection: { name: 'renamed', description: 'what it holds' },
      addCollectionTags: { tags: ['x'] },
      addAliases: { version: 'v0', aliases: ['x'] },
      linkVersion: { version: version.id, aliases: ['x'] },
      createVersion: {
        metadata: { a: 'b' },
        description: 'what it is',
        aliases: ['x'],
        tags: ['y'],
        digest: 'abc',
        source_run: 'sunny-sky-12',
        size_bytes: 1,
        file_count: 1,
        commit: true,
      },
      updateVersion: { description: 'what it is', metadata: { a: 'c' } },
      addVersionTags: { tags: ['x'] },
      updateAutomation: { ...newAutomation, revision: 1 },
      redeliverDelivery: { mode: 'anew' },
      estimateRedelivery: many,
      startRedelivery: many,
      estimateCancellation: { webhook: webhook.id, states: ['held'] },
      cancelDeliveries: { webhook: webhook.id, states: ['held'] },
      recordEvent: { name: 'x', subject: 'y', data: { a: 'b' }, id: 'an-id' },
      recordEvents: { events: [{ name: 'x', subject: 'y', data: { a: ['b'] } }] },
    },
  }
}
