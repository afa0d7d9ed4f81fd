import { beforeAll, expect, test } from 'vitest'
import { automationLimits } from '../../src/contract/automation.ts'
import { limits } from '../../src/server/base/limits.ts'
import { archiveScope } from '../../src/server/automations/archive-scope.ts'
import { makeRuleMemory } from '../../src/server/automations/rule-memory.ts'
import type { Tx } from '../../src/server/database/database.ts'
import { disableWebhook } from '../../src/server/webhooks/disable-webhook.ts'
import { readRules } from '../support/read-rules.ts'
import { auditSince, lastAudit, useRoomApp, type AnswerBody } from '../support/room-app.ts'
import { makeTeam, type TestTeam } from '../support/team.ts'

const app = useRoomApp()
let other: TestTeam
let webhook: string
const inProject = () => `/projects/${encodeURIComponent(app.team.project)}/automations`
const inTeam = () => `/teams/${app.team.team}/automations`

beforeAll(async () => {
  const { ask, team } = app
  other = await makeTeam(app.db)
  for (const name of ['TOKEN', 'SHARED'])
    await ask(team.admin, 'POST', `/teams/${team.team}/secrets`, { name, value: 'value-of-secret' })
  webhook = (
    await ask(team.admin, 'POST', `/teams/${team.team}/webhooks`, {
      name: 'hook',
      url: 'https://example.com',
      access_token: 'TOKEN',
      granted_secrets: ['SHARED'],
    })
  ).body.id
})

let made = 0
const input = (settings: object = {}) => ({
  name: `automation ${++made}`,
  event_type: 'CUSTOM',
  action: { type: 'webhook', webhook, template: '{"text": "${event_name}"}' },
  ...settings,
})
async function make(settings: object = {}, path = inProject()) {
  const { status, body } = await app.ask(app.team.member, 'POST', path, input(settings))
  expect([status, body.errors]).toEqual([201, undefined])
  return { id: body.id, number: Number(body.id.slice(4)), body }
}
const pointersOf = (body: AnswerBody) => body.errors.map(({ pointer }) => pointer)
const ruleSetVersion = async (scopeType: string, scopeId: number) => {
  const [row] = await app.db.query<{ version: number }>(
    'select version from rule_sets where scope_type = $1 and scope_id = $2',
    [scopeType, scopeId],
  )
  return row?.version ?? 0
}

test('an automation is answered as it was sent, with where it stands and which secrets it sends', async () => {
  const { team } = app
  const filter = { name: 'evaluation.finished', 'data.loss': { $lt: 0.3 }, $or: [{ subject: 'b' }, { subject: 'a' }] }
  const template = '{\n  "token": "${ACCESS_TOKEN}",\n  "also": "$SHARED ${event_data.loss}"\n}'
  const { id, body } = await make({
    filter,
    description: 'Why it is there',
    action: { type: 'webhook', webhook, template },
  })
  expect(body).toMatchObject({
    scope: { type: 'project', id: `prj_${team.projectId}`, name: team.project },
    description: 'Why it is there',
    enabled: true,
    paused_reason: null,
    event_type: 'CUSTOM',
    filter,
    action: { type: 'webhook', webhook, template },
    secrets: ['ACCESS_TOKEN', 'SHARED'],
    misconfigured: null,
    warnings: [],
    revision: 1,
    may_change: true,
  })
  const seen = (await app.ask(team.viewer, 'GET', `/automations/${id}`)).body
  expect(seen).toEqual({ ...body, may_change: false })
})

test('a no-op needs no webhook, and a team automation stands at its entity', async () => {
  const { body } = await make({ action: { type: 'no_op' } }, inTeam())
  expect(body).toMatchObject({
    scope: { type: 'entity', id: `ent_${app.team.teamId}`, name: app.team.team },
    action: { type: 'no_op' },
    secrets: [],
  })
})

test('every mistake is told at once, with its place, and nothing is made', async () => {
  const { ask, team, db } = app
  const [since, version] = [await lastAudit(db), await ruleSetVersion('project', team.projectId)]
  const refused = await ask(
    team.member,
    'POST',
    inProject(),
    input({
      filter: { nmae: 'x', name: { $regex: '(' } },
      action: { type: 'webhook', webhook, template: '{"a": "${event_nmae}",\n "b": "${GITHUB}"}' },
    }),
  )
  expect(refused.status).toBe(422)
  expect(refused.body.errors).toMatchObject([
    { pointer: '#/filter/nmae', detail: expect.stringContaining('Did you mean `name`?') },
    { pointer: '#/filter/name/$regex' },
    {
      pointer: '#/action/template',
      line: 1,
      column: 8,
      detail: expect.stringContaining('Did you mean `${event_name}`?'),
    },
    { pointer: '#/action/template', line: 2, column: 8 },
  ])
  const broken = await ask(
    team.member,
    'POST',
    inProject(),
    input({ event_type: 'RUN_STATE', action: { type: 'webhook', webhook: 'whk_999999', template: '{"a": }' } }),
  )
  expect(pointersOf(broken.body)).toEqual(['#/action/webhook', '#/event_type', '#/action/template'])
  expect(await auditSince(db, since)).toEqual([])
  expect(await ruleSetVersion('project', team.projectId)).toBe(version)
})

test('with strict off, names that nothing has are kept with a warning', async () => {
  const action = { type: 'webhook', webhook, template: '{"a": "${event_nmae}", "b": ${event_data}}' }
  expect((await app.ask(app.team.member, 'POST', inProject(), input({ action }))).status).toBe(422)
  const { id, body } = await make({ action, strict: false })
  expect(body.warnings).toEqual([
    { pointer: '#/action/template', line: 1, column: 8, detail: expect.stringContaining('event_nmae') },
    { pointer: '#/action/template', detail: expect.stringContaining('SDK') },
  ])
  // What was kept on purpose does not stand in the way of other changes.
  const changed = await app.ask(app.team.member, 'PATCH', `/automations/${id}`, { revision: 1, filter: { name: 'x' } })
  expect([changed.status, changed.body.warnings.length]).toEqual([200, 2])
})

test.each([
  ['no name', { name: '' }, ['#/name']],
  ['a blank name', { name: ' \n' }, ['#/name']],
  ['a name too long', { name: 'a'.repeat(256) }, ['#/name']],
  ['a NUL in the name', { name: 'a\0' }, ['#/name']],
  ['an event type nobody knows', { event_type: 'CUSTUM' }, ['#/event_type']],
  ['a filter that is a list', { filter: [] }, ['#/filter']],
  ['a filter that is null', { filter: null }, ['#/filter']],
  ['an action without a type', { action: {} }, ['#/action/type']],
  ['a webhook by another id', { action: { type: 'webhook', webhook: 'aut_1' } }, ['#/action/webhook']],
  [
    'a template that is no text',
    { action: { type: 'webhook', webhook: 'whk_1', template: {} } },
    ['#/action/template'],
  ],
  ['a template on an action that sends nothing', { action: { type: 'no_op', template: 'x' } }, ['#/action/template']],
])('bad input is refused: %s', async (_, settings, pointers) => {
  const refused = await app.ask(app.team.member, 'POST', inProject(), input(settings))
  expect([refused.status, pointersOf(refused.body)]).toEqual([422, pointers])
})

test.each<[string, { filter?: object; action?: object }]>([
  ['half of a surrogate pair in the filter', { filter: { name: '\ud800' } }],
  ['a NUL in the filter', { filter: { 'data.a\0': 'b\0' } }],
  [
    'half of a surrogate pair in the template',
    { action: { type: 'webhook', webhook: '', template: '{"a": "\ud800"}' } },
  ],
  ['a NUL in the template', { action: { type: 'webhook', webhook: '', template: '{"a": "\0"}' } }],
])('odd characters are kept or refused, and never break anything: %s', async (_, settings) => {
  const given = input({
    ...settings,
    ...(settings.action === undefined ? {} : { action: { ...settings.action, webhook } }),
  })
  const answer = await app.ask(app.team.member, 'POST', inProject(), given)
  expect([201, 422]).toContain(answer.status)
  if (answer.status === 201)
    expect((await app.ask(app.team.member, 'GET', `/automations/${answer.body.id}`)).body['filter']).toEqual(
      settings.filter ?? {},
    )
})

test('a webhook may be used by members of the team that owns it, and by nobody else', async () => {
  const { ask } = app
  // The organization admin of the other team's organization is no member here: to them the webhook is not there.
  const refused = await ask(other.member, 'POST', `/projects/${encodeURIComponent(other.project)}/automations`, input())
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ pointer: '#/action/webhook', detail: `There is no webhook “${webhook}” that you may use.` }],
  ])
  // A viewer here and a member there sees it, and may not use it.
  const [viewer] = await app.db.query<{ id: number }>(
    'select p.id from people p join entities e on e.id = p.entity_id where e.name = $1',
    [app.team.viewer.name],
  )
  await app.db.query(`insert into team_members values ($1, $2, 'member')`, [other.teamId, viewer!.id])
  const seen = await ask(app.team.viewer, 'POST', `/projects/${encodeURIComponent(other.project)}/automations`, input())
  expect([seen.status, seen.body.errors[0]!.detail]).toEqual([422, expect.stringContaining('takes the role member')])
})

test('whoever changes what is sent has to be a member of the webhook’s team; to rename or disable takes the scope alone', async () => {
  const { ask, team, db } = app
  const [member] = await db.query<{ id: number }>(
    'select p.id from people p join entities e on e.id = p.entity_id where e.name = $1',
    [team.member.name],
  )
  await db.query(`insert into team_members values ($1, $2, 'member')`, [other.teamId, member!.id])
  const path = `/projects/${encodeURIComponent(other.project)}/automations`
  const created = await ask(team.member, 'POST', path, input())
  expect(created.status).toBe(201)
  const id = created.body.id
  const renamed = await ask(other.member, 'PATCH', `/automations/${id}`, {
    ...input(),
    revision: 1,
    name: 'renamed by them',
    filter: {},
  })
  expect([renamed.status, renamed.body['revision']]).toEqual([200, 2])
  const refused = await ask(other.member, 'PATCH', `/automations/${id}`, { revision: 2, filter: { name: 'another' } })
  expect([refused.status, pointersOf(refused.body)]).toEqual([422, ['#/action/webhook']])
  expect((await ask(other.member, 'POST', `/automations/${id}/disable`)).body).toMatchObject({
    enabled: false,
    revision: 3,
  })
  expect(
    (await ask(other.member, 'PATCH', `/automations/${id}`, { revision: 3, action: { type: 'no_op' } })).status,
  ).toBe(200)
})

test('an edit ends one revision and begins the next at the same version, and nothing is overwritten', async () => {
  const { ask, team, db } = app
  const { id, number } = await make({ filter: { name: 'one' } }, inTeam())
  const created = await ruleSetVersion('entity', team.teamId)
  await ask(team.member, 'PATCH', `/automations/${id}`, { revision: 1, filter: { name: 'two' } })
  await ask(team.member, 'POST', `/automations/${id}/disable`)
  await ask(team.member, 'DELETE', `/automations/${id}`)
  const rows = await db.query(
    `select revision, from_version, to_version, enabled, filter from automation_revisions where automation_id = $1 order by revision`,
    [number],
  )
  expect(rows).toEqual([
    { revision: 1, from_version: created, to_version: created + 1, enabled: true, filter: { name: 'one' } },
    { revision: 2, from_version: created + 1, to_version: created + 2, enabled: true, filter: { name: 'two' } },
    { revision: 3, from_version: created + 2, to_version: created + 3, enabled: false, filter: { name: 'two' } },
  ])
  expect(await ruleSetVersion('entity', team.teamId)).toBe(created + 3)
  expect(await db.query('select 1 from webhook_uses where automation_id = $1', [number])).toEqual([])
})

test('a deletion is undone: it says what it said from the next version on, and doing it again changes nothing', async () => {
  const { ask, team, db } = app
  const { id, number, body } = await make({ filter: { name: 'one' } }, inTeam())
  await ask(team.member, 'POST', `/automations/${id}/pause`)
  const before = await ruleSetVersion('entity', team.teamId)
  await ask(team.member, 'DELETE', `/automations/${id}`)
  const since = await lastAudit(db)
  const restored = await ask(team.member, 'POST', `/automations/${id}/restore`)
  expect([restored.status, restored.body]).toMatchObject([
    200,
    { id, name: body['name'], filter: { name: 'one' }, action: body['action'], revision: 3, misconfigured: null },
  ])
  expect(restored.body['paused_reason']).not.toBeNull()
  expect((await ask(team.member, 'POST', `/automations/${id}/restore`)).body).toEqual(restored.body)
  expect((await ask(team.viewer, 'GET', `/automations/${id}`)).status).toBe(200)
  expect(await auditSince(db, since)).toMatchObject([
    { action: 'automation.restore', subject: id, details: { name: body['name'], revision: 3 } },
  ])
  const rows = await db.query(
    'select from_version, to_version from automation_revisions where automation_id = $1 order by revision desc limit 2',
    [number],
  )
  expect(rows).toEqual([
    { from_version: before + 2, to_version: null },
    { from_version: before, to_version: before + 1 },
  ])
})

test('a deletion is not undone where the name is another’s by now', async () => {
  const { ask, team } = app
  const { id, body } = await make()
  await ask(team.member, 'DELETE', `/automations/${id}`)
  await make({ name: body['name'] })
  const taken = await ask(team.member, 'POST', `/automations/${id}/restore`)
  expect([taken.status, taken.body['type']]).toEqual([409, '/problems/name-taken'])
  expect((await ask(team.member, 'GET', `/automations/${id}`)).status).toBe(404)
})

test('the memory of rules follows every edit', async () => {
  const { ask, team, db } = app
  const scope = { type: 'project' as const, id: team.projectId }
  const memory = makeRuleMemory()
  const refresh = () => db.tx((tx) => readRules(tx, memory, scope))
  const held = async (number: number) => {
    const rules = await refresh()
    return (
      rules
        .ruleSet(scope)
        ?.byEventType.get('CUSTOM')
        ?.candidates(() => undefined) ?? []
    ).find(({ automationId }) => automationId === number)
  }
  const { id, number } = await make({ action: { type: 'webhook', webhook, template: '{"a": "$SHARED"}' } })
  expect(await held(number)).toMatchObject({
    revision: 1,
    enabled: true,
    webhookId: Number(webhook.slice(4)),
    webhookEntityId: team.teamId,
  })
  expect((await held(number))!.template!.secrets).toEqual(['SHARED'])
  expect((await refresh()).receiver(Number(webhook.slice(4)))).toMatchObject({ archived: false, missingSecrets: [] })
  await ask(team.member, 'PATCH', `/automations/${id}`, { revision: 1, name: `followed ${made}` })
  expect(await held(number)).toMatchObject({ revision: 2, name: `followed ${made}` })
  await ask(team.member, 'POST', `/automations/${id}/disable`)
  expect(await held(number)).toBeUndefined()
  await ask(team.member, 'POST', `/automations/${id}/enable`)
  expect(await held(number)).toMatchObject({ revision: 4 })
  await ask(team.member, 'DELETE', `/automations/${id}`)
  expect(await held(number)).toBeUndefined()
  await ask(team.member, 'POST', `/automations/${id}/restore`)
  expect(await held(number)).toMatchObject({ revision: 5, webhookEntityId: team.teamId })
})

test('what a transaction read of its own edits is nobody else’s, and gone when it fails', async () => {
  const { ask, db } = app
  const fresh = await makeTeam(db)
  const scope = { type: 'project' as const, id: fresh.projectId }
  const hook = { name: 'hook', url: 'https://example.com' }
  const { id } = (await ask(fresh.admin, 'POST', `/teams/${fresh.team}/webhooks`, hook)).body
  const webhookId = Number(id.slice(4))
  const makeRule = async () => {
    const path = `/projects/${encodeURIComponent(fresh.project)}/automations`
    const made = await ask(
      fresh.member,
      'POST',
      path,
      input({ action: { type: 'webhook', webhook: id, template: '{}' } }),
    )
    return Number(made.body.id.slice(4))
  }
  const memory = makeRuleMemory()
  const read = async (tx: Tx) => {
    const rules = await readRules(tx, memory, scope)
    const candidates =
      rules
        .ruleSet(scope)
        ?.byEventType.get('CUSTOM')
        ?.candidates(() => undefined) ?? []
    return {
      rules: candidates.map(({ automationId }) => automationId),
      disabled: rules.receiver(webhookId)?.disabledReason,
    }
  }
  expect(await db.tx(read)).toEqual({ rules: [], disabled: undefined })
  const first = await makeRule()
  const before = { rules: [first], disabled: null }
  expect(await db.tx(read)).toEqual(before)
  const failing = db.tx(async (tx) => {
    await disableWebhook(tx, webhookId, 'a test')
    expect(await read(tx)).toEqual({ rules: [first], disabled: 'a test' })
    await archiveScope(tx, scope)
    expect(await read(tx)).toMatchObject({ rules: [] })
    expect(await db.tx(read)).toEqual(before)
    throw new Error('planted')
  })
  await expect(failing).rejects.toThrow('planted')
  expect(await db.tx(read)).toEqual(before)
  // The next edits get the numbers that the failed ones had.
  const second = await makeRule()
  expect(await db.tx(read)).toEqual({ rules: [first, second], disabled: null })
  await db.tx((tx) => disableWebhook(tx, webhookId, 'for good'))
  expect(await db.tx(read)).toEqual({ rules: [first, second], disabled: 'for good' })
})

test('a change names the revision it was made on; of ten made on one exactly one is kept', async () => {
  const { id, number } = await make()
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      app.ask(app.team.member, 'PATCH', `/automations/${id}`, { revision: 1, description: `by ${index}` }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.type))).toEqual(
    new Set(['/problems/revision-changed']),
  )
  expect(await app.db.query('select 1 from automation_revisions where automation_id = $1', [number])).toHaveLength(2)
})

test('automations made at the same time in a scope that had none all stand, each at a version of its own', async () => {
  const fresh = await makeTeam(app.db)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      app.ask(
        fresh.member,
        'POST',
        `/projects/${encodeURIComponent(fresh.project)}/automations`,
        input({ action: { type: 'no_op' } }),
      ),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
  expect(await ruleSetVersion('project', fresh.projectId)).toBe(8)
})

test('a change that changes nothing writes no revision and no audit row', async () => {
  const { ask, team, db } = app
  const given = input({ filter: { name: 'same' } })
  const { id, body } = await make(given)
  const [since, version] = [await lastAudit(db), await ruleSetVersion('project', team.projectId)]
  const same = await ask(team.member, 'PATCH', `/automations/${id}`, { ...given, revision: 1 })
  await ask(team.member, 'POST', `/automations/${id}/enable`)
  expect(same.body).toEqual(body)
  expect(await auditSince(db, since)).toEqual([])
  expect(await ruleSetVersion('project', team.projectId)).toBe(version)
})

test('a secret that is no longer granted stays a secret of the payload: it fails, and leaves no blank', async () => {
  const { ask, team } = app
  const hook = (
    await ask(team.admin, 'POST', `/teams/${team.team}/webhooks`, {
      name: 'lending',
      url: 'https://example.com',
      granted_secrets: ['SHARED'],
    })
  ).body.id
  const { id } = await make({ action: { type: 'webhook', webhook: hook, template: '{"a": "${SHARED}"}' } })
  await ask(team.admin, 'PATCH', `/webhooks/${hook}?force=true`, { revision: 1, granted_secrets: [] })
  const lost = await ask(team.member, 'PATCH', `/automations/${id}`, { revision: 1, filter: { name: 'x' } })
  expect(lost.body).toMatchObject({
    revision: 2,
    secrets: ['SHARED'],
    misconfigured: expect.stringContaining('SHARED'),
  })
  const refused = await ask(team.member, 'PATCH', `/automations/${id}`, {
    revision: 2,
    action: { type: 'webhook', webhook: hook, template: '{"b": "${SHARED}"}' },
  })
  expect([refused.status, pointersOf(refused.body)]).toEqual([422, ['#/action/template']])
  await ask(team.admin, 'PATCH', `/webhooks/${hook}`, { revision: 2, granted_secrets: ['SHARED'] })
  expect((await ask(team.viewer, 'GET', `/automations/${id}`)).body['misconfigured']).toBeNull()
})

test('a name is taken once in its scope, and free in another and after deletion', async () => {
  const { ask, team } = app
  const name = 'the only one'
  const { id } = await make({ name })
  const taken = await ask(team.member, 'POST', inProject(), input({ name }))
  expect([taken.status, taken.body.type, pointersOf(taken.body)]).toEqual([409, '/problems/name-taken', ['#/name']])
  await make({ name }, inTeam())
  const { id: another } = await make()
  expect((await ask(team.member, 'PATCH', `/automations/${another}`, { revision: 1, name })).status).toBe(409)
  expect((await ask(team.member, 'DELETE', `/automations/${id}`)).status).toBe(204)
  await make({ name })
})

test('members write, viewers read, and others find nothing', async () => {
  const { ask, team } = app
  const { id } = await make()
  const acts = [
    ['POST', inProject(), input()],
    ['POST', inTeam(), input()],
    ['PATCH', `/automations/${id}`, { revision: 1, enabled: false }],
    ['POST', `/automations/${id}/disable`, undefined],
    ['POST', `/automations/${id}/enable`, undefined],
    ['DELETE', `/automations/${id}`, undefined],
    ['POST', `/automations/${id}/restore`, undefined],
  ] as const
  const since = await lastAudit(app.db)
  for (const [method, path, body] of acts) {
    const refused = await ask(team.viewer, method, path, body)
    expect([path, refused.status, refused.body.detail]).toEqual([
      path,
      403,
      expect.stringContaining('takes the role member'),
    ])
    for (const person of [team.colleague, team.stranger])
      expect([path, (await ask(person, method, path, body)).status]).toEqual([path, 404])
  }
  for (const path of [inProject(), inTeam(), `/automations/${id}`]) {
    expect((await ask(team.viewer, 'GET', path)).status).toBe(200)
    for (const person of [team.colleague, team.stranger]) expect((await ask(person, 'GET', path)).status).toBe(404)
  }
  expect(await auditSince(app.db, since)).toEqual([])
  expect((await ask(team.organizationAdmin, 'POST', `/automations/${id}/disable`)).status).toBe(200)
})

test('what happens anywhere in an organization is for its admins to automate', async () => {
  const { ask, team } = app
  const path = `/teams/${team.organization}/automations`
  const refused = await ask(team.member, 'POST', path, input())
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('takes the role admin')])
  expect((await ask(team.organizationAdmin, 'POST', path, input())).status).toBe(201)
  expect((await ask(team.member, 'GET', path)).body.items).toHaveLength(1)
})

test('a registry’s automations are its members’, or its admins’ alone where it says so', async () => {
  const { ask, team, db } = app
  const [owner] = await db.query<{ id: number }>('select id from entities where name = $1', [team.organization])
  const [registry] = await db.query<{ id: number }>(
    `insert into projects(entity_id, name, visibility) values ($1, 'wandb-registry-models', 'restricted') returning id`,
    [owner!.id],
  )
  const path = `/projects/prj_${registry!.id}/automations`
  expect((await ask(team.colleague, 'POST', path, input({ action: { type: 'no_op' } }))).status).not.toBe(201)
  await db.query(`insert into registry_grants values ($1, $2, 'member')`, [registry!.id, team.teamId])
  expect((await ask(team.member, 'POST', path, input())).status).toBe(201)
  await db.query('update projects set automations_by_members = false where id = $1', [registry!.id])
  const refused = await ask(team.member, 'POST', path, input())
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('takes the role admin')])
  expect((await ask(team.organizationAdmin, 'POST', path, input())).status).toBe(201)
  expect((await ask(team.member, 'GET', path)).body.items).toHaveLength(2)
})

test('every act is on record, and the record holds no template', async () => {
  const { ask, team, db } = app
  const since = await lastAudit(db)
  const { id } = await make({ action: { type: 'webhook', webhook, template: '{"a": "pasted-credential"}' } })
  await ask(team.member, 'PATCH', `/automations/${id}`, { revision: 1, description: 'x', filter: { name: 'y' } })
  await ask(team.member, 'POST', `/automations/${id}/disable`)
  await ask(team.member, 'POST', `/automations/${id}/enable`)
  await ask(team.member, 'DELETE', `/automations/${id}`)
  const rows = await auditSince(db, since)
  expect(rows.map(({ action, subject }) => [action, subject])).toEqual(
    ['create', 'update', 'disable', 'enable', 'delete'].map((verb) => [`automation.${verb}`, id]),
  )
  expect(rows[0]!.details).toMatchObject({ webhook, event_type: 'CUSTOM' })
  expect(rows[1]!.details).toMatchObject({ changed: ['description', 'filter'], revision: 2 })
  expect(JSON.stringify(rows)).not.toContain('pasted-credential')
})

test('a list comes in pages, newest first, of one scope only', async () => {
  const fresh = await makeTeam(app.db)
  const path = `/projects/${encodeURIComponent(fresh.project)}/automations`
  for (let index = 0; index < 5; index++)
    await app.ask(fresh.member, 'POST', path, input({ name: `page ${index}`, action: { type: 'no_op' } }))
  await app.ask(fresh.member, 'POST', `/teams/${fresh.team}/automations`, input({ action: { type: 'no_op' } }))
  const first = await app.ask(fresh.viewer, 'GET', `${path}?limit=3`)
  const second = await app.ask(fresh.viewer, 'GET', `${path}?limit=3&cursor=${first.body.next}`)
  const names = [...first.body.items, ...second.body.items].map(({ name }) => name)
  expect(names).toEqual(['page 4', 'page 3', 'page 2', 'page 1', 'page 0'])
  expect(second.body.next).toBeNull()
})

test('the limits of the contract are those of the server', () => {
  expect(automationLimits).toEqual({
    nameCharsMax: limits.automationNameCharsMax,
    descriptionCharsMax: limits.descriptionCharsMax,
    templateCharsMax: limits.templateBytesMax,
    firesPerMinuteMax: limits.firesPerMinuteMax,
  })
})
