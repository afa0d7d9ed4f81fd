import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { redeliveryLimits, type MassRedelivery } from '../../src/contract/redelivery.ts'
import { limits } from '../../src/server/base/limits.ts'
import { deliverMany } from '../support/failed-deliveries.ts'
import { answerStatus } from '../support/receiver.ts'
import { withClient } from '../support/database.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
const admin = () => signalbox.current.admin
const fast = { rate_per_second: redeliveryLimits.ratePerSecondMax }

const start = (body: object) => admin().must<MassRedelivery>('POST', '/redeliveries', body)
const read = (id: string) => admin().must<MassRedelivery>('GET', `/redeliveries/${id}`)
const estimate = (body: object) => admin().must('POST', '/redelivery-estimates', body)

/** As it is when nothing of it is under way any more. */
function over(id: string, limitMs = 30_000): Promise<MassRedelivery> {
  return waitFor(
    `${id} to be over`,
    async () => {
      const now = await read(id)
      return (now.state === 'done' || now.state === 'stopped') && now.under_way === 0 ? now : undefined
    },
    limitMs,
  )
}

const withDatabase = <T>(use: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(signalbox.current.databaseUrl, use)

describe('redelivering many', () => {
  test('sends what the estimate counted, each once, the same bytes under the same webhook-id', async () => {
    const failed = await deliverMany(signalbox.current, 30)
    await failed.record(5)
    await waitFor('five to succeed', async () => (await failed.list('succeeded')).length === 5)
    const filter = { webhook: failed.webhook }
    const before = await failed.list('failed')
    const told = await estimate({ ...filter, rate_per_second: 15 })
    expect(told).toEqual({
      count: 30,
      oldest: before.at(-1)!['created_at'],
      newest: before[0]!['created_at'],
      rate_per_second: 15,
      seconds: 2,
    })
    const requestsBefore = failed.requests().length
    const { id, total } = await start({ ...filter, ...fast })
    expect(total).toBe(30)
    expect(await over(id)).toMatchObject({
      state: 'done',
      total: 30,
      made: 30,
      succeeded: 30,
      failed: 0,
      skipped: 0,
      skipped_because: [],
      created_by: 'ada',
      webhook: failed.webhook,
    })
    const again = failed.requests().slice(requestsBefore)
    const messageIds = await Promise.all(
      before.map(async ({ id: one }) => (await admin().must('GET', `/deliveries/${one}`))['message_id']),
    )
    expect(new Set(again.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(messageIds))
    expect(again).toHaveLength(30)
    const made = (await failed.list('succeeded')).filter(({ redelivery_of: of }) => of !== null)
    expect(made).toHaveLength(30)
    expect(new Set(made.map(({ redelivery_of: of }) => of))).toEqual(new Set(before.map(({ id: one }) => one)))
    const { items } = await admin().must('GET', `/teams/vision/audit?subject=${id}`)
    expect(items).toMatchObject([{ action: 'redelivery.start', actor: 'ada', details: { mode: 'same', total: 30 } }])
  })

  test('leaves out what was redelivered before; what failed again counts in its place', async () => {
    const failed = await deliverMany(signalbox.current, 4)
    signalbox.current.receiver.answerWith(answerStatus(503))
    const { id } = await start({ webhook: failed.webhook, ...fast })
    expect(await over(id)).toMatchObject({ made: 4, succeeded: 0, failed: 4 })
    signalbox.current.receiver.answerWith(answerStatus(200))
    expect(await estimate({ webhook: failed.webhook })).toMatchObject({ count: 4 })
    await over((await start({ webhook: failed.webhook, ...fast })).id)
    expect(await estimate({ webhook: failed.webhook })).toMatchObject({
      count: 0,
      oldest: null,
      newest: null,
      seconds: 0,
    })
    const answer = await admin().call('POST', '/redeliveries', { webhook: failed.webhook })
    expect(answer.body).toMatchObject({ status: 409, type: '/problems/not-redeliverable' })
  })

  test('started twice at once, sends nothing twice', async () => {
    const failed = await deliverMany(signalbox.current, 120)
    const both = await Promise.all([1, 2].map(() => start({ webhook: failed.webhook, rate_per_second: 200 })))
    const [one, two] = await Promise.all(both.map(({ id }) => over(id)))
    expect(one!.made + two!.made).toBe(120)
    expect(one!.made + one!.skipped).toBe(one!.total)
    expect(two!.made + two!.skipped).toBe(two!.total)
    const sent = failed.requests().map(({ headers }) => headers['webhook-id'])
    expect(sent).toHaveLength(120)
    expect(new Set(sent).size).toBe(120)
  })

  test('goes over what there was when it was started, and nothing that came later', async () => {
    const failed = await deliverMany(signalbox.current, 8)
    const { id } = await start({ webhook: failed.webhook, rate_per_second: 5 })
    await waitFor('the first', async () => (await read(id)).made > 0)
    signalbox.current.receiver.answerWith((request, response) =>
      response.writeHead(request.body.toString().includes('"n": 2') ? 404 : 200).end(),
    )
    await failed.record(3)
    await waitFor('three more to end', async () => (await failed.list('succeeded')).length >= 2)
    signalbox.current.receiver.answerWith(answerStatus(200))
    expect(await over(id)).toMatchObject({ total: 8, made: 8 })
  })

  test('pauses, goes on and stops; what it made goes on', async () => {
    const failed = await deliverMany(signalbox.current, 60)
    const { id } = await start({ webhook: failed.webhook, rate_per_second: 20 })
    await waitFor('some to be made', async () => (await read(id)).made >= 5)
    const paused = await admin().must<MassRedelivery>('POST', `/redeliveries/${id}/pause`)
    expect(paused).toMatchObject({ state: 'paused', finished_at: null })
    await waitFor('what is under way to end', async () => (await read(id)).under_way === 0)
    // A redelivery of its own meanwhile: the loop looks, and passes over what is paused.
    const other = await deliverMany(signalbox.current, 20)
    await over((await start({ webhook: other.webhook, rate_per_second: 20 })).id)
    expect(await read(id)).toMatchObject({ state: 'paused', made: paused.made, succeeded: paused.made })
    expect(failed.requests()).toHaveLength(paused.made)

    await admin().must('POST', `/redeliveries/${id}/resume`)
    await waitFor('more to be made', async () => (await read(id)).made > paused.made)
    const stopped = await admin().must<MassRedelivery>('POST', `/redeliveries/${id}/stop`)
    expect(stopped.made).toBeLessThan(60)
    expect(await over(id)).toMatchObject({
      state: 'stopped',
      made: stopped.made,
      succeeded: stopped.made,
      reason: null,
    })
    expect(await admin().must('POST', `/redeliveries/${id}/stop`)).toMatchObject({ state: 'stopped' })
    for (const act of ['pause', 'resume'])
      expect((await admin().call('POST', `/redeliveries/${id}/${act}`)).body).toMatchObject({
        status: 409,
        type: '/problems/redelivery-over',
      })
    expect(failed.requests()).toHaveLength(stopped.made)
    const { items } = await admin().must('GET', `/teams/vision/audit?subject=${id}`)
    expect(items.map(({ action }: { action: string }) => action)).toEqual(
      ['stop', 'resume', 'pause', 'start'].map((act) => `redelivery.${act}`),
    )
    const { items: listed } = await admin().must('GET', '/redeliveries?team=vision')
    expect(listed.find((one: MassRedelivery) => one.id === id)).toMatchObject({ state: 'stopped', made: stopped.made })
  })

  test('of thousands keeps a bounded number under way, and first attempts do not wait for them', async () => {
    const failed = await deliverMany(signalbox.current, 2_500, { concurrency_max: 50 })
    await admin().must('POST', `/webhooks/${failed.webhook}/pause`)
    const { id } = await start({ webhook: failed.webhook, ...fast })
    await waitFor(
      'as many as may be under way',
      async () => (await read(id)).under_way === limits.redeliveryUnderWayMax,
      30_000,
    )
    const waitingNow = await withDatabase((client) =>
      client.query('select count(*)::int as n from queue where webhook_id = $1', [failed.webhook.slice(4)]),
    )
    expect(waitingNow.rows).toEqual([{ n: limits.redeliveryUnderWayMax }])
    await admin().must('POST', '/projects/demo/events', { name: failed.name, data: { fresh: true } })
    await admin().must('POST', `/webhooks/${failed.webhook}/resume`)
    await waitFor('the fresh one', () => failed.requests().some(({ body }) => body.toString().includes('fresh')))
    const place = failed.requests().findIndex(({ body }) => body.toString().includes('fresh'))
    expect(place).toBeLessThan(limits.redeliveryUnderWayMax / 2)
    expect(await over(id, 60_000)).toMatchObject({ total: 2_500, made: 2_500, succeeded: 2_500 })
    const ids = failed.requests().map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2_501)
    expect(new Set(ids).size).toBe(2_501)
  })

  test('counts what cannot be redelivered by its reason, and goes on', async () => {
    const failed = await deliverMany(signalbox.current, 3)
    await admin().must('DELETE', `/automations/${failed.automation}`)
    const anew = await over((await start({ webhook: failed.webhook, mode: 'anew', ...fast })).id)
    expect(anew).toMatchObject({
      state: 'done',
      made: 0,
      skipped: 3,
      skipped_because: [{ reason: 'Its automation was deleted: redeliver the same instead.', count: 3 }],
    })
    expect(await over((await start({ webhook: failed.webhook, ...fast })).id)).toMatchObject({ made: 3, skipped: 0 })
  })

  test('anew renders what the automation says today', async () => {
    const failed = await deliverMany(signalbox.current, 3)
    await admin().must('PATCH', `/automations/${failed.automation}`, {
      revision: 1,
      action: { type: 'webhook', webhook: failed.webhook, template: `{"anew": "\${event_name}"}` },
    })
    await over((await start({ webhook: failed.webhook, mode: 'anew', ...fast })).id)
    const bodies = failed.requests().map(({ body }) => body.toString())
    expect(bodies).toEqual(Array.from({ length: 3 }, () => `{"anew": "${failed.name}"}`))
  })

  test('is stopped when whoever started it may redeliver no more', async () => {
    const password = 'correct horse battery'
    await admin().must('POST', '/organizations/acme/people', { name: 'leaver', password })
    await admin().must('PUT', '/teams/vision/members/leaver', { role: 'member' })
    const { key } = await admin().must<{ key: string }>('POST', '/sign-in', { name: 'leaver', password })
    const failed = await deliverMany(signalbox.current, 40)
    const leaver = signalbox.current.as(key)
    const { id } = await leaver.must<MassRedelivery>('POST', '/redeliveries', {
      webhook: failed.webhook,
      rate_per_second: 10,
    })
    await waitFor('the first', async () => (await read(id)).made > 0)
    await admin().must('PUT', '/teams/vision/members/leaver', { role: 'viewer' })
    expect(await over(id)).toMatchObject({
      state: 'stopped',
      reason: 'Whoever started it may not redeliver here any more.',
    })
    expect((await read(id)).made).toBeLessThan(40)
  })
})

describe('a filter of many', () => {
  test('chooses by automation, state, answer, event type and time', async () => {
    const failed = await deliverMany(signalbox.current, 3, { answer: answerStatus(404) })
    const [newest] = await failed.list()
    const { automation } = failed
    const counts = async (more: object) => (await estimate({ automation, ...more }))['count']
    expect(await counts({})).toBe(3)
    expect(await counts({ codes: ['4xx'] })).toBe(3)
    expect(await counts({ codes: ['5xx', 'none'] })).toBe(0)
    expect(await counts({ event_type: 'CUSTOM' })).toBe(3)
    expect(await counts({ event_type: 'LINK_ARTIFACT' })).toBe(0)
    expect(await counts({ states: ['succeeded'] })).toBe(0)
    expect(await counts({ states: ['succeeded', 'failed', 'failed'] })).toBe(3)
    expect(await counts({ team: 'vision', webhook: failed.webhook })).toBe(3)
    const { created_at: at } = newest!
    expect(await counts({ after: new Date(Date.parse(at) + 1).toISOString() })).toBe(0)
    expect(await counts({ before: new Date(Date.parse(at) + 1).toISOString() })).toBe(3)
    expect(await counts({ before: '1969-12-31T00:00:00Z' })).toBe(0)
  })

  test('chooses by project or registry: its automations and those of its collections, of whatever team is named', async () => {
    const failed = await deliverMany(signalbox.current, 2, { answer: answerStatus(404) })
    const { id } = await admin().must('POST', '/projects', { team: 'vision', name: `other-${failed.name}` })
    const { automation, webhook } = failed
    const ofProject = (project: string, more: object = {}) => estimate({ project, automation, ...more })
    expect(await ofProject('demo')).toMatchObject({ count: 2 })
    expect(await ofProject(id, { team: 'vision' })).toMatchObject({ count: 0 })
    const unnamed = await admin().call('POST', '/redelivery-estimates', { project: id })
    expect(unnamed.body).toMatchObject({ status: 422, errors: [{ pointer: '#/team' }] })
    const started = await admin().must('POST', '/redeliveries', { team: 'vision', project: 'demo', webhook })
    expect(started).toMatchObject({ total: 2, project_name: 'demo', project: expect.stringMatching(/^prj_/) })
    expect(await over(started['id'])).toMatchObject({ state: 'done', made: 2 })

    await admin().must('POST', `/webhooks/${webhook}/pause`)
    await failed.record(3)
    const cancelled = (project: string) => admin().must('POST', '/cancellations', { team: 'vision', project, webhook })
    expect(await cancelled(id)).toMatchObject({ cancelled: 0 })
    expect(await cancelled('demo')).toMatchObject({ cancelled: 3 })
  })

  test('that says nothing, or nonsense, is refused with all its mistakes', async () => {
    for (const path of ['/redeliveries', '/redelivery-estimates', '/cancellations', '/cancellation-estimates']) {
      const answer = await admin().call('POST', path, {
        after: '2026-11-24T12:00:00Z',
        before: '2026-11-24T11:00:00Z',
      })
      expect(answer.body, path).toMatchObject({
        status: 422,
        errors: [
          {
            pointer: '#/team',
            detail: expect.stringContaining('is missing, and so are webhook, automation and project'),
          },
          { pointer: '#/before', detail: 'is not later than `after`' },
        ],
      })
      const wrong = await admin().call('POST', path, { team: 'vision', states: ['sending'], codes: ['6xx'], since: 1 })
      expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted(), path).toEqual([
        '#/codes/0',
        '#/since',
        '#/states/0',
      ])
      for (const of of [
        { team: 'nobody' },
        { webhook: 'whk_999999' },
        { automation: 'aut_999999' },
        { project: 'prj_999999' },
      ])
        expect((await admin().call('POST', path, of)).status, `${path} ${JSON.stringify(of)}`).toBe(404)
    }
    await admin().must('POST', '/organizations/acme/teams', { name: 'speech' })
    const { webhook } = await deliverMany(signalbox.current, 1)
    const foreign = await admin().call('POST', '/redelivery-estimates', { team: 'speech', webhook })
    expect(foreign.body).toMatchObject({ status: 422, errors: [{ pointer: '#/webhook' }] })
  })
})

describe('cancelling many', () => {
  test('ends what waits or is held, as counted before, and leaves alone what was sent', async () => {
    const paused = await deliverMany(signalbox.current, 2, { state: 'succeeded', answer: answerStatus(200) })
    const { held: before } = await admin().must('POST', `/webhooks/${paused.webhook}/pause`)
    expect(before).toBe(0)
    await paused.record(12)
    expect(await admin().must('GET', `/webhooks/${paused.webhook}`)).toMatchObject({ paused: true, held: 12 })
    const filter = { webhook: paused.webhook }
    expect(await admin().must('POST', '/cancellation-estimates', filter)).toMatchObject({
      count: 12,
      oldest: expect.any(String),
    })
    expect(await admin().must('POST', '/cancellation-estimates', { ...filter, states: ['waiting'] })).toMatchObject({
      count: 0,
    })
    expect(await admin().must('POST', '/cancellations', filter)).toEqual({ cancelled: 12, more: false })
    const cancelled = await paused.list('cancelled')
    expect(cancelled).toHaveLength(12)
    expect(cancelled[0]).toMatchObject({ reason: 'cancelled by ada' })
    expect(await paused.list('succeeded')).toHaveLength(2)
    expect(await admin().must('POST', `/webhooks/${paused.webhook}/resume`)).toMatchObject({ held: null })
    const { items } = await admin().must('GET', '/teams/vision/audit?action=delivery.cancel_many')
    expect(items[0]).toMatchObject({ details: { cancelled: 12 } })
    expect(await admin().must('POST', '/cancellations', filter)).toEqual({ cancelled: 0, more: false })
    expect((await admin().must('GET', '/teams/vision/audit?action=delivery.cancel_many'))['items']).toHaveLength(
      items.length,
    )
  })

  test('ends retries that wait, of one answer alone', async () => {
    const retry = { attempts_max: 5, delay_ms_min: 3_600_000, delay_ms_max: 3_600_000 }
    const waiting = await deliverMany(signalbox.current, 3, { retry, state: 'waiting', answer: answerStatus(503) })
    const filter = { webhook: waiting.webhook, codes: ['4xx'] }
    expect(await admin().must('POST', '/cancellations', filter)).toMatchObject({ cancelled: 0 })
    expect(await admin().must('POST', '/cancellations', { ...filter, codes: ['5xx'] })).toMatchObject({
      cancelled: 3,
    })
  })
})

test('what the browser knows of limits is what the server keeps', () => {
  expect(redeliveryLimits).toEqual({
    ratePerSecondMin: limits.redeliveryRatePerSecondMin,
    ratePerSecondMax: limits.redeliveryRatePerSecondMax,
    ratePerSecondDefault: limits.redeliveryRatePerSecondDefault,
  })
})
