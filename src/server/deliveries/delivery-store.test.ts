import { afterAll, beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { silentLog } from '../base/log.ts'
import { makeUuid } from '../base/ids.ts'
import { openDatabase, type Database } from '../database/database.ts'
import { highestUuid, lowestUuid, selectDeliveryPage, type DeliveryNouns, type DeliveryPage } from './delivery-store.ts'

const database = useDatabase()

/** One connection, so that what it has prepared can be asked for. */
let db: Database
beforeAll(() => (db = openDatabase({ url: database.url, prepare: true, connectionsMax: 1, log: silentLog })))
afterAll(() => db.close())

async function askOften(of: DeliveryNouns, state?: DeliveryPage['state']): Promise<void> {
  const span = { after: null, before: null, limit: 51 }
  const visible = { entityIds: [1], organizationIds: [1], adminOrganizationIds: [] }
  for (let count = 0; count < 8; count++) await selectDeliveryPage(db, { of, visible, state, ...span })
}

const nouns: readonly DeliveryNouns[] = [
  { event: makeUuid(new Date()) },
  { automation: 1 },
  { webhook: 1 },
  { project: 1 },
  { team: 1 },
]

test('pages of deliveries are planned once for what they go by, and not for each that is asked for', async () => {
  for (const of of nouns) for (const state of [undefined, 'failed', 'waiting'] as const) await askOften(of, state)
  const plans = await db.query<{ name: string; kept: boolean }>(
    `select name, generic_plans > 0 as kept from pg_prepared_statements where name like 'deliveries %' order by name`,
  )
  const states = ['any', 'failed', 'waiting']
  const names = ['automation', 'event', 'project', 'team', 'webhook'].flatMap((noun) =>
    states.map((s) => `deliveries ${noun} ${s}`),
  )
  expect(plans).toEqual(names.map((name) => ({ name, kept: true })))
})

test('an event’s deliveries are found by the event, also with a plan from when there were none', async () => {
  await askOften(nouns[0]!)
  const plan = await db.query<{ 'QUERY PLAN': string }>(
    `explain execute "deliveries event any"(null, null, null, gen_random_uuid(), '${lowestUuid}', '${highestUuid}', 51)`,
  )
  const indexes = plan.flatMap(
    (row) => /(?:using|Index Scan on) ((?:deliveries|queue)_\w+)/.exec(row['QUERY PLAN'])?.[1] ?? [],
  )
  expect(indexes.length).toBeGreaterThan(2)
  for (const index of indexes) expect(index).toMatch(/event/)
})
