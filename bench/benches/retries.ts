import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Bench } from '../bench.ts'
import { withinLimit } from '../figure.ts'
import { percentile } from '../statistics.ts'

const ratePerSecond = 60
const patienceMs = 30_000

/** How long after a retry was due it was started. Every second event is refused once, so that the breaker stays closed. */
export const retries: Bench = {
  name: 'retries',
  async run(house) {
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/flaky', {
      concurrency_max: house.sizes.requestsAtOnce,
      retry: { attempts_max: 5, delay_ms_min: 500, delay_ms_max: 4_000 },
    })
    await signalbox.makeAutomation(webhook)
    await house.receiver.order({ order: 'reset', recording: false })
    const { accepted } = await house.load({
      targets: [signalbox.target],
      body: signalbox.body,
      connections: Math.min(32, house.sizes.connections),
      durationMs: house.sizes.rounds * house.sizes.secondsPerRound * 1000,
      ratePerSecond,
    })
    const client = new pg.Client({ connectionString: signalbox.databaseUrl! })
    await client.connect()
    try {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const { rows } = await client.query<{ ended: number }>('select count(*)::int as ended from deliveries')
        const { ended } = rows[0]!
        if (ended === accepted) break
        if (performance.now() > deadline) throw new Error(`only ${ended} of ${accepted} deliveries ended`)
        await pause(200)
      }
      const { rows } = await client.query<{ delivery_id: string; number: number; at: Date }>(
        'select delivery_id, number, at from attempts where number > 1',
      )
      const startedAt = new Map(rows.map(({ delivery_id, number, at }) => [`${delivery_id} ${number}`, at.getTime()]))
      const lateMs = signalbox
        .readLog()
        .filter((line) => line['event'] === 'delivery.attempted' && typeof line['retry_at'] === 'string')
        .map((line) => {
          const at = startedAt.get(`${String(line['delivery_id'])} ${Number(line['attempt']) + 1}`)
          return at! - Date.parse(String(line['retry_at']))
        })
      return [
        withinLimit({ name: 'retries.p50', value: percentile(lateMs, 50), unit: 'ms' }, 250),
        withinLimit({ name: 'retries.p99', value: percentile(lateMs, 99), unit: 'ms' }, 250),
      ]
    } finally {
      await client.end()
      await signalbox.stop()
    }
  },
}
