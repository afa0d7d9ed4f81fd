import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Stats, statsLimits, WebhookStats } from '../../src/contract/stats.ts'
import { spellId, spellUuid, uuidFloor } from '../../src/server/base/ids.ts'
import { limits } from '../../src/server/base/limits.ts'
import { finishedStatus, laneOf, queueState } from '../../src/server/deliveries/delivery.ts'
import { metOutcome } from '../../src/server/deliveries/met-outcome.ts'
import type { FinishedStatus, LaneName, QueueState } from '../../src/server/deliveries/delivery.ts'
import { as, useApp, type Asker } from '../support/app.ts'
import { makeRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'

const app = useApp()
const signalbox = useSignalbox()
const minuteMs = 60_000
let made = 0

interface TestWebhook {
  readonly id: number
  readonly teamId: number
}

/** A webhook with its lane, in the app's team. */
async function aWebhook(
  lane: { paused?: boolean; breakerUntil?: Date; disabled?: boolean } = {},
): Promise<TestWebhook> {
  const { paused = false, disabled = false, breakerUntil = null } = lane
  const [webhook] = await app.db.query<{ id: number }>(
    `insert into webhooks(entity_id, name, url, timeout_ms, retry, concurrency_max, changed_in, paused_at, disabled_at)
     values ($1, $2, 'http://127.0.0.1:1/', 1000, '{}', 10, 0, $3, $4) returning id`,
    [app.team.teamId, `hook ${++made}`, paused ? app.clock.now() : null, disabled ? app.clock.now() : null],
  )
  await app.db.query(
    `insert into lanes(webhook_id, team_id, paused, breaker, breaker_until, failing_since) values ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz - interval '1 minute')`,
    [webhook!.id, app.team.teamId, paused || disabled, breakerUntil === null ? 0 : 1, breakerUntil],
  )
  return { id: webhook!.id, teamId: app.team.teamId }
}

/** An automation of the app's project, that sends to the webhook. */
async function anAutomation(webhook: TestWebhook): Promise<string> {
  const { admin, project } = app.team
  const answer = await app.expectAnswer(
    201,
    as(admin),
    'POST',
    `/projects/${encodeURIComponent(project)}/automations`,
    {
      name: `automation ${++made}`,
      event_type: 'CUSTOM',
      action: { type: 'webhook', webhook: spellId('webhook', webhook.id), template: '{}' },
    },
  )
  return answer.body.id
}

const idAt = (at: Date): string => uuidFloor(at).slice(0, -12) + randomBytes(6).toString('hex')

const minutesAgo = (minutes: number): Date => new Date(app.clock.now().getTime() - minutes * minuteMs)

async function finished(to: TestWebhook, at: Date, as: FinishedStatus, automationId = 900_000): Promise<string> {
  const id = idAt(at)
  await app.db.query(
    `insert into deliveries(id, automation_id, webhook_id, team_id, message_id, subject, subject_seq, in_order, status, attempts, created_at, body)
     values ($1, $2, $3, $4, 'm', 's', 1, false, $5, 1, $6, '[]')`,
    [id, automationId, to.id, to.teamId, finishedStatus[as], at],
  )
  return id
}

/** With attempts behind it, a delivery waits in the lane for retries. */
async function unfinished(
  to: TestWebhook,
  at: Date,
  state: QueueState,
  { automationId = 900_000, lane = 'first' }: { readonly automationId?: number; readonly lane?: LaneName } = {},
): Promise<string> {
  const id = idAt(at)
  await app.db.query(
    `insert into queue(id, automation_id, webhook_id, team_id, message_id, subject, subject_seq, in_order, state, lane, due_at, created_at, body)
     values ($1, $2, $3, $4, 'm', 's', 1, false, $5, $7, $6, $6, '[]')`,
    [id, automationId, to.id, to.teamId, queueState[state], at, laneOf[lane]],
  )
  return id
}

async function attempted(deliveryId: string, number: number, outcome: keyof typeof metOutcome, ms: number | null) {
  await app.db.query(
    'insert into attempts(delivery_id, number, at, outcome, phases_ms) values ($1, $2, now(), $3, $4::real[])',
    [deliveryId, number, metOutcome[outcome], ms === null ? null : [0, 1, 0, ms - 1, 0]],
  )
}

async function read(asker: Asker, query: string): Promise<Stats> {
  const { body } = await app.expectAnswer(200, asker, 'GET', `/stats?${query}`)
  return Stats.strict().parse(body)
}

const ofWebhook = (webhook: TestWebhook, minutes = 60): string =>
  `webhook=${spellId('webhook', webhook.id)}&minutes=${minutes}`

test('each minute tells what became of the deliveries made in it, and those outside the window do not count', async () => {
  const webhook = await aWebhook()
  const present = Math.floor(app.clock.now().getTime() / minuteMs) * minuteMs
  for (const [ago, status] of [
    [0, 'succeeded'],
    [0, 'succeeded'],
    [0, 'failed'],
    [2, 'skipped'],
    [2, 'cancelled'],
    [4, 'expired'],
    [5, 'succeeded'],
  ] as const)
    await finished(webhook, new Date(present - ago * minuteMs), status)
  // The last millisecond of a minute is of that minute.
  await finished(webhook, new Date(present - 1), 'failed')

  const none = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, expired: 0 }
  const stats = await read(as(app.team.viewer), ofWebhook(webhook, 5))
  expect(stats).toMatchObject({
    from: new Date(present - 4 * minuteMs).toISOString(),
    to: app.clock.now().toISOString(),
  })
  expect(stats.buckets).toEqual(
    [{ expired: 1 }, {}, { skipped: 1, cancelled: 1 }, { failed: 1 }, { succeeded: 2, failed: 1 }].map(
      (counts, index) => ({ at: new Date(present - (4 - index) * minuteMs).toISOString(), ...none, ...counts }),
    ),
  )
  expect((await read(as(app.team.viewer), ofWebhook(webhook, 1440))).buckets).toHaveLength(1440)
  expect((await read(as(app.team.viewer), `webhook=${spellId('webhook', webhook.id)}`)).buckets).toHaveLength(60)
})

test('by the hour it looks back for 60 days, and everything is counted from its beginning', async () => {
  const webhook = await aWebhook()
  const hour = 60 * minuteMs
  const present = Math.floor(app.clock.now().getTime() / hour) * hour
  for (const [at, status] of [
    [present, 'succeeded'],
    [present - 1, 'failed'],
    [present - hour, 'succeeded'],
    [present - 60 * 24 * hour + hour, 'expired'],
    [present - 60 * 24 * hour + hour - 1, 'succeeded'],
  ] as const)
    await finished(webhook, new Date(at), status)
  const stats = await read(as(app.team.viewer), `${ofWebhook(webhook, 60 * 24 * 60)}&bucket=hour`)
  expect(stats.buckets).toHaveLength(1440)
  expect(stats.from).toBe(new Date(present - (60 * 24 - 1) * hour).toISOString())
  expect(stats.counted_from).toBe(stats.from)
  expect(stats.buckets.slice(-2)).toMatchObject([
    { at: new Date(present - hour).toISOString(), succeeded: 1, failed: 1 },
    { at: new Date(present).toISOString(), succeeded: 1, failed: 0 },
  ])
  expect(stats.buckets[0]).toMatchObject({ expired: 1, succeeded: 0 })
  const short = await read(as(app.team.viewer), `${ofWebhook(webhook, 90)}&bucket=hour`)
  expect(short.buckets).toEqual(stats.buckets.slice(-2))
})

test('latency is that of the attempts made for them, those of unfinished deliveries too', async () => {
  const webhook = await aWebhook()
  expect((await read(as(app.team.viewer), ofWebhook(webhook))).attempts).toEqual({
    count: 0,
    succeeded: 0,
    p50_ms: null,
    p90_ms: null,
    p99_ms: null,
  })
  for (let ms = 1; ms <= 99; ms++)
    await attempted(await finished(webhook, minutesAgo(1), 'succeeded'), 1, 'succeeded', ms)
  const waiting = await unfinished(webhook, minutesAgo(1), 'waiting', { lane: 'retry' })
  await attempted(waiting, 1, 'unreachable', 101)
  await attempted(waiting, 2, 'interrupted', null)
  await attempted(await finished(webhook, minutesAgo(90), 'failed'), 1, 'rejected', 5_000)
  const { attempts } = await read(as(app.team.viewer), ofWebhook(webhook))
  expect(attempts).toMatchObject({ count: 101, succeeded: 99 })
  expect(attempts.p50_ms).toBeCloseTo(50.5)
  expect(attempts.p90_ms).toBeCloseTo(90.1)
  expect(attempts.p99_ms).toBeCloseTo(99.02)
})

test('what waits is counted whenever it was made, and a paused or disabled webhook holds it', async () => {
  const [open, paused] = [await aWebhook(), await aWebhook({ paused: true })]
  const oldest = await unfinished(open, minutesAgo(3_000), 'waiting')
  for (const state of ['waiting', 'sending', 'held', 'held'] as const) await unfinished(open, minutesAgo(2), state)
  await unfinished(paused, minutesAgo(5_000), 'waiting')
  expect(await read(as(app.team.viewer), ofWebhook(open))).toMatchObject({
    waiting: 2,
    sending: 1,
    held: 2,
    oldest_waiting: { delivery: spellUuid('delivery', oldest), since: minutesAgo(3_000).toISOString() },
    lanes: [],
  })
  expect(await read(as(app.team.viewer), ofWebhook(paused))).toMatchObject({
    waiting: 0,
    sending: 0,
    held: 1,
    oldest_waiting: null,
    lanes: [{ webhook: spellId('webhook', paused.id), state: 'paused', waiting: 1 }],
  })
})

test('webhooks to which nothing goes are named, with the reason and since or until when', async () => {
  const until = new Date(app.clock.now().getTime() + 30_000)
  const broken = await aWebhook({ breakerUntil: until })
  const disabled = await aWebhook({ disabled: true, paused: true })
  const deleted = await aWebhook({ paused: true })
  await app.db.query('update webhooks set archived_at = now() where id = $1', [deleted.id])
  await unfinished(broken, minutesAgo(1), 'waiting')
  const { lanes } = await read(as(app.team.viewer), `team=${app.team.team}`)
  const named = (webhook: TestWebhook) => lanes.filter((lane) => lane.webhook === spellId('webhook', webhook.id))
  expect(named(broken)).toMatchObject([
    {
      state: 'broken',
      since: new Date(until.getTime() - minuteMs).toISOString(),
      until: until.toISOString(),
      waiting: 1,
    },
  ])
  expect(named(disabled)).toMatchObject([{ state: 'disabled', since: app.clock.now().toISOString(), until: null }])
  expect(named(deleted)).toEqual([])
})

test('an automation has the deliveries of its own, to all the webhooks it ever had', async () => {
  const [before, after] = [await aWebhook({ paused: true }), await aWebhook({ paused: true })]
  const automation = await anAutomation(before)
  const id = Number(automation.split('_')[1])
  const action = { type: 'webhook', webhook: spellId('webhook', after.id), template: '{}' }
  await app.expectAnswer(200, as(app.team.admin), 'PATCH', `/automations/${automation}`, { revision: 1, action })
  for (const webhook of [before, after]) {
    for (const of of [id, id + 1_000]) {
      await attempted(await finished(webhook, minutesAgo(0), 'succeeded', of), 1, 'succeeded', 10)
      await attempted(
        await unfinished(webhook, minutesAgo(0), 'waiting', { automationId: of, lane: 'retry' }),
        1,
        'rejected',
        10,
      )
      await unfinished(webhook, minutesAgo(0), 'sending', { automationId: of })
    }
  }
  const stats = await read(as(app.team.viewer), `automation=${automation}&minutes=1`)
  expect(stats.buckets).toMatchObject([{ succeeded: 2 }])
  expect(stats).toMatchObject({ attempts: { count: 4, succeeded: 2 }, sending: 2, waiting: 0, held: 2 })
  expect(stats.lanes.map(({ webhook_name: name }) => typeof name)).toEqual(['string', 'string'])
})

test('members of the team read them, and whoever may read an automation; for others there is nothing', async () => {
  const { team, viewer, organizationAdmin, colleague, stranger } = app.team
  const webhook = await aWebhook({ paused: true })
  const automation = await anAutomation(webhook)
  for (const query of [`team=${team}`, ofWebhook(webhook), `automation=${automation}`]) {
    for (const asker of [viewer, organizationAdmin]) await app.expectAnswer(200, as(asker), 'GET', `/stats?${query}`)
    for (const asker of [colleague, stranger]) {
      const { body } = await app.expectAnswer(404, as(asker), 'GET', `/stats?${query}`)
      expect(body.type).toBe('/problems/not-found')
    }
  }
  // An open registry's automations are the whole organization's to see, the webhooks of a team are not.
  const [registry] = await app.db.query<{ id: number }>(
    `insert into projects(entity_id, name, visibility) select id, $2, 'organization' from entities where name_key = $1 returning id`,
    [app.team.organization, `wandb-registry-${++made}`],
  )
  await app.db.query(
    `update rule_sets set project_id = $1 where id = (select rule_set_id from automations where id = $2)`,
    [registry!.id, Number(automation.split('_')[1])],
  )
  const { lanes } = await read(as(colleague), `automation=${automation}`)
  expect(lanes).toMatchObject([{ webhook: spellId('webhook', webhook.id), webhook_name: null, state: 'paused' }])
})

test('a query that makes no sense is refused, with every mistake at its place', async () => {
  const { team, viewer } = app.team
  for (const [query, pointers] of [
    ['', ['#/query/team']],
    [`team=${team}&webhook=whk_1`, ['#/query/webhook']],
    [`webhook=whk_1&automation=aut_1`, ['#/query/automation']],
    [`team=${team}&minutes=0`, ['#/query/minutes']],
    [`team=${team}&minutes=1441`, ['#/query/minutes']],
    [`team=${team}&minutes=86401&bucket=hour`, ['#/query/minutes']],
    [`team=${team}&bucket=day`, ['#/query/bucket']],
    [`team=${team}&minutes=1.5`, ['#/query/minutes']],
    [`team=${team}&minutes=x&event=evt_1`, ['#/query/minutes', '#/query/event']],
  ] as const) {
    const { body } = await app.expectAnswer(422, as(viewer), 'GET', `/stats?${query}`)
    expect(new Set(body.errors.map(({ pointer }) => pointer))).toEqual(new Set(pointers))
  }
  for (const query of ['webhook=aut_1', 'webhook=whk_0', 'automation=nonsense', 'team=nobody'])
    await app.expectAnswer(404, as(viewer), 'GET', `/stats?${query}`)
})

test('what a delivery did is there as soon as it has ended', async () => {
  const { admin, makeWebhook, makeAutomation, record, ended } = signalbox.current
  const webhook = await makeWebhook()
  await makeAutomation(webhook.id)
  await ended((await record()).id)
  const stats = await admin.must<Stats>('GET', `/stats?webhook=${webhook.id}&minutes=5`)
  expect(stats.buckets.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(1)
  expect(stats.attempts).toMatchObject({ count: 1, succeeded: 1, p50_ms: expect.any(Number) })
  expect(stats.attempts.p99_ms).toBeGreaterThan(0)
})

test('a team’s tell what was recorded in its places and in the registries it sees, and what of it fired', async () => {
  const { admin, record, ended, makeWebhook } = signalbox.current
  const read = async (asker = admin) => (await asker.must<Stats>('GET', '/stats?team=vision&minutes=60')).events!
  const before = await read()
  const place = await makeRegistry(signalbox.current)
  const action = { type: 'webhook', webhook: (await makeWebhook()).id, template: '{}' }
  const { id } = await admin.must('POST', `/projects/${place.registry}/automations`, {
    name: 'counted',
    event_type: 'LINK_ARTIFACT',
    action,
  })
  await place.link((await place.version())['id'])
  const [link] = (await place.events(place.registry)).filter(({ type }) => type === 'LINK_ARTIFACT')
  await ended(link!['id'])
  await record({ name: 'of no interest' })
  const after = await read()
  expect(after.fired - before.fired).toBeGreaterThanOrEqual(1)
  // What the registry, its collection, the version and its link made, and the event of no interest.
  expect(after.recorded - before.recorded).toBeGreaterThan(after.fired - before.fired)
  expect((await admin.must<Stats>('GET', `/stats?automation=${id}`)).events).toBeNull()

  const person = { name: 'viewer-of-vision', password: 'correct horse battery' }
  await admin.must('POST', '/organizations/acme/people', person)
  await admin.must('PUT', `/teams/vision/members/${person.name}`, { role: 'viewer' })
  const viewer = signalbox.current.as((await admin.must<{ key: string }>('POST', '/sign-in', person)).key)
  expect(await read(viewer)).toEqual(after)
  await admin.must('PATCH', `/registries/${place.registry}`, { visibility: 'restricted' })
  expect((await read(viewer)).recorded).toBeLessThan(after.recorded)
})

test('each webhook of a team tells its last day, page by page, to whoever is in the team', async () => {
  const [first, second, silent] = [await aWebhook(), await aWebhook(), await aWebhook()]
  await finished(first, minutesAgo(26 * 60), 'succeeded')
  await finished(first, minutesAgo(3 * 60), 'succeeded')
  const failed = await finished(first, minutesAgo(60), 'failed')
  await attempted(failed, 1, 'rejected', 40)
  const expired = await finished(second, minutesAgo(1), 'expired')
  const items: WebhookStats[] = []
  for (let cursor = ''; ;) {
    const path = `/teams/${app.team.team}/webhook-stats?limit=2${cursor}`
    const { body } = await app.expectAnswer(200, as(app.team.viewer), 'GET', path)
    items.push(...body.items.map((item) => WebhookStats.strict().parse(item)))
    if (body.next === null) break
    cursor = `&cursor=${body.next}`
  }
  const of = (webhook: TestWebhook) => items.filter((item) => item.webhook === spellId('webhook', webhook.id))
  const sums = (webhook: TestWebhook) => {
    const [{ hours, p99_ms, last_delivery } = expect.fail()] = of(webhook)
    const sum = (count: 'succeeded' | 'failed') => hours.reduce((total, hour) => total + hour[count], 0)
    return [hours.length, sum('succeeded'), sum('failed'), p99_ms, last_delivery?.id ?? null]
  }
  expect(sums(first)).toEqual([24, 1, 1, 40, spellUuid('delivery', failed)])
  expect(sums(second)).toEqual([24, 0, 1, null, spellUuid('delivery', expired)])
  expect(sums(silent)).toEqual([24, 0, 0, null, null])
  expect(new Set(items.map(({ webhook }) => webhook)).size).toBe(items.length)
  await app.expectAnswer(404, as(app.team.stranger), 'GET', `/teams/${app.team.team}/webhook-stats`)
})

test('the limits of the contract are those of the server', () => {
  expect(statsLimits).toEqual({
    minutesMax: limits.statsMinutesMax,
    minutesDefault: limits.statsMinutesDefault,
    bucketsMax: limits.statsBucketsMax,
  })
})
