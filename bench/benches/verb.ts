import pg from 'pg'
import { besideCeiling } from '../figure.ts'
import type { Bench } from '../bench.ts'
import { targetOf } from '../contender.ts'
import { pour } from '../pour.ts'
import type { LoadOrder } from '../processes/load-order.ts'
import type { Signalbox } from '../signalbox.ts'
import { takeTurns } from '../take-turns.ts'

/** Each connection has a collection of its own: what is measured is the verb, and not how it waits for a lock. */
const collectionsMax = 32
/** A request's number ends in two digits, and these name the version. */
const versions = 100

/** Aliases put on versions, one request each, with one automation that fires: accepted and delivered in a second. */
export const verb: Bench = {
  name: 'verb',
  async run(house) {
    const collections = Math.min(collectionsMax, house.sizes.connections)
    const ceiling = await house.startVerbCeiling({ collections, versions })
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/ok', { concurrency_max: house.sizes.requestsAtOnce })
    await signalbox.makeAutomation(webhook, {
      event_type: 'ADD_ARTIFACT_ALIAS',
      filter: { alias: { $regex: '^bench-' } },
      // Nothing here is a loop.
      fires_per_minute_max: 0,
      action: { type: 'webhook', webhook, template: `{"alias":"\${alias}","text":"${'x'.repeat(960)}"}` },
    })
    const targets = await makeCollections(signalbox, collections)
    let round = 0
    const measure = async (of: LoadOrder['targets'], durationMs = house.sizes.secondsPerRound * 1000) => {
      // Every alias is a new one, so that each request changes something and fires.
      const body = [`{"aliases":["bench-${++round}-`, `"],"version":"v`, `"}`] as const
      const order = { targets: of, body, connections: collections, durationMs }
      const { loaded, seconds } = await pour(house, order, { deliveriesOf: (requests) => requests })
      return loaded.accepted / seconds
    }
    await measure(ceiling.targets, 1_000)
    await measure(targets, 1_000)
    const rates = await takeTurns(
      house.sizes.rounds,
      () => measure(targets),
      () => measure(ceiling.targets),
    )
    await signalbox.stop()
    await ceiling.stop()
    return [besideCeiling({ name: 'verb', value: rates.value, unit: 'aliases/s' }, rates.ceiling, { atLeast: 0.6 })]
  },
}

/** Collections with their versions, straight into the tables: what making them takes is not measured here. */
async function makeCollections({ databaseUrl, port, apiKey }: Signalbox, count: number): Promise<LoadOrder['targets']> {
  const client = new pg.Client({ connectionString: databaseUrl! })
  await client.connect()
  try {
    await client.query(insertCollections, [count, versions])
    const { rows } = await client.query<{ id: string }>('select id from collections')
    return rows.map(({ id }) => targetOf(port, `/api/v1/collections/col_${id}/aliases`, apiKey))
  } finally {
    await client.end()
  }
}

const insertCollections = `with type as (
    insert into artifact_types(project_id, name) select id, 'model' from projects where name = 'demo' returning id, project_id),
  collection as (
    insert into collections(project_id, type_id, kind, name, next_index)
    select t.project_id, t.id, 'sequence', 'model-' || n, $2::int from type t, generate_series(1, $1::int) as n returning id),
  artifact as (
    insert into artifacts(sequence_id, state, digest, committed_at)
    select c.id, 'committed', n::text, now() from collection c, generate_series(0, $2::int - 1) as n returning id, sequence_id, digest)
  insert into memberships(collection_id, artifact_id, version_index) select sequence_id, id, digest::int from artifact`
