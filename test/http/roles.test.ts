import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../support/client.ts'
import { makeUuid, spellUuid } from '../../src/server/base/ids.ts'
import { readOperations } from '../support/operations.ts'
import { useSignalbox } from '../support/signalbox.ts'

/** From least to most: each may do what the one before may. */
const people = ['outsider', 'stranger', 'viewer', 'member', 'admin', 'owner'] as const
type Name = (typeof people)[number]

interface Write {
  /** The first who may; the others see it and are refused, or do not see it. */
  readonly by: 'member' | 'admin' | 'owner'
  /** The first who sees that it is there. */
  readonly seenBy: 'stranger' | 'viewer'
  /** What the audit log says; undefined for what is its own record. */
  readonly action: string | undefined
  /** Prepares a new thing to do it to, and answers where and with what. */
  readonly make: (unique: string) => Promise<readonly [method: string, path: string, body?: unknown]>
}

const signalbox = useSignalbox()
const clients = new Map<Name, Client>()
const keys: string[] = []
let rows: pg.Client

const inTeam = { seenBy: 'viewer' } as const
const dryRun = { event_type: 'CUSTOM', action: { type: 'no_op' } }
const byMember = { ...inTeam, by: 'member' } as const
const inOrganization = { by: 'owner', seenBy: 'stranger' } as const

const writes: Readonly<Record<string, Write>> = {
  createTeam: {
    ...inOrganization,
    action: 'team.create',
    make: async (name) => ['POST', '/organizations/acme/teams', { name }],
  },
  createPerson: {
    ...inOrganization,
    action: 'person.create',
    make: async (name) => ['POST', '/organizations/acme/people', { name }],
  },
  createOrganizationServiceAccount: {
    ...inOrganization,
    action: 'service_account.create',
    make: async (name) => ['POST', '/organizations/acme/service-accounts', { name }],
  },
  setOrganizationMember: {
    ...inOrganization,
    action: 'organization.set_member',
    make: async (name) => ['PUT', `/organizations/acme/members/${await aPerson(name)}`, { role: 'viewer' }],
  },
  removeOrganizationMember: {
    ...inOrganization,
    action: 'organization.remove_member',
    make: async (name) => ['DELETE', `/organizations/acme/members/${await aPerson(name)}`],
  },
  createRegistry: {
    ...inOrganization,
    action: 'registry.create',
    make: async (name) => ['POST', '/registries', { organization: 'acme', name }],
  },
  setGrant: {
    ...inOrganization,
    action: 'registry.set_grant',
    make: async (name) => ['PUT', `/registries/${await aRegistry(name)}/grants/vision`, { role: 'viewer' }],
  },
  removeGrant: {
    ...inOrganization,
    action: 'registry.remove_grant',
    make: async (name) => {
      const registry = await aRegistry(name)
      await owner().must('PUT', `/registries/${registry}/grants/vision`, { role: 'viewer' })
      return ['DELETE', `/registries/${registry}/grants/vision`]
    },
  },
  updateRegistry: {
    ...inOrganization,
    action: 'registry.update',
    make: async (name) => ['PATCH', `/registries/${await aRegistry(name)}`, { protected_aliases: ['production'] }],
  },
  updateProject: {
    ...inTeam,
    by: 'admin',
    action: 'project.update',
    make: async (name) => ['PATCH', `/projects/${await aProject(name)}`, { automations_by_members: false }],
  },
  deleteProject: {
    ...inTeam,
    by: 'admin',
    action: 'project.delete',
    make: async (name) => ['DELETE', `/projects/${await aProject(name)}`],
  },
  createCollection: {
    ...byMember,
    action: 'collection.create',
    make: async (name) => ['POST', '/projects/demo/collections', { name, type: 'model' }],
  },
  updateCollection: {
    ...byMember,
    action: 'collection.update',
    make: async (name) => ['PATCH', await aCollection(name), { description: 'x' }],
  },
  deleteCollection: {
    ...byMember,
    action: 'collection.delete',
    make: async (name) => ['DELETE', await aCollection(name)],
  },
  addCollectionTags: {
    ...byMember,
    action: 'collection.add_tags',
    make: async (name) => ['POST', `${await aCollection(name)}/tags`, { tags: ['x'] }],
  },
  removeCollectionTag: {
    ...byMember,
    action: 'collection.remove_tag',
    make: async (name) => {
      const collection = await aCollection(name)
      await owner().must('POST', `${collection}/tags`, { tags: ['x'] })
      return ['DELETE', `${collection}/tags/x`]
    },
  },
  createVersion: {
    ...byMember,
    action: undefined,
    make: async (name) => ['POST', `${await aCollection(name)}/versions`, {}],
  },
  commitVersion: {
    ...byMember,
    action: undefined,
    make: async (name) => ['POST', `${await aVersion(name, { commit: false })}/commit`],
  },
  updateVersion: {
    ...byMember,
    action: 'version.update',
    make: async (name) => ['PATCH', await aVersion(name), { description: 'x' }],
  },
  deleteVersion: { ...byMember, action: 'version.delete', make: async (name) => ['DELETE', await aVersion(name)] },
  addVersionTags: {
    ...byMember,
    action: 'version.add_tags',
    make: async (name) => ['POST', `${await aVersion(name)}/tags`, { tags: ['x'] }],
  },
  removeVersionTag: {
    ...byMember,
    action: 'version.remove_tag',
    make: async (name) => ['DELETE', `${await aVersion(name, { tags: ['x'] })}/tags/x`],
  },
  addAliases: {
    ...byMember,
    action: 'collection.add_aliases',
    make: async (name) => {
      await aVersion(name)
      return ['POST', `${collectionOf(name)}/aliases`, { version: 'v0', aliases: ['x'] }]
    },
  },
  removeAlias: {
    ...byMember,
    action: 'collection.remove_alias',
    make: async (name) => {
      await aVersion(name, { aliases: ['x'] })
      return ['DELETE', `${collectionOf(name)}/aliases/x`]
    },
  },
  linkVersion: {
    ...byMember,
    action: 'collection.link',
    make: async (name) => {
      await aVersion(name)
      return ['POST', `${await aLinkedCollection(name)}/links`, { version: `vision/demo/${name}:v0` }]
    },
  },
  unlinkVersion: {
    ...byMember,
    action: 'collection.unlink',
    make: async (name) => {
      await aVersion(name)
      const collection = await aLinkedCollection(name)
      await owner().must('POST', `${collection}/links`, { version: `vision/demo/${name}:v0` })
      return ['DELETE', `${collection}/links/v0`]
    },
  },
  createServiceAccount: {
    ...inTeam,
    by: 'admin',
    action: 'service_account.create',
    make: async (name) => ['POST', '/teams/vision/service-accounts', { name }],
  },
  setTeamMember: {
    ...inTeam,
    by: 'admin',
    action: 'team.set_member',
    make: async (name) => ['PUT', `/teams/vision/members/${await aPerson(name)}`, { role: 'viewer' }],
  },
  removeTeamMember: {
    ...inTeam,
    by: 'admin',
    action: 'team.remove_member',
    make: async (name) => {
      const path = `/teams/vision/members/${await aPerson(name)}`
      await owner().must('PUT', path, { role: 'viewer' })
      return ['DELETE', path]
    },
  },
  createProject: {
    ...inTeam,
    by: 'member',
    action: 'project.create',
    make: async (name) => ['POST', '/projects', { team: 'vision', name }],
  },
  createSecret: {
    ...inTeam,
    by: 'admin',
    action: 'secret.create',
    make: async (name) => ['POST', '/teams/vision/secrets', { name: spelled(name), value: 'a-value-of-some-length' }],
  },
  replaceSecret: {
    ...inTeam,
    by: 'admin',
    action: 'secret.replace',
    make: async (name) => ['PUT', await aSecret(name), { value: 'another-value-of-some-length' }],
  },
  deleteSecret: {
    ...inTeam,
    by: 'admin',
    action: 'secret.delete',
    make: async (name) => ['DELETE', await aSecret(name)],
  },
  createWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.create',
    make: async (name) => ['POST', '/teams/vision/webhooks', { name, url: 'https://example.com/hook' }],
  },
  updateWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.update',
    make: async (name) => ['PATCH', await aWebhook(), { revision: 1, name }],
  },
  deleteWebhook: { ...inTeam, by: 'admin', action: 'webhook.delete', make: async () => ['DELETE', await aWebhook()] },
  pauseWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.pause',
    make: async () => ['POST', `${await aWebhook()}/pause`],
  },
  resumeWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.resume',
    make: async () => {
      const webhook = await aWebhook()
      await owner().must('POST', `${webhook}/pause`)
      return ['POST', `${webhook}/resume`]
    },
  },
  enableWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.enable',
    make: async () => {
      const webhook = await aWebhook()
      // A receiver that is gone for good does this.
      await rows.query(`update webhooks set disabled_at = now(), disabled_reason = 'gone' where id = $1`, [
        webhook.split('_')[1],
      ])
      return ['POST', `${webhook}/enable`]
    },
  },
  rotateSigningSecret: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.rotate_signing_secret',
    make: async () => ['POST', `${await aWebhook()}/signing-secrets`, {}],
  },
  testWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.test',
    make: async () => ['POST', `${await aWebhook()}/test`, {}],
  },
  testUnstoredWebhook: {
    ...inTeam,
    by: 'admin',
    action: 'webhook.test',
    make: async (name) => [
      'POST',
      '/teams/vision/webhooks/test',
      { webhook: { name, url: `${signalbox.current.receiver.url}/x` } },
    ],
  },
  scriptChangedWebhook: {
    ...inTeam,
    by: 'admin',
    action: undefined,
    make: async () => ['POST', `${await aWebhook()}/script`, {}],
  },
  scriptUnstoredWebhook: {
    ...inTeam,
    by: 'admin',
    action: undefined,
    make: async (name) => ['POST', '/teams/vision/webhooks/script', { webhook: { name, url: 'https://example.com/' } }],
  },
  checkWebhookUrl: {
    ...inTeam,
    by: 'admin',
    action: undefined,
    make: async () => ['POST', '/teams/vision/webhooks/check-url', { url: 'https://example.com/' }],
  },
  createProjectAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.create',
    make: async (name) => ['POST', '/projects/demo/automations', automation(name)],
  },
  dryRunInProject: {
    ...byMember,
    action: undefined,
    make: async () => ['POST', '/projects/demo/automations/dry-run', dryRun],
  },
  dryRunInTeam: {
    ...byMember,
    action: undefined,
    make: async () => ['POST', '/teams/vision/automations/dry-run', dryRun],
  },
  dryRunInCollection: {
    ...byMember,
    action: undefined,
    make: async (name) => {
      await aCollection(name)
      return ['POST', `${collectionOf(name)}/automations/dry-run`, { ...dryRun, event_type: 'LINK_ARTIFACT' }]
    },
  },
  createCollectionAutomation: {
    ...byMember,
    action: 'automation.create',
    make: async (name) => {
      await aCollection(name)
      return [
        'POST',
        `${collectionOf(name)}/automations`,
        { name, event_type: 'ADD_ARTIFACT_ALIAS', action: { type: 'no_op' } },
      ]
    },
  },
  createTeamAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.create',
    make: async (name) => ['POST', '/teams/vision/automations', automation(name)],
  },
  updateAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.update',
    make: async (name) => ['PATCH', await anAutomation(name), { revision: 1, description: 'x' }],
  },
  deleteAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.delete',
    make: async (name) => ['DELETE', await anAutomation(name)],
  },
  restoreAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.restore',
    make: async (name) => {
      const automation = await anAutomation(name)
      await owner().must('DELETE', automation)
      return ['POST', `${automation}/restore`]
    },
  },
  disableAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.disable',
    make: async (name) => ['POST', `${await anAutomation(name)}/disable`],
  },
  pauseAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.pause',
    make: async (name) => ['POST', `${await anAutomation(name)}/pause`],
  },
  resumeAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.resume',
    make: async (name) => {
      const automation = await anAutomation(name)
      await owner().must('POST', `${automation}/pause`)
      return ['POST', `${automation}/resume`]
    },
  },
  enableAutomation: {
    ...inTeam,
    by: 'member',
    action: 'automation.enable',
    make: async (name) => ['POST', `${await anAutomation(name, false)}/enable`],
  },
  redeliverDelivery: {
    ...byMember,
    action: 'delivery.redeliver',
    make: async () => ['POST', `${await aDelivery()}/redeliver`, {}],
  },
  dryRunRedelivery: {
    ...byMember,
    action: undefined,
    make: async () => ['POST', `${await aDelivery()}/redeliver/dry-run`],
  },
  tryDeliveryNow: {
    ...byMember,
    action: 'delivery.try_now',
    make: async () => ['POST', `${await aWaitingDelivery()}/try-now`],
  },
  cancelDelivery: {
    ...byMember,
    action: 'delivery.cancel',
    make: async () => ['POST', `${await aWaitingDelivery()}/cancel`],
  },
  estimateRedelivery: {
    ...byMember,
    action: undefined,
    make: async () => ['POST', '/redelivery-estimates', await manyDelivered()],
  },
  startRedelivery: {
    ...byMember,
    action: 'redelivery.start',
    make: async () => ['POST', '/redeliveries', await manyDelivered()],
  },
  pauseRedelivery: {
    ...byMember,
    action: 'redelivery.pause',
    make: async () => ['POST', `${await aRedelivery()}/pause`],
  },
  resumeRedelivery: {
    ...byMember,
    action: 'redelivery.resume',
    make: async () => {
      const redelivery = await aRedelivery()
      await owner().must('POST', `${redelivery}/pause`)
      return ['POST', `${redelivery}/resume`]
    },
  },
  stopRedelivery: {
    ...byMember,
    action: 'redelivery.stop',
    make: async () => ['POST', `${await aRedelivery()}/stop`],
  },
  estimateCancellation: {
    ...byMember,
    action: undefined,
    make: async () => ['POST', '/cancellation-estimates', { team: 'vision' }],
  },
  cancelDeliveries: {
    ...byMember,
    action: 'delivery.cancel_many',
    make: async () => {
      await aWaitingDelivery()
      return ['POST', '/cancellations', { team: 'vision' }]
    },
  },
  recordEvent: {
    ...inTeam,
    by: 'member',
    action: undefined,
    make: async (name) => ['POST', '/projects/demo/events', { name }],
  },
  recordEvents: {
    ...inTeam,
    by: 'member',
    action: undefined,
    make: async (name) => ['POST', '/projects/demo/events/batch', { events: [{ name }] }],
  },
}

/** Writes to what is one's own have tests of their own below. */
/** Asked by POST, because it takes a body; nothing is written, and who may read the scope may ask. */
const questions = ['dryRunAutomation', 'simulateInProject', 'simulateInCollection', 'simulateInTeam']

const ownWrites = ['setUp', 'signIn', 'openSession', 'endSession', 'createApiKey', 'revokeApiKey', 'setPassword']

beforeAll(async () => {
  const { admin, databaseUrl, as } = signalbox.current
  rows = new pg.Client({ connectionString: databaseUrl })
  await rows.connect()
  const password = 'correct horse battery'
  const signIn = async (name: Name): Promise<void> => {
    const { key } = await admin.must<{ key: string }>('POST', '/sign-in', { name, password })
    keys.push(key)
    clients.set(name, as(key))
  }
  clients.set('owner', admin)
  for (const name of ['stranger', 'viewer', 'member', 'admin'] as const) {
    await admin.must('POST', '/organizations/acme/people', {
      name,
      password,
      role: name === 'viewer' ? 'viewer' : 'member',
    })
    if (name !== 'stranger') await admin.must('PUT', `/teams/vision/members/${name}`, { role: name })
    await signIn(name)
  }
  await admin.must('POST', '/organizations/acme/teams', { name: 'elsewhere' })
  await admin.must('POST', '/teams/elsewhere/service-accounts', { name: 'outsider', role: 'admin' })
  const { key } = await admin.must<{ key: string }>('POST', '/api-keys', { name: 'key', person: 'outsider' })
  keys.push(key)
  clients.set('outsider', as(key))
})

afterAll(() => rows.end())

test('every write operation of the document has a row here', async () => {
  const written = (await readOperations(signalbox.current.admin))
    .filter(({ method }) => method !== 'GET')
    .map(({ id }) => id)
  expect([...Object.keys(writes), ...questions, ...ownWrites].toSorted()).toEqual(written.toSorted())
})

test.each(Object.entries(writes))(
  '%s: who may is answered and on record, who may not is told which role could, and a stranger finds nothing',
  async (id, write) => {
    for (const name of people) {
      const [method, path, body] = await write.make(`${id.toLowerCase()}-${name}`)
      const before = await lastAudit()
      const answer = await clients.get(name)!.call(method, path, body)
      const after = await lastAudit()
      const what = `${name}: ${answer.text}`
      if (people.indexOf(name) >= people.indexOf(write.by)) {
        expect(answer.status, what).toBeLessThan(300)
        const actor = name === 'owner' ? 'ada' : name
        if (write.action === undefined) expect(after).toEqual(before)
        else expect(after, what).toMatchObject({ count: before.count + 1, action: write.action, actor })
      } else {
        const isSeen = people.indexOf(name) >= people.indexOf(write.seenBy)
        expect(answer.body, what).toMatchObject(
          isSeen ? { status: 403, type: '/problems/not-allowed' } : { status: 404, type: '/problems/not-found' },
        )
        const role = write.by === 'owner' ? 'admin' : write.by
        if (isSeen) expect((answer.body as { detail: string }).detail).toContain(`takes the role ${role} in `)
        expect(after, what).toEqual(before)
      }
    }
  },
)

test('a write that changes nothing is answered, and leaves no audit row', async () => {
  const webhook = await aWebhook()
  const unchanged: readonly (readonly [string, string, unknown?])[] = [
    ['PUT', '/teams/vision/members/viewer', { role: 'viewer' }],
    ['PUT', '/organizations/acme/members/member', { role: 'member' }],
    ['POST', `${webhook}/resume`],
    ['POST', `${webhook}/enable`],
    ['POST', `${await anAutomation('unchanged')}/enable`],
    ['POST', `${await anAutomation('never deleted')}/restore`],
    ['DELETE', `/registries/${await aRegistry('unchanged')}/grants/vision`],
  ]
  for (const [method, path, body] of unchanged) {
    const before = await lastAudit()
    const answer = await owner().call(method, path, body)
    expect(answer.status, `${method} ${path} ${answer.text}`).toBeLessThan(300)
    expect(await lastAudit(), `${method} ${path}`).toEqual(before)
  }
})

test('an organization keeps its last admin', async () => {
  const before = await lastAudit()
  for (const [method, body] of [
    ['PUT', { role: 'member' }],
    ['DELETE', undefined],
  ] as const)
    expect((await owner().call(method, '/organizations/acme/members/ada', body)).body).toMatchObject({
      status: 409,
      type: '/problems/last-admin',
    })
  expect(await lastAudit()).toEqual(before)
})

test('an API key is made for oneself and for service accounts one administers, and for nobody else', async () => {
  await owner().must('POST', '/teams/vision/service-accounts', { name: 'robot' })
  for (const name of ['member', 'admin', 'viewer', 'stranger'] as const) {
    const made = await clients.get(name)!.call('POST', '/api-keys', { name: 'my own' })
    expect(made.status).toBe(201)
    expect(await lastAudit()).toMatchObject({ action: 'api_key.create', actor: name })
    keys.push((made.body as { key: string }).key)
  }
  for (const [name, person, status] of [
    ['admin', 'robot', 201],
    ['owner', 'robot', 201],
    ['member', 'robot', 403],
    ['owner', 'member', 403],
    ['outsider', 'robot', 404],
    ['outsider', 'member', 404],
  ] as const) {
    const before = await lastAudit()
    const answer = await clients.get(name)!.call('POST', '/api-keys', { name: 'for another', person })
    expect(answer.status, `${name} for ${person}: ${answer.text}`).toBe(status)
    expect((await lastAudit()).count).toBe(before.count + (status === 201 ? 1 : 0))
  }
})

test('a revoked key is refused at once, by whatever door and connection it comes', async () => {
  const member = clients.get('member')!
  const { id, key } = await member.must<{ id: string; key: string }>('POST', '/api-keys', { name: 'to revoke' })
  const revoked = signalbox.current.as(key)
  expect((await revoked.call('GET', '/me')).status).toBe(200)
  expect((await clients.get('outsider')!.call('DELETE', `/api-keys/${id}`)).status).toBe(404)
  expect((await clients.get('viewer')!.call('DELETE', `/api-keys/${id}`)).status).toBe(404)
  expect((await revoked.call('GET', '/me')).status).toBe(200)
  expect((await member.call('DELETE', `/api-keys/${id}`)).status).toBe(204)
  expect(await lastAudit()).toMatchObject({ action: 'api_key.revoke', actor: 'member' })
  expect((await revoked.call('GET', '/me')).body).toMatchObject({ status: 401, type: '/problems/not-authenticated' })
  expect((await revoked.call('POST', '/projects/demo/events', { name: 'x' })).status).toBe(401)
  const before = await lastAudit()
  expect((await member.call('DELETE', `/api-keys/${id}`)).status).toBe(404)
  expect(await lastAudit()).toEqual(before)
})

test('who is taken out of an organization may do nothing there any more', async () => {
  const password = 'correct horse battery'
  await owner().must('POST', '/organizations/acme/people', { name: 'leaver', password })
  await owner().must('PUT', '/teams/vision/members/leaver', { role: 'admin' })
  const { key } = await owner().must<{ key: string }>('POST', '/sign-in', { name: 'leaver', password })
  const leaver = signalbox.current.as(key)
  expect((await leaver.call('GET', '/teams/vision/secrets')).status).toBe(200)
  await owner().must('DELETE', '/organizations/acme/members/leaver')
  for (const path of ['/teams/vision/secrets', '/projects/demo', '/organizations/acme/members'])
    expect([401, 404], path).toContain((await leaver.call('GET', path)).status)
})

test('of a key only its hash is in the database, nowhere its text', async () => {
  const tables = await rows.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  expect(tables.rows.length).toBeGreaterThan(20)
  expect(keys.length).toBeGreaterThan(5)
  const texts: string[] = []
  for (const { name } of tables.rows) {
    const all = await rows.query<{ row: string }>(`select t::text as row from "${name}" t`)
    texts.push(...all.rows.map(({ row }) => row))
  }
  const whole = texts.join('\n')
  for (const key of keys) {
    expect(key).toMatch(/^\w{41,}$/)
    expect(whole).not.toContain(key)
    expect(whole).not.toContain(key.slice(4))
    expect(whole).not.toContain(Buffer.from(key).toString('hex'))
    expect(whole).toContain(createHash('sha256').update(key).digest('hex'))
  }
})

function owner(): Client {
  return signalbox.current.admin
}

async function aPerson(name: string): Promise<string> {
  await owner().must('POST', '/organizations/acme/people', { name: `p-${name}` })
  return `p-${name}`
}

async function aRegistry(name: string): Promise<string> {
  return (await owner().must<{ name: string }>('POST', '/registries', { organization: 'acme', name })).name
}

async function aProject(name: string): Promise<string> {
  return (await owner().must<{ id: string }>('POST', '/projects', { team: 'vision', name })).id
}

const collectionOf = (name: string): string => `/collections/vision%2Fdemo%2F${name}`

async function aCollection(name: string): Promise<string> {
  await owner().must('POST', '/projects/demo/collections', { name, type: 'model' })
  return collectionOf(name)
}

/** The first version of a collection that is made for it. */
async function aVersion(name: string, input: Record<string, unknown> = {}): Promise<string> {
  const { id } = await owner().must<{ id: string }>('POST', `${await aCollection(name)}/versions`, input)
  return `/versions/${id}`
}

/** A collection of a registry in which everybody has the role of their name, as far as it goes. */
async function aLinkedCollection(name: string): Promise<string> {
  const registry = await aRegistry(name)
  await owner().must('PATCH', `/registries/${registry}`, { visibility: 'restricted' })
  for (const [person, role] of [
    ['viewer', 'viewer'],
    ['member', 'member'],
    ['admin', 'member'],
  ])
    await owner().must('PUT', `/registries/${registry}/grants/${person}`, { role })
  const { id } = await owner().must<{ id: string }>('POST', `/projects/${registry}/collections`, {
    name,
    type: 'model',
  })
  return `/collections/${id}`
}

/** Slow enough not to be over before it is steered. */
async function aRedelivery(): Promise<string> {
  const { id } = await owner().must<{ id: string }>('POST', '/redeliveries', await manyDelivered())
  return `/redeliveries/${id}`
}

/** Two that were delivered, as a filter; one every ten seconds. */
async function manyDelivered(): Promise<Record<string, unknown>> {
  const { makeWebhook, makeAutomation, record, ended } = signalbox.current
  const webhook = await makeWebhook()
  const { id } = await makeAutomation(webhook.id, { filter: { name: `many ${webhook.id}` } })
  for (let number = 0; number < 2; number++) await ended((await record({ name: `many ${webhook.id}` })).id)
  return { automation: id, states: ['succeeded'], rate_per_second: 0.1 }
}

async function aDelivery(): Promise<string> {
  const { makeWebhook, makeAutomation, record, ended } = signalbox.current
  const { id } = await makeAutomation((await makeWebhook()).id, { filter: { name: 'delivered' } })
  const event = await record({ name: 'delivered' })
  const delivery = (await ended(event.id)).find(({ automation: one }) => one === id)!
  return `/deliveries/${delivery['id']}`
}

/** Nothing sends it: it is due in an hour, in a queue row of its own. */
async function aWaitingDelivery(): Promise<string> {
  const [, webhookId] = (await aWebhook()).split('_')
  const { rows: found } = await rows.query<{ id: string }>(
    `insert into queue(id, webhook_id, team_id, message_id, subject, subject_seq, in_order, state, lane, due_at, created_at, body)
     select $2::uuid, id, entity_id, 'msg', 's', 1, false, 0, 1, now() + interval '1 hour', now(), '[]'
     from webhooks where id = $1 returning id`,
    [webhookId, makeUuid(new Date())],
  )
  return `/deliveries/${spellUuid('delivery', found[0]!.id)}`
}

async function aSecret(name: string): Promise<string> {
  await owner().must('POST', '/teams/vision/secrets', { name: spelled(name), value: 'a-value-of-some-length' })
  return `/teams/vision/secrets/${spelled(name)}`
}

async function aWebhook(): Promise<string> {
  return `/webhooks/${(await signalbox.current.makeWebhook()).id}`
}

async function anAutomation(name: string, enabled = true): Promise<string> {
  const made = await owner().must<{ id: string }>('POST', '/projects/demo/automations', {
    ...automation(name),
    enabled,
  })
  return `/automations/${made.id}`
}

function automation(name: string): Record<string, unknown> {
  return { name, event_type: 'CUSTOM', action: { type: 'no_op' } }
}

function spelled(name: string): string {
  return name.replaceAll('-', '_')
}

async function lastAudit(): Promise<{ count: number; action: string; actor: string | null }> {
  const { rows: found } = await rows.query<{ count: string; action: string; actor: string | null }>(
    `select (select count(*) from audit) as count, a.action, e.name as actor
     from audit a left join people p on p.id = a.actor_id left join entities e on e.id = p.entity_id order by a.id desc limit 1`,
  )
  return { ...found[0]!, count: Number(found[0]!.count) }
}
