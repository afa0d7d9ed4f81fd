import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../support/client.ts'
import { answerStatus, type ReceivedRequest } from '../support/receiver.ts'
import { makeRegistry } from '../support/registry.ts'
import { withClient } from '../support/database.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
let viewer: Client
let colleague: Client
const admin = () => signalbox.current.admin

beforeAll(async () => {
  const password = 'correct horse battery'
  const signIn = async (name: string) =>
    signalbox.current.as((await admin().must<{ key: string }>('POST', '/sign-in', { name, password })).key)
  for (const name of ['viewer', 'colleague'])
    await admin().must('POST', '/organizations/acme/people', { name, password })
  await admin().must('PUT', '/teams/vision/members/viewer', { role: 'viewer' })
  viewer = await signIn('viewer')
  colleague = await signIn('colleague')
})

interface Delivered {
  readonly name: string
  readonly webhook: Record<string, any>
  readonly automation: Record<string, any>
  readonly event: { readonly id: string }
  readonly delivery: Record<string, any>
}

/** One event of its own, its automation, and the delivery as soon as it is in this state. */
async function deliver(state: string, settings: Record<string, unknown> = {}): Promise<Delivered> {
  const name = `event-${randomBytes(6).toString('hex')}`
  const webhook = await signalbox.current.makeWebhook({
    retry: { attempts_max: 3, delay_ms_min: 3_600_000, delay_ms_max: 3_600_000 },
    ...settings,
  })
  if (state === 'held') await admin().must('POST', `/webhooks/${webhook.id}/pause`)
  const automation = await signalbox.current.makeAutomation(webhook.id, { filter: { name } })
  const event = await signalbox.current.record({ name, data: { made: name } })
  const delivery = await waitFor(`the delivery to be ${state}`, async () => {
    const [found] = (await admin().must('GET', `/deliveries?event=${event.id}`))['items']
    // What waits for its first attempt is on its way.
    return found?.state === state && (state !== 'waiting' || found.attempts > 0) ? found : undefined
  })
  return { name, webhook, automation, event, delivery }
}

function requestsOf(name: string): readonly ReceivedRequest[] {
  return signalbox.current.receiver.requests.filter(({ body }) => body.toString().includes(name))
}

const act = (asker: Client, id: string, verb: string, body?: unknown) =>
  asker.call('POST', `/deliveries/${id}/${verb}`, body)

async function expectRefusal(id: string, mode: 'same' | 'anew', type: string, detail: RegExp): Promise<void> {
  const answer = await act(admin(), id, 'redeliver', { mode })
  expect(answer.body).toMatchObject({ status: 409, type: `/problems/${type}`, detail: expect.stringMatching(detail) })
}

async function auditOf(id: string): Promise<Record<string, any>[]> {
  return (await admin().must('GET', `/teams/vision/audit?subject=${id}`))['items']
}

const withDatabase = <T>(use: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(signalbox.current.databaseUrl, use)

async function ended(id: string): Promise<Record<string, any>> {
  return waitFor(`${id} to end`, async () => {
    const delivery = await admin().must('GET', `/deliveries/${id}`)
    return delivery['finished_at'] === null ? undefined : delivery
  })
}

describe('redelivering', () => {
  test('sends the same bytes again under the same webhook-id, as a delivery of its own', async () => {
    const { name, delivery } = await deliver('succeeded')
    const again = await act(admin(), delivery['id'], 'redeliver', {})
    expect(again.status).toBe(201)
    expect(again.body).toMatchObject({ redelivery_of: delivery['id'], event: delivery['event'] })
    expect(await ended(again.body.id)).toMatchObject({ state: 'succeeded', redelivery_of: delivery['id'] })
    const [first, second, ...more] = requestsOf(name)
    expect(more).toEqual([])
    expect(second!.body.equals(first!.body)).toBe(true)
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    const { items } = await admin().must('GET', `/teams/vision/audit?subject=${delivery['id']}`)
    expect(items[0]).toMatchObject({ action: 'delivery.redeliver', details: { mode: 'same', delivery: again.body.id } })
  })

  test('anew sends what the automation says today, under another webhook-id', async () => {
    const { name, automation, delivery } = await deliver('succeeded')
    await admin().must('PATCH', `/automations/${automation['id']}`, {
      revision: 1,
      action: { ...automation['action'], template: '{"anew": "${event_name}"}' },
    })
    const again = await act(admin(), delivery['id'], 'redeliver', { mode: 'anew' })
    expect(again.body).toMatchObject({ automation_revision: 2 })
    await ended(again.body.id)
    const [first, second] = requestsOf(name)
    expect(second!.body.toString()).toBe(`{"anew": "${name}"}`)
    expect(second!.headers['webhook-id']).not.toBe(first!.headers['webhook-id'])
  })

  test('anew is laid out first: what would be sent, where, and whether it would still fire; that sends and keeps nothing', async () => {
    const { name, automation, webhook, delivery } = await deliver('succeeded')
    const dryRun = async () => (await act(admin(), delivery['id'], 'redeliver/dry-run')).body
    expect(await dryRun()).toEqual({
      payload: `{"name": "${name}", "data": {"made":"${name}"}}`,
      webhook: webhook['id'],
      webhook_name: webhook['name'],
      automation_revision: 1,
      matches: true,
      reason: null,
    })
    await admin().must('POST', '/teams/vision/secrets', { name: `S_${name.slice(-6)}`, value: 'never to be seen' })
    const other = await signalbox.current.makeWebhook({ granted_secrets: [`S_${name.slice(-6)}`] })
    await admin().must('PATCH', `/automations/${automation['id']}`, {
      revision: 1,
      filter: { name: 'another' },
      action: {
        type: 'webhook',
        webhook: other.id,
        template: `{"s": "\${S_${name.slice(-6)}}", "n": "\${event_name}"}`,
      },
    })
    const changed = await dryRun()
    expect(changed).toEqual({
      payload: `{"s": "‹secret S_${name.slice(-6)}›", "n": "${name}"}`,
      webhook: other.id,
      webhook_name: other['name'],
      automation_revision: 2,
      matches: false,
      reason: `name is "${name}", expected "another"`,
    })
    await admin().must('POST', `/automations/${automation['id']}/disable`)
    expect(await dryRun()).toMatchObject({ matches: false, reason: 'it is disabled', payload: changed.payload })
    expect(requestsOf(name)).toHaveLength(1)
    expect((await admin().must('GET', `/deliveries?event=${delivery['event']}`))['items']).toHaveLength(1)
    const again = await act(admin(), delivery['id'], 'redeliver', { mode: 'anew' })
    expect((await ended(again.body.id))['payload']).toBe(changed.payload)
    await admin().must('DELETE', `/automations/${automation['id']}`)
    expect(await dryRun()).toMatchObject({
      type: '/problems/not-redeliverable',
      detail: expect.stringMatching(/automation was deleted/),
    })
  })

  test('anew is not laid out for what has not ended', async () => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const { delivery } = await deliver('waiting')
    signalbox.current.receiver.answerWith(answerStatus(200))
    expect((await act(admin(), delivery['id'], 'redeliver/dry-run')).body).toMatchObject({
      type: '/problems/delivery-unfinished',
    })
  })

  test('is refused for what has not ended, and for what it needs and is gone', async () => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const waiting = await deliver('waiting')
    signalbox.current.receiver.answerWith(answerStatus(200))
    await expectRefusal(waiting.delivery['id'], 'same', 'delivery-unfinished', /try it now, or cancel it/)
    const { webhook, automation, delivery } = await deliver('succeeded')
    await admin().must('DELETE', `/automations/${automation['id']}`)
    await expectRefusal(delivery['id'], 'anew', 'not-redeliverable', /automation was deleted/)
    await admin().must('DELETE', `/webhooks/${webhook['id']}`)
    await expectRefusal(delivery['id'], 'same', 'not-redeliverable', /webhook was deleted/)
  })

  test('is refused while the webhook is disabled, the same and anew', async () => {
    signalbox.current.receiver.answerWith(answerStatus(410))
    const { delivery, webhook, name } = await deliver('failed')
    signalbox.current.receiver.answerWith(answerStatus(200))
    await waitFor('the webhook to be disabled', async () => {
      return (await admin().must('GET', `/webhooks/${webhook['id']}`))['disabled'] !== null
    })
    for (const mode of ['same', 'anew'] as const)
      await expectRefusal(delivery['id'], mode, 'not-redeliverable', /webhook is disabled: .+\. Enable it first\.$/)
    expect(requestsOf(name)).toHaveLength(1)
    expect(await auditOf(delivery['id'])).toEqual([])
  })

  test('of a no-op is refused; of what has become one, anew only', async () => {
    const { automation, delivery, name } = await deliver('succeeded')
    await admin().must('PATCH', `/automations/${automation['id']}`, { revision: 1, action: { type: 'no_op' } })
    await expectRefusal(delivery['id'], 'anew', 'not-redeliverable', /sends nothing any more/)
    const [noOp] = await signalbox.current.ended((await signalbox.current.record({ name })).id)
    await expectRefusal(noOp!['id'], 'same', 'not-redeliverable', /was a no-op/)
    await expectRefusal(noOp!['id'], 'anew', 'not-redeliverable', /sends nothing any more/)
    expect((await act(admin(), delivery['id'], 'redeliver', { mode: 'same' })).status).toBe(201)
  })

  test('anew is refused when the event has left the history; the same is not', async () => {
    const { delivery, event } = await deliver('succeeded')
    const left = await withDatabase((client) =>
      client.query('delete from events where id = (select event_id from deliveries where message_id = $1)', [
        delivery['id'].replace('dlv_', 'msg_'),
      ]),
    )
    expect(left.rowCount, event.id).toBe(1)
    await expectRefusal(delivery['id'], 'anew', 'not-redeliverable', /event has left the history/)
    const again = await act(admin(), delivery['id'], 'redeliver', { mode: 'same' })
    expect(await ended(again.body.id)).toMatchObject({ state: 'succeeded' })
  })

  test('never sends an empty body: what was too large to be kept is only rendered anew, when it fits', async () => {
    const name = `event-${randomBytes(6).toString('hex')}`
    const webhook = await signalbox.current.makeWebhook()
    const action = (fields: number) => ({
      type: 'webhook',
      webhook: webhook.id,
      template: `{${Array.from({ length: fields }, (_, index) => `"${index}": \${event_data}`).join(', ')}}`,
    })
    const automation = await signalbox.current.makeAutomation(webhook.id, { filter: { name }, action: action(8) })
    const { id } = await signalbox.current.record({ name, data: { name, text: 'x'.repeat(50_000) } })
    const [delivery] = await signalbox.current.ended(id)
    expect(delivery).toMatchObject({ state: 'failed', attempts: 0 })
    await expectRefusal(
      delivery!['id'],
      'same',
      'not-redeliverable',
      /^Nothing was rendered .+ bytes.+ anew instead\.$/,
    )
    await expectRefusal(delivery!['id'], 'anew', 'not-redeliverable', /^The payload has \d+ bytes now/)
    await admin().must('PATCH', `/automations/${automation['id']}`, { revision: 1, action: action(1) })
    const again = await act(admin(), delivery!['id'], 'redeliver', { mode: 'anew' })
    expect(await ended(again.body.id)).toMatchObject({ state: 'succeeded' })
    expect(requestsOf(name)).toHaveLength(1)
  })

  test('to another webhook sends it the same bytes under the same webhook-id, and each delivery knows of the other', async () => {
    const { name, webhook, delivery } = await deliver('succeeded')
    const other = await signalbox.current.makeWebhook({ url: `${signalbox.current.receiver.url}/other` })
    await admin().must('DELETE', `/webhooks/${webhook['id']}?force=true`)
    const again = await act(admin(), delivery['id'], 'redeliver', { webhook: other.id })
    expect(again.body).toMatchObject({ webhook: other.id, redelivery_of: delivery['id'] })
    expect(await ended(again.body.id)).toMatchObject({ state: 'succeeded', redelivered_as: [] })
    const [first, second] = requestsOf(name)
    expect(second!.path).toBe('/other')
    expect(second!.body.equals(first!.body)).toBe(true)
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
    const before = await admin().must('GET', `/deliveries/${delivery['id']}`)
    expect(before['redelivered_as']).toEqual([{ id: again.body.id, created_at: again.body.created_at }])
    const [entry] = await auditOf(delivery['id'])
    expect(entry).toMatchObject({ details: { webhook: other.id, delivery: again.body.id } })
  })

  test('to another webhook is refused where that lends no secret of the payload, and each that is missing is named', async () => {
    const secret = `S_${randomBytes(4).toString('hex')}`
    await admin().must('POST', '/teams/vision/secrets', { name: secret, value: 'never to be seen' })
    const webhook = await signalbox.current.makeWebhook({ granted_secrets: [secret], access_token: secret })
    const name = `event-${randomBytes(6).toString('hex')}`
    await signalbox.current.makeAutomation(webhook.id, {
      filter: { name },
      action: { type: 'webhook', webhook: webhook.id, template: `{"s": "\${${secret}}", "t": "\${ACCESS_TOKEN}"}` },
    })
    const [delivery] = await signalbox.current.ended((await signalbox.current.record({ name })).id)
    const other = await signalbox.current.makeWebhook()
    const refused = await act(admin(), delivery!['id'], 'redeliver', { webhook: other.id })
    expect(refused.body).toMatchObject({
      status: 409,
      type: '/problems/secrets-not-granted',
      errors: [
        { pointer: '#/webhook', detail: `does not lend ${secret}` },
        { pointer: '#/webhook', detail: 'does not lend ACCESS_TOKEN' },
      ],
    })
    const lending = await signalbox.current.makeWebhook({ granted_secrets: [secret], access_token: secret })
    const again = await act(admin(), delivery!['id'], 'redeliver', { webhook: lending.id })
    expect(await ended(again.body.id)).toMatchObject({ state: 'succeeded' })
  })

  test('to another webhook takes a member of both teams, and the payload as it was', async () => {
    const { delivery } = await deliver('succeeded')
    const team = `team-${randomBytes(4).toString('hex')}`
    await admin().must('POST', '/organizations/acme/teams', { name: team })
    const other = await admin().must('POST', `/teams/${team}/webhooks`, {
      name: 'theirs',
      url: `${signalbox.current.receiver.url}/theirs`,
    })
    const here = (role: string) => admin().must('PUT', '/teams/vision/members/viewer', { role })
    const toOther = () => act(viewer, delivery['id'], 'redeliver', { webhook: other['id'] })
    expect((await toOther()).status).toBe(403)
    await here('member')
    expect((await toOther()).status).toBe(404)
    await admin().must('PUT', `/teams/${team}/members/viewer`, { role: 'viewer' })
    expect((await toOther()).body).toMatchObject({ status: 403, detail: expect.stringContaining(team) })
    await admin().must('PUT', `/teams/${team}/members/viewer`, { role: 'member' })
    const again = await toOther()
    expect(again.status).toBe(201)
    const [entry] = (await admin().must('GET', `/teams/${team}/audit?subject=${delivery['id']}`))['items']
    expect(entry).toMatchObject({ action: 'delivery.redeliver', details: { webhook: other['id'] } })
    await admin().must('DELETE', `/teams/${team}/members/viewer`)
    await here('viewer')
    const anew = await act(admin(), delivery['id'], 'redeliver', { mode: 'anew', webhook: other['id'] })
    expect(anew.body).toMatchObject({ status: 422, errors: [{ pointer: '#/webhook' }] })
  })

  test('to a paused webhook is held by its lane, and sent when that is resumed', async () => {
    const { delivery, webhook, name } = await deliver('succeeded')
    await admin().must('POST', `/webhooks/${webhook['id']}/pause`)
    const again = await act(admin(), delivery['id'], 'redeliver', {})
    expect(again.body).toMatchObject({ state: 'held', reason: 'the webhook is paused or disabled' })
    expect(requestsOf(name)).toHaveLength(1)
    await admin().must('POST', `/webhooks/${webhook['id']}/resume`)
    expect(await ended(again.body.id)).toMatchObject({ state: 'succeeded' })
    expect(requestsOf(name)).toHaveLength(2)
  })
})

describe('trying now', () => {
  test('brings the next attempt of a waiting delivery forward', async () => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const { delivery, name } = await deliver('waiting')
    signalbox.current.receiver.answerWith(answerStatus(200))
    expect((await act(admin(), delivery['id'], 'try-now')).status).toBe(200)
    expect(await ended(delivery['id'])).toMatchObject({ state: 'succeeded', attempts: 2 })
    expect(requestsOf(name)).toHaveLength(2)
    expect((await act(admin(), delivery['id'], 'try-now')).body).toMatchObject({ type: '/problems/delivery-finished' })
  })

  test('is refused for what is held, with what holds it', async () => {
    const { delivery } = await deliver('held')
    expect((await act(admin(), delivery['id'], 'try-now')).body).toMatchObject({
      type: '/problems/delivery-held',
      detail: 'It is held because the webhook is paused or disabled. Resume that, and it is sent.',
    })
  })

  test('what is due already is answered as it is, and nothing is recorded', async () => {
    let letGo = (): void => {}
    signalbox.current.receiver.answerWith((_request, response) => void (letGo = () => response.writeHead(200).end()))
    const first = await deliver('sending', { concurrency_max: 1 })
    await waitFor('the request to arrive', () => requestsOf(first.name).length > 0)
    const { id } = await signalbox.current.record({ name: first.name })
    const [due] = (await admin().must('GET', `/deliveries?event=${id}`))['items']
    expect(due).toMatchObject({ state: 'waiting' })
    for (const delivery of [due, first.delivery]) {
      const { state } = delivery
      expect((await act(admin(), delivery['id'], 'try-now')).body).toMatchObject({ id: delivery['id'], state })
      expect(await auditOf(delivery['id'])).toEqual([])
    }
    signalbox.current.receiver.answerWith(answerStatus(200))
    letGo()
    await signalbox.current.ended(id)
  })

  test('says that it is held also when that happens at the same moment', async () => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const { delivery, automation } = await deliver('waiting')
    signalbox.current.receiver.answerWith(answerStatus(200))
    await withDatabase(async (pausing) => {
      await pausing.query('begin')
      const id = automation['id'].replace('aut_', '')
      await pausing.query(`update automation_revisions set paused_reason = 'a test' where automation_id = $1`, [id])
      await pausing.query('update queue set state = 2 where automation_id = $1', [id])
      const tried = act(admin(), delivery['id'], 'try-now')
      // From outside: within a transaction the activity stays as it was first read.
      await withDatabase((watching) =>
        waitFor('the call to wait for the row', async () => {
          const { rows } = await watching.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'with waiting as%'`,
          )
          return rows.length > 0
        }),
      )
      await pausing.query('commit')
      expect((await tried).body).toMatchObject({
        type: '/problems/delivery-held',
        detail: expect.stringContaining('the automation is paused'),
      })
    })
  })
})

describe('cancelling', () => {
  test.each(['waiting', 'held'])('ends a delivery that is %s, and it is sent no more', async (state) => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const { delivery, webhook, name } = await deliver(state)
    signalbox.current.receiver.answerWith(answerStatus(200))
    const sent = requestsOf(name).length
    const cancelled = await act(admin(), delivery['id'], 'cancel')
    expect(cancelled.body).toMatchObject({ state: 'cancelled', reason: 'cancelled by ada' })
    await admin().must('POST', `/webhooks/${webhook['id']}/resume`)
    expect((await act(admin(), delivery['id'], 'cancel')).body).toMatchObject({ type: '/problems/delivery-finished' })
    expect(requestsOf(name)).toHaveLength(sent)
  })

  test('is refused while an attempt is under way', async () => {
    let letGo = (): void => {}
    signalbox.current.receiver.answerWith((_request, response) => void (letGo = () => response.writeHead(200).end()))
    const { delivery } = await deliver('sending')
    expect((await act(admin(), delivery['id'], 'cancel')).body).toMatchObject({ type: '/problems/delivery-sending' })
    await waitFor('the request to arrive', () => requestsOf('event-').length > 0)
    letGo()
    signalbox.current.receiver.answerWith(answerStatus(200))
    expect(await ended(delivery['id'])).toMatchObject({ state: 'succeeded' })
  })

  test('the head of an order lets the next delivery of its subject go', async () => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const { delivery, name } = await deliver('waiting', { in_order: true })
    signalbox.current.receiver.answerWith(answerStatus(200))
    const next = await signalbox.current.record({ name })
    const behind = async () => (await admin().must('GET', `/deliveries?event=${next.id}`))['items'][0]
    expect(await behind()).toMatchObject({ state: 'waiting', attempts: 0 })
    await act(admin(), delivery['id'], 'cancel')
    expect(await ended((await behind()).id)).toMatchObject({ state: 'succeeded' })
    expect(requestsOf(name)).toHaveLength(2)
  })

  test('a redelivery keeps telling what it repeats, and who ended it', async () => {
    const { delivery, webhook } = await deliver('succeeded')
    await admin().must('POST', `/webhooks/${webhook['id']}/pause`)
    const again = await act(admin(), delivery['id'], 'redeliver', {})
    expect((await act(admin(), again.body.id, 'cancel')).body).toMatchObject({
      state: 'cancelled',
      reason: 'cancelled by ada',
      redelivery_of: delivery['id'],
    })
    expect(await auditOf(again.body.id)).toMatchObject([{ action: 'delivery.cancel' }])
  })

  test('at the moment it is tried leaves one truth: cancelled and not sent again, or sent and not cancelled', async () => {
    signalbox.current.receiver.answerWith(answerStatus(503))
    const waiting = await Promise.all(Array.from({ length: 12 }, () => deliver('waiting')))
    signalbox.current.receiver.answerWith(answerStatus(200))
    await Promise.all(
      waiting.flatMap(({ delivery }) => [
        act(admin(), delivery['id'], 'try-now'),
        act(admin(), delivery['id'], 'cancel'),
      ]),
    )
    for (const { delivery, name } of waiting) {
      const { state, attempts } = await ended(delivery['id'])
      expect(['cancelled', 'succeeded']).toContain(state)
      expect(attempts).toBe(state === 'cancelled' ? 1 : 2)
      expect(requestsOf(name)).toHaveLength(attempts)
    }
  })
})

test('only members of the webhook’s team do anything with a delivery', async () => {
  const { delivery } = await deliver('succeeded')
  for (const [verb, body] of [
    ['redeliver', {}],
    ['redeliver/dry-run', undefined],
    ['try-now', undefined],
    ['cancel', undefined],
  ] as const) {
    expect(await viewer.must('GET', `/deliveries/${delivery['id']}`)).toMatchObject({ may_act: false })
    expect(await admin().must('GET', `/deliveries/${delivery['id']}`)).toMatchObject({ may_act: true })
    expect((await act(viewer, delivery['id'], verb, body)).body).toMatchObject({
      status: 403,
      detail: expect.stringMatching(/takes the role member in team vision; yours is viewer\.$/),
    })
    expect((await act(colleague, delivery['id'], verb, body)).status).toBe(404)
  }
})

describe('of an event that also happened where one sees nothing', () => {
  let event: string
  let shown: string
  let hidden: string

  beforeAll(async () => {
    const [open, closed] = [await makeRegistry(signalbox.current), await makeRegistry(signalbox.current)]
    await admin().must('PATCH', `/registries/${closed.registry}`, { visibility: 'restricted' })
    await admin().must('POST', '/organizations/acme/teams', { name: 'quiet' })
    await admin().must('POST', '/teams/quiet/secrets', { name: 'PROJECT_X_TOKEN', value: 'a-token-of-some-length' })
    const webhook = await admin().must('POST', '/teams/quiet/webhooks', {
      name: 'hook',
      url: `${signalbox.current.receiver.url}/hook`,
      granted_secrets: ['PROJECT_X_TOKEN'],
    })
    const automate = async (registry: string, name: string, action: object) =>
      String(
        (
          await admin().must('POST', `/projects/${registry}/automations`, {
            name,
            event_type: 'ADD_ARTIFACT_TAG',
            action,
          })
        )['id'],
      )
    const send = { type: 'webhook', webhook: webhook['id'], template: '{}' }
    hidden = await automate(closed.registry, 'first of what is hidden', send)
    for (const name of ['a', 'b', 'c']) await automate(closed.registry, name, { type: 'no_op' })
    shown = await automate(open.registry, 'shown', send)
    await automate(open.registry, 'another', { type: 'no_op' })
    for (const name of ['d', 'e', 'f']) await automate(closed.registry, name, send)
    const version = await open.version()
    for (const registry of [open, closed]) await registry.link(version['id'])
    await admin().must('DELETE', '/teams/quiet/secrets/PROJECT_X_TOKEN?force=true')
    await admin().must('POST', `/versions/${version['id']}/tags`, { tags: ['seen'] })
    event = (await admin().must('GET', '/projects/demo/events?limit=1'))['items'][0].id
  })

  const list = async (asker: Client, query = ''): Promise<{ items: Record<string, any>[]; next: string | null }> =>
    asker.must('GET', `/deliveries?event=${event}${query}`)

  test('only deliveries of automations that one sees are listed, in full pages, and can be read', async () => {
    const all = (await list(admin())).items
    expect(all).toHaveLength(9)
    const first = await list(viewer, '&limit=1')
    const second = await list(viewer, `&limit=1&cursor=${first.next}`)
    expect([first.items.length, second.items.length, second.next]).toEqual([1, 1, null])
    const seen = [...first.items, ...second.items].map(({ id }) => String(id))
    const { judgements } = await viewer.must<{ judgements: { delivery: string | null }[] }>(
      'GET',
      `/events/${event}/explanation`,
    )
    const explained = judgements.flatMap(({ delivery }) => delivery ?? [])
    expect(seen.toSorted()).toEqual(explained.toSorted())
    // What sends nothing is the team's where the event happened, whose automation it ever was.
    expect((await list(viewer, '&team=vision')).items).toMatchObject([{ webhook: null }])
    for (const { id, automation } of all)
      expect((await viewer.call('GET', `/deliveries/${id}`)).status, automation).toBe(seen.includes(id) ? 200 : 404)
    await admin().must('DELETE', `/automations/${shown}`)
    expect((await list(viewer)).items).toHaveLength(2)
  })

  test('neither a secret nor a team nor a person is named to who may see neither', async () => {
    const { id } = (await list(viewer)).items.find(({ automation }) => automation === shown)!
    const listed = (await list(viewer)).items.map(({ reason }) => String(reason))
    expect(listed.toSorted()).toEqual([
      'the action is a no-op: nothing was sent',
      'the webhook uses secrets that are gone',
    ])
    const read = await viewer.must('GET', `/deliveries/${id}`)
    expect(read).toMatchObject({ details: 'hidden', may_act: false, reason: 'the webhook uses secrets that are gone' })
    const refused = await act(viewer, id, 'redeliver', {})
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringMatching(/ in its team; yours is none/) },
    })
    expect(JSON.stringify([await list(viewer), read, refused.body])).not.toMatch(/quiet|PROJECT_X/)
    expect(await admin().must('GET', `/deliveries/${id}`)).toMatchObject({
      reason: 'the webhook uses secrets that are gone: PROJECT_X_TOKEN',
    })
    await admin().must('PUT', '/teams/quiet/members/viewer', { role: 'viewer' })
    expect((await list(viewer)).items.filter(({ automation }) => automation === hidden)).toMatchObject([
      { reason: 'the webhook uses secrets that are gone: PROJECT_X_TOKEN' },
    ])
    await admin().must('DELETE', '/teams/quiet/members/viewer')
  })

  test('a member of the webhook’s team who may not read the automation is told that it would not fire, and not why', async () => {
    await admin().must('PATCH', `/automations/${hidden}`, { revision: 1, filter: { tag: 'of a hidden plan' } })
    await admin().must('PUT', '/teams/quiet/members/viewer', { role: 'member' })
    const { id } = (await list(viewer)).items.find(({ automation }) => automation === hidden)!
    expect((await viewer.call('GET', `/automations/${hidden}`)).status).toBe(404)
    const { body } = await act(viewer, id, 'redeliver/dry-run')
    expect(body).toMatchObject({ payload: '{}', webhook_name: 'hook', matches: false, reason: null })
    expect((await act(admin(), id, 'redeliver/dry-run')).body.reason).toContain('of a hidden plan')
    await admin().must('DELETE', '/teams/quiet/members/viewer')
  })
})

describe('the history', () => {
  test('is narrowed down by several nouns, states and instants, in full pages', async () => {
    const first = await deliver('succeeded')
    const between = new Date().toISOString()
    const { id } = await signalbox.current.record({ name: first.name })
    await signalbox.current.ended(id)
    for (let made = 0; made < 3; made++)
      await signalbox.current.ended((await signalbox.current.record({ name: first.name })).id)
    const list = async (query: string): Promise<string[]> =>
      (await admin().must('GET', `/deliveries?${query}`))['items'].map(({ event }: { event: string }) => event)
    const all = `team=vision&webhook=${first.webhook['id']}&automation=${first.automation['id']}`
    expect(await list(`${all}&event=${id}`)).toEqual([id])
    expect(await list(`${all}&before=${between}`)).toEqual([first.event.id])
    expect(await list(`${all}&after=${between}`)).toHaveLength(4)
    expect(await list(`${all}&after=${between}&state=failed`)).toEqual([])
    expect(await list(`${all}&after=0001-01-01T00:00:00Z`)).toHaveLength(5)
    expect(await list(`${all}&before=1969-12-31T23:59:59.999Z`)).toEqual([])
    const page = await admin().must('GET', `/deliveries?${all}&after=${between}&limit=3`)
    expect(page['items']).toHaveLength(3)
    expect(await list(`${all}&after=${between}&limit=3&cursor=${page['next']}`)).toEqual([id])
    const other = await deliver('held')
    expect(await list(`webhook=${first.webhook['id']}&automation=${other.automation['id']}`)).toEqual([])
    expect(await list(`team=vision&event=${other.event.id}&state=held`)).toEqual([other.event.id])
    expect(await list(`webhook=${other.webhook['id']}&state=waiting`)).toEqual([])
    expect((await colleague.call('GET', `/deliveries?${all}`)).status).toBe(404)
  })

  test('of what is held comes in full pages, whatever waits beside it', async () => {
    const { webhook, automation, name } = await deliver('held')
    for (let made = 0; made < 4; made++) await signalbox.current.record({ name })
    for (const by of [`webhook=${webhook['id']}`, `automation=${automation['id']}`, 'team=vision']) {
      const held = await admin().must('GET', `/deliveries?${by}&state=held&limit=2`)
      expect(held['items'], by).toHaveLength(2)
      expect(held['next'], by).not.toBeNull()
    }
  })
})
