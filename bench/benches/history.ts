import pg from 'pg'
import { spellUuid, uuidFloor } from '../../src/server/base/ids.ts'
import { monotonicMs } from '../processes/monotonic.ts'
import type { Bench } from '../bench.ts'
import { withinLimit, type Figure } from '../figure.ts'
import type { Signalbox } from '../signalbox.ts'
import { sqlUuid } from '../sql-uuid.ts'
import { median, percentile } from '../statistics.ts'

const msMax = 20
const weeks = 4
const webhooks = 20
const rareEvery = 5_000
const lookUps = 100
const warmUps = 10

/** Pages of a long history, asked for over the API: by team, webhook and automation; all, and a rare state alone. */
export const history: Bench = {
  name: 'history',
  async run(house) {
    const signalbox = await house.startSignalbox({})
    const webhookIds: string[] = []
    const automationIds: string[] = []
    for (let number = 0; number < webhooks; number++) {
      const webhook = await signalbox.makeWebhook('/ok')
      webhookIds.push(webhook)
      automationIds.push(await signalbox.makeAutomation(webhook))
    }
    const unused = await signalbox.makeWebhook('/ok')
    const border = await fillHistory(signalbox, house.sizes.historyRows)
    const figures: Figure[] = []
    for (const [by, value] of [
      ['automation', automationIds[7]!],
      ['webhook', webhookIds[7]!],
      ['team', 'vision'],
    ] as const)
      for (const state of ['', '&state=failed'])
        for (const [place, cursor] of Object.entries(border)) {
          const path = `/deliveries?${by}=${value}${state}&limit=50${cursor === '' ? '' : `&cursor=${cursor}`}`
          const { page, empty } = await timePages(signalbox, path, `/deliveries?webhook=${unused}&limit=50`)
          const name = `history.${by}${state === '' ? '' : '.rare-state'}.${place}`
          figures.push(
            withinLimit({ name: `${name}.p99`, value: percentile(page, 99), unit: 'ms' }, msMax, percentile(empty, 99)),
            withinLimit({ name: `${name}.p50`, value: median(page), unit: 'ms' }, msMax, median(empty)),
          )
        }
    await signalbox.stop()
    return figures
  },
}

/** In turns with a page that holds nothing, which costs all the rest of a request. */
async function timePages(
  { admin }: Signalbox,
  path: string,
  emptyPath: string,
): Promise<{ readonly page: readonly number[]; readonly empty: readonly number[] }> {
  const time = async (asked: string): Promise<number> => {
    const startedAt = monotonicMs()
    await admin.must('GET', asked)
    return monotonicMs() - startedAt
  }
  const page: number[] = []
  const empty: number[] = []
  for (let count = 0; count < lookUps + warmUps; count++) {
    const [emptyMs, pageMs] = [await time(emptyPath), await time(path)]
    // The first ones fill the caches.
    if (count < warmUps) continue
    page.push(pageMs)
    empty.push(emptyMs)
  }
  return { page, empty }
}

/** Four weeks of deliveries; answers the cursors of the first, a middle and the last page. */
async function fillHistory(
  { databaseUrl }: Signalbox,
  rows: number,
): Promise<{ readonly first: string; readonly middle: string; readonly last: string }> {
  const client = new pg.Client({ connectionString: databaseUrl! })
  await client.connect()
  try {
    const startsAt = Date.now() - weeks * 7 * 24 * 3600_000
    const stepMs = (weeks * 7 * 24 * 3600_000) / rows
    const weekMs = 7 * 24 * 3600_000
    // The weeks that a server of that age would have; without them all rows fell into one partition.
    const firstWeek = startsAt - ((startsAt - 4 * 24 * 3600_000) % weekMs)
    for (let week = firstWeek; week < Date.now() - 2 * weekMs; week += weekMs) {
      const [low, high] = [new Date(week), new Date(week + weekMs)]
      const name = `deliveries_${low.toISOString().slice(0, 10).replaceAll('-', '')}`
      await client.query(
        `create table if not exists ${name} partition of deliveries for values from ('${uuidFloor(low)}') to ('${uuidFloor(high)}')`,
      )
    }
    const piece = 100_000
    for (let from = 0; from < rows; from += piece)
      await client.query(insertPiece, [from, Math.min(rows, from + piece) - 1, startsAt, stepMs, webhooks, rareEvery])
    await client.query('vacuum analyze deliveries')
    const idAt = (share: number): string => spellUuid('delivery', uuidFloor(new Date(startsAt + share * rows * stepMs)))
    return { first: '', middle: idAt(0.5), last: idAt((60 * webhooks) / rows) }
  } finally {
    await client.end()
  }
}

/** Ids as Signalbox makes them, of an instant each; one delivery in five thousand failed. */
const insertPiece = `insert into deliveries(id, event_id, automation_id, automation_revision, webhook_id, team_id, message_id,
    subject, subject_seq, in_order, status, attempts, created_at, finished_at, body)
  select ${sqlUuid('$3::float8 + n * $4::float8', 'n')},
    gen_random_uuid(), (select min(id) from automations) + n % $5::int, 1, (select min(id) from webhooks) + n % $5::int,
    (select id from entities where name_key = 'vision'), 'msg_' || n, 'custom:1:', n, false,
    case when n % $6::int < $5::int then 1 else 0 end, 1,
    to_timestamp(($3::float8 + n * $4::float8) / 1000), to_timestamp(($3::float8 + n * $4::float8) / 1000), '\\x7b7d'::bytea
  from generate_series($1::bigint, $2::bigint) as n`
