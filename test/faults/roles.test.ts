import { afterEach, expect, test } from 'vitest'
import { makeEmptyDatabase } from '../support/database.ts'
import { expectNothingLost, makeAutomations, makeSetting, pour, type Setting } from '../support/poured-events.ts'
import type { SignalboxProcess } from '../support/signalbox-process.ts'
import { waitFor } from '../support/wait-for.ts'

// One process that accepts and two that send: they know of each other by the database alone.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aSetting(answerMs: number): Promise<Setting> {
  const database = await makeEmptyDatabase()
  cleanUps.push(() => database.drop())
  const setting = await makeSetting({ databaseUrl: database.url, answerMs })
  cleanUps.push(() => setting.end())
  return setting
}

const webhooks = 6

interface Trio {
  readonly api: SignalboxProcess
  readonly workers: readonly [SignalboxProcess, SignalboxProcess]
}

async function startTrio({ start, client, receiver }: Setting): Promise<Trio> {
  const [api, ...workers] = await Promise.all([
    start({ SIGNALBOX_ROLE: 'api' }),
    start({ SIGNALBOX_ROLE: 'worker' }),
    start({ SIGNALBOX_ROLE: 'worker' }),
  ])
  await makeAutomations(client(api), receiver, webhooks)
  return { api, workers }
}

const attemptsOf = ({ log }: SignalboxProcess) => log.filter(({ event }) => event === 'delivery.attempted').length
const workerIdOf = ({ log }: SignalboxProcess) =>
  Number(log.find(({ event }) => event === 'worker.began')?.['worker_id'])

test('one process accepts and two send: everything arrives once, and a worker answers nothing but its health', async () => {
  const setting = await aSetting(5)
  const { api, workers } = await startTrio(setting)
  const pouring = pour(() => [setting.client(api)], { webhooks })
  await waitFor('a few hundred events', () => pouring.accepted.size > 400)
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, 0)
  const attempts = () => workers.reduce((sum, worker) => sum + attemptsOf(worker), 0)
  // Lines of the log are written together, a moment late.
  await waitFor('every attempt in the logs', () => attempts() >= pouring.accepted.size)
  expect(attempts()).toBe(pouring.accepted.size)
  expect(attemptsOf(api)).toBe(0)
  for (const worker of workers) {
    expect((await fetch(`${worker.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(200)
    expect((await setting.client(worker).call('GET', '/me')).status).toBe(404)
  }
})

test('kill -9 of one of two workers: the other takes over within fifteen seconds, and only what was being sent may repeat', async () => {
  const setting = await aSetting(150)
  const { api, workers } = await startTrio(setting)
  const pouring = pour(() => [setting.client(api)], { webhooks, pauseMs: 20 })
  const sendingBy = async (worker: SignalboxProcess) =>
    (
      await setting.query<{ id: string }>('select id from queue where state = 1 and claimed_by = $1', [
        workerIdOf(worker),
      ])
    ).map(({ id }) => id)
  const victim = await waitFor('a worker in the middle of sending', async () => {
    for (const worker of workers) if ((await sendingBy(worker)).length > 5) return worker
    return undefined
  })
  const survivor = workers.find((worker) => worker !== victim)!
  await victim.kill('SIGKILL')
  const [kill] = await setting.query<{ at: Date }>('select now() as at')
  const orphans = await sendingBy(victim)
  expect(orphans.length).toBeGreaterThan(0)

  await waitFor(
    'the victim’s rows to end',
    async () => {
      const [row] = await setting.query<{ n: string }>('select count(*) as n from deliveries where id = any($1)', [
        orphans,
      ])
      return Number(row!.n) === orphans.length
    },
    30_000,
  )
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, orphans.length)
  const taken = await setting.query<{ at: Date; ended: Date }>(
    `select a.at, d.finished_at as ended from attempts a join deliveries d on d.id = a.delivery_id where a.outcome = 4 and d.id = any($1)`,
    [orphans],
  )
  expect(taken).toHaveLength(orphans.length)
  for (const { ended } of taken) expect(ended.getTime() - kill!.at.getTime()).toBeLessThan(15_000)
  expect(survivor.log.filter(({ event }) => event === 'worker.lease_lost')).toEqual([])
})

test('SIGTERM to one of two workers: what it is sending ends, its lanes go to the other at once, and nothing repeats', async () => {
  const setting = await aSetting(200)
  const { api, workers } = await startTrio(setting)
  const pouring = pour(() => [setting.client(api)], { webhooks, pauseMs: 20 })
  await waitFor('both to send', () => workers.every((worker) => attemptsOf(worker) > 20))
  expect(await workers[0].kill('SIGTERM')).toBe(0)
  const stoppedAt = pouring.accepted.size
  const [left] = await setting.query<{ rows: string; lanes: string; workers: string }>(
    `select (select count(*) from queue where claimed_by = $1) as rows, (select count(*) from lanes where owner_id = $1) as lanes,
      (select count(*) from workers where id = $1) as workers`,
    [workerIdOf(workers[0])],
  )
  expect(left).toEqual({ rows: '0', lanes: '0', workers: '0' })
  await waitFor('more events', () => pouring.accepted.size > stoppedAt + 200)
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, 0)
  const [interrupted] = await setting.query<{ n: string }>('select count(*) as n from attempts where outcome = 4')
  expect(interrupted).toEqual({ n: '0' })
})
