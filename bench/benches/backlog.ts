import { systemClock } from '../../src/server/base/clock.ts'
import { limits } from '../../src/server/base/limits.ts'
import { silentLog } from '../../src/server/base/log.ts'
import { openDatabase } from '../../src/server/database/database.ts'
import { claimDueDeliveries } from '../../src/server/deliveries/queue/claim-due-deliveries.ts'
import { registerWorker } from '../../src/server/deliveries/queue/register-worker.ts'
import type { Bench } from '../bench.ts'
import { besideCeiling } from '../figure.ts'
import { onServer } from '../house.ts'
import { makeSchema } from '../make-schema.ts'
import { sqlUuid } from '../sql-uuid.ts'
import { takeTurns } from '../take-turns.ts'

const webhooks = 20
const claimsPerRound = 20
const rowsPerWebhook = Math.floor(limits.claimRowsMax / webhooks)

/** Rows claimed in a second from a queue that is long overdue, beside one that holds no more than is claimed. */
export const backlog: Bench = {
  name: 'backlog',
  async run(house) {
    const rounds = house.sizes.rounds
    const rowsClaimed = rowsPerWebhook * webhooks * claimsPerRound
    const full = await openQueue(await house.makeDatabase(), house.sizes.backlogRows + rowsClaimed * (rounds + 1))
    const empty = await openQueue(await house.makeDatabase(), rowsClaimed * (rounds + 1))
    await full.claim()
    await empty.claim()
    const rates = await takeTurns(rounds, full.claim, empty.claim)
    await full.close()
    await empty.close()
    return [besideCeiling({ name: 'backlog', value: rates.value, unit: 'claims/s' }, rates.ceiling, { atLeast: 0.9 })]
  },
}

async function openQueue(url: string, rows: number): Promise<{ claim(): Promise<number>; close(): Promise<void> }> {
  await makeSchema(url)
  const db = openDatabase({ url, prepare: true, connectionsMax: 2, log: silentLog })
  const workerId = await registerWorker(db, 'bench')
  await db.query(
    'insert into lanes(webhook_id, team_id, owner_id) select n, 1, $1 from generate_series(1, $2::bigint) as n',
    [workerId, webhooks],
  )
  await fillQueue(url, rows)
  let claims = 0
  return {
    async claim() {
      const startedAt = systemClock.monotonicMs()
      let claimed = 0
      for (let count = 0; count < claimsPerRound; count++) {
        const asks = Array.from({ length: webhooks }, (_, index) => ({
          webhookId: index + 1,
          lane: 'first' as const,
          count: rowsPerWebhook,
        }))
        claimed += (await claimDueDeliveries(db, workerId, ++claims, asks, null)).length
      }
      if (claimed !== rowsPerWebhook * webhooks * claimsPerRound) throw new Error(`only ${claimed} rows were due`)
      return (claimed * 1000) / (systemClock.monotonicMs() - startedAt)
    },
    close: () => db.close(),
  }
}

/** One made each millisecond until now, due since then. */
async function fillQueue(url: string, rows: number): Promise<void> {
  const createdMs = `${Date.now() - rows} + n::bigint`
  await onServer(
    url,
    `insert into queue(id, event_id, automation_id, automation_revision, webhook_id, team_id, message_id, subject,
       subject_seq, in_order, state, lane, due_at, created_at, body)
     select ${sqlUuid(createdMs, 'n')}, ${sqlUuid(createdMs, 'n')}, 1, 1, 1 + n % ${webhooks}, 1, 'msg_' || n, 'custom:1:', n, false, 0, 0,
       to_timestamp((${createdMs}) / 1000.0), to_timestamp((${createdMs}) / 1000.0), convert_to(repeat('x', 1000), 'UTF8')
     from generate_series(1, ${rows}) as n`,
  )
  await onServer(url, 'vacuum analyze queue')
}
