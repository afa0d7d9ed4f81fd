import { afterEach, expect, test } from 'vitest'
import { redeliveryLimits, type MassRedelivery, type RedeliveryEstimate } from '../../src/contract/redelivery.ts'
import { metOutcome } from '../../src/server/deliveries/met-outcome.ts'
import { makeCluster } from '../support/own-cluster.ts'
import { makeAutomations, makeSetting } from '../support/poured-events.ts'
import { answerStatus } from '../support/receiver.ts'
import { waitFor } from '../support/wait-for.ts'

// All of a long history is redelivered: stopped and begun again, paused and resumed, and its process killed on the way.
const count = Number(process.env['SIGNALBOX_SOAK_REDELIVERIES'] ?? 100_000)

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

test(`${count} deliveries are redelivered: none is lost, and none sent twice but what was being sent at the kill`, async () => {
  const cluster = await makeCluster({ max_wal_size: '4GB' })
  cleanUps.push(() => cluster.remove())
  await cluster.start()
  const setting = await makeSetting({ databaseUrl: cluster.url })
  cleanUps.push(() => setting.end())
  const { receiver, query } = setting
  let signalbox = await setting.start()
  const admin = () => setting.client(signalbox)
  await makeAutomations(admin(), receiver)
  await failMany()

  const all = { team: 'vision', rate_per_second: redeliveryLimits.ratePerSecondMax }
  const estimate = () => admin().must<RedeliveryEstimate>('POST', '/redelivery-estimates', all)
  const start = () => admin().must<MassRedelivery>('POST', '/redeliveries', all)
  const steer = (id: string, act: string) => admin().must<MassRedelivery>('POST', `/redeliveries/${id}/${act}`)
  const read = (id: string) => admin().must<MassRedelivery>('GET', `/redeliveries/${id}`)
  const until = (id: string, what: string, is: (now: MassRedelivery) => boolean) =>
    waitFor(
      what,
      async () => {
        const now = await read(id).catch(() => undefined)
        return now !== undefined && is(now) ? now : undefined
      },
      count * 20,
    )

  const beganAt = performance.now()
  expect(await estimate()).toMatchObject({ count })
  const estimatedMs = performance.now() - beganAt
  const stopped = await start()
  await until(stopped.id, 'a tenth', ({ made }) => made >= count / 10)
  await steer(stopped.id, 'stop')
  const { made } = await until(stopped.id, 'what it made to end', ({ under_way: underWay }) => underWay === 0)

  const { id, total } = await start()
  expect(total).toBe(count - made)
  await until(id, 'a third', (now) => now.made >= count / 3)
  await steer(id, 'pause')
  const paused = await until(id, 'it to rest', ({ under_way: underWay }) => underWay === 0)
  expect((await read(id)).made).toBe(paused.made)
  await steer(id, 'resume')
  await until(id, 'a half', (now) => now.made >= count / 2)
  await signalbox.kill('SIGKILL')
  signalbox = await setting.start()
  const done = await until(id, 'the end', (now) => now.state === 'done' && now.under_way === 0)
  const seconds = (performance.now() - beganAt) / 1000

  expect(done).toMatchObject({ made: total, succeeded: total, failed: 0, skipped: 0 })
  const arrived = receiver.requests.slice(1).map(({ headers }) => String(headers['webhook-id']))
  expect(new Set(arrived).size).toBe(count)
  const [interrupted] = await query<{ n: number }>('select count(*)::int as n from attempts where outcome = $1', [
    metOutcome.interrupted,
  ])
  expect(arrived.length - count).toBeLessThanOrEqual(interrupted!.n)
  console.log(
    `${count} redelivered in ${Math.round(seconds)} s, ${arrived.length - count} of them twice; estimated in ${Math.round(estimatedMs)} ms`,
  )

  /** One delivery fails; the others are copies of it in the history, each with a message of its own. */
  async function failMany(): Promise<void> {
    receiver.answerWith(answerStatus(404))
    await admin().must('POST', '/projects/demo/events', { name: 'made', data: { n: 0, share: 0 } })
    await waitFor('one to fail', async () => (await query('select 1 from deliveries')).length === 1)
    receiver.answerWith(answerStatus(200))
    await query(
      `insert into deliveries(id, event_id, automation_id, automation_revision, webhook_id, team_id, message_id, subject,
         subject_seq, in_order, created_at, body, status, reason, attempts, finished_at)
       select overlay(gen_random_uuid()::text placing left(d.id::text, 14) from 1 for 14)::uuid, event_id, automation_id,
         automation_revision, webhook_id, team_id, 'msg_' || n, subject, subject_seq, in_order, created_at, body, status, reason,
         attempts, finished_at
       from deliveries d, generate_series(2, $1::int) n`,
      [count],
    )
    await query('analyze')
  }
})
