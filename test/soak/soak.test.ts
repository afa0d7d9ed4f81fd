import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { makeChance } from '../simulation/chance.ts'
import { makeClient } from '../support/client.ts'
import { makeCluster } from '../support/own-cluster.ts'
import { makeAutomations } from '../support/poured-events.ts'
import { makeFirstPerson, startProcess, type SignalboxProcess } from '../support/signalbox-process.ts'
import { waitFor } from '../support/wait-for.ts'
import { startCountingReceiver } from './counting-receiver.ts'

// Processes are killed one after the other, and every tenth time PostgreSQL crashes, while events pour in; then every
// accepted event is accounted for. The seed decides who is killed and when; sizes are set by the environment.
const seed = Number(process.env['SIGNALBOX_SOAK_SEED'] ?? 1)
const killsMin = Number(process.env['SIGNALBOX_SOAK_KILLS'] ?? 200)
const eventsMin = Number(process.env['SIGNALBOX_SOAK_EVENTS'] ?? 1_000_000)
const summaryFile = process.env['SIGNALBOX_SOAK_SUMMARY'] ?? join(tmpdir(), 'signalbox-soak.json')

const webhooks = 8
const eventsPerRequest = 20
const roles = ['all', 'api', 'worker', 'worker'] as const

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

interface Orphan {
  readonly id: string
  readonly killedAt: Date
}

test(`${killsMin} kills and ${eventsMin} events, by seed ${seed}: every accepted event is accounted for`, async () => {
  const beganAt = performance.now()
  const chance = makeChance(seed)
  const cluster = await makeCluster({ max_wal_size: '4GB' })
  cleanUps.push(() => cluster.remove())
  await cluster.start()
  const receiver = await startCountingReceiver()
  cleanUps.push(() => receiver.close())
  const apiKey = await makeFirstPerson({ DATABASE_URL: cluster.url })
  const looking = new pg.Pool({ connectionString: cluster.url, max: 2 })
  looking.on('error', () => {})
  cleanUps.push(() => looking.end())

  const start = (role: string): Promise<SignalboxProcess> =>
    startProcess({
      DATABASE_URL: cluster.url,
      SIGNALBOX_ALLOWED_TARGETS: receiver.target,
      SIGNALBOX_ROLE: role,
      SIGNALBOX_LOG_LEVEL: 'info',
    })
  const processes = await Promise.all(roles.map(start))
  cleanUps.push(() => Promise.all(processes.map((one) => one.kill('SIGKILL'))))
  await makeAutomations(makeClient(processes[0]!.url, apiKey), receiver, webhooks)

  const accepted = new Set<number>()
  let asked = 0
  let pouring = true
  const stream = async (): Promise<void> => {
    while (pouring) {
      const numbers = Array.from({ length: eventsPerRequest }, () => asked++)
      // The first two of the processes have an API.
      const { url } = processes[numbers[0]! % 2]!
      const events = numbers.map((n) => ({ name: 'poured', data: { n, share: n % webhooks } }))
      const answer = await makeClient(url, apiKey)
        .call('POST', '/projects/demo/events/batch', { events })
        .catch(() => undefined)
      if (answer?.status === 201) for (const n of numbers) accepted.add(n)
      else await new Promise((resolve) => setTimeout(resolve, 50))
      // What is accepted may not run ahead of what is sent without end.
      while (pouring && accepted.size - receiver.arrivals.size > 20_000)
        await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const streams = Array.from({ length: 4 }, stream)

  const orphans: Orphan[] = []
  const sleepUntil = (events: number) =>
    waitFor(`${events} accepted events`, () => accepted.size >= events, 6 * 3600_000)
  let kills = 0
  let crashes = 0
  while (kills < killsMin) {
    // Spread over the events, and at no moment that anything in the product knows of.
    await sleepUntil(Math.floor((eventsMin * (kills + chance.next() * 0.8)) / killsMin))
    if (kills % 10 === 9) {
      await cluster.stop('immediate')
      await cluster.start()
      crashes += 1
    }
    const index = chance.between(0, processes.length - 1)
    const workerId = processes[index]!.log.findLast(({ event }) => event === 'worker.began')?.['worker_id']
    await processes[index]!.kill('SIGKILL')
    kills += 1
    const { rows } = await looking.query<Orphan>(
      'select id, now() as "killedAt" from queue where state = 1 and claimed_by = $1',
      [workerId ?? 0],
    )
    orphans.push(...rows)
    processes[index] = await start(roles[index]!)
  }
  await sleepUntil(eventsMin)
  pouring = false
  await Promise.all(streams)
  const pouredFor = performance.now() - beganAt
  await waitFor(
    'the queue to be empty',
    async () => (await looking.query('select from queue limit 1')).rowCount === 0,
    30 * 60_000,
  )

  const lost = [...accepted].filter((n) => !receiver.arrivals.has(n)).length
  const duplicates = [...receiver.arrivals.values()].reduce((sum, times) => sum + times - 1, 0)
  const {
    rows: [counts],
  } = await looking.query<Record<string, string>>(
    `select (select count(*) from events) as events, (select count(*) from deliveries) as deliveries,
      (select count(*) from deliveries where status = 0) as succeeded,
      (select count(*) from attempts where outcome = 4) as interrupted`,
  )
  const killedAt = new Map(orphans.map((orphan) => [orphan.id, orphan.killedAt.getTime()]))
  const { rows: taken } = await looking.query<{ id: string; at: Date }>(
    'select delivery_id as id, min(at) as at from attempts where outcome = 4 and delivery_id = any($1) group by 1',
    [[...killedAt.keys()]],
  )
  const takeOversMs = taken.map(({ id, at }) => at.getTime() - killedAt.get(id)!).toSorted((a, b) => a - b)
  const summary = {
    seed,
    kills,
    database_crashes: crashes,
    accepted: accepted.size,
    recorded: Number(counts!['events']),
    deliveries: Number(counts!['deliveries']),
    succeeded: Number(counts!['succeeded']),
    lost,
    duplicates,
    interrupted: Number(counts!['interrupted']),
    sending_when_killed: orphans.length,
    take_over_ms_median: takeOversMs[Math.floor(takeOversMs.length / 2)] ?? null,
    take_over_ms_max: takeOversMs.at(-1) ?? null,
    poured_for_seconds: Math.round(pouredFor / 1000),
    seconds: Math.round((performance.now() - beganAt) / 1000),
  }
  console.log(JSON.stringify(summary, null, 2))
  await writeFile(summaryFile, `${JSON.stringify(summary, null, 2)}\n`)

  expect(lost).toBe(0)
  expect(summary.deliveries).toBe(summary.recorded)
  expect(summary.succeeded).toBe(summary.recorded)
  expect(summary.recorded).toBeGreaterThanOrEqual(accepted.size)
  expect(duplicates).toBeLessThanOrEqual(summary.interrupted)
  expect(summary.take_over_ms_max ?? 0).toBeLessThan(15_000)
})
