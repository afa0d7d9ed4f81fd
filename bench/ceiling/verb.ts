import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { Pool } from 'undici'

// The ceiling of a verb: what it takes to put an alias on a version, and to tell one receiver of it. Each request is one
// transaction, as the verb's is, of the statements that the change itself needs: it locks the collection, finds the version
// and who had the alias, puts it there, counts the event, and writes event, delivery and a line of the audit trail. Then it
// posts the delivery and deletes its row, as `ceiling.ts` does. No accounts, no roles, no rules, no signatures, no history.
// Whoever changes it says so, as there.

const environment = process.env
const receiver = new URL(environment['CEILING_RECEIVER_URL']!)
const database = new pg.Pool({ connectionString: environment['CEILING_DATABASE_URL']!, max: 10 })
const connections = Number(environment['CEILING_CONNECTIONS'])
const sender = new Pool(receiver.origin, { connections, pipelining: 1 })

await database.query(`
  create table collections(id int primary key, events bigint not null default 0);
  create table versions(id bigint generated always as identity primary key,
    collection_id int not null references collections, number int not null, unique(collection_id, number));
  create table aliases(collection_id int not null references collections, alias text not null,
    version_id bigint not null references versions, primary key(collection_id, alias));
  create index aliases_by_version on aliases(version_id);
  create table events(id uuid primary key, collection_id int not null, number bigint not null, data text not null);
  create table pipeline(id uuid primary key, event_id uuid not null, payload text not null);
  create table audit(id bigint generated always as identity primary key, at timestamptz not null default now(),
    collection_id int not null, details text not null);
  insert into collections(id) select generate_series(1, ${Number(environment['CEILING_COLLECTIONS'])});
  insert into versions(collection_id, number)
    select id, generate_series(0, ${Number(environment['CEILING_VERSIONS'])} - 1) from collections`)

const statements = {
  lock: 'select id from collections where id = $1 for no key update',
  find: `select v.id, array(select alias from aliases where version_id = v.id) as aliases
    from versions v where v.collection_id = $1 and v.number = $2`,
  find_holder: `select v.number from aliases a join versions v on v.id = a.version_id
    where a.collection_id = $1 and a.alias = $2`,
  put: `insert into aliases(collection_id, alias, version_id) values ($1, $2, $3)
    on conflict (collection_id, alias) do update set version_id = excluded.version_id`,
  count: 'update collections set events = events + 1 where id = $1 returning events',
  record: `with event as (insert into events(id, collection_id, number, data) values ($1, $2, $3, $4))
    insert into pipeline(id, event_id, payload) values ($5, $1, $6)`,
  audit: 'insert into audit(collection_id, details) values ($1, $2)',
  finish: 'delete from pipeline where id = any($1::uuid[])',
} as const

async function run<Row extends pg.QueryResultRow>(
  client: Pick<pg.PoolClient, 'query'>,
  name: keyof typeof statements,
  values: unknown[],
): Promise<Row[]> {
  return (await client.query<Row>({ name, text: statements[name], values })).rows
}

async function addAlias(collection: number, number: number, alias: string): Promise<object> {
  const [delivery, text] = [randomUUID(), 'x'.repeat(960)]
  const payload = JSON.stringify({ alias, text })
  const client = await database.connect()
  try {
    await client.query('begin')
    await run(client, 'lock', [collection])
    const [version] = await run<{ id: string; aliases: string[] }>(client, 'find', [collection, number])
    const [previous] = await run<{ number: number }>(client, 'find_holder', [collection, alias])
    await run(client, 'put', [collection, alias, version!.id])
    const [counted] = await run<{ events: string }>(client, 'count', [collection])
    const after = { version: number, aliases: [...version!.aliases, alias], previous: previous?.number ?? null }
    const data = JSON.stringify(after)
    await run(client, 'record', [randomUUID(), collection, counted!.events, data, delivery, payload])
    await run(client, 'audit', [collection, data])
    await client.query('commit')
    void send(delivery, payload)
    return after
  } finally {
    client.release()
  }
}

async function send(id: string, payload: string): Promise<void> {
  const { body } = await sender.request({
    path: receiver.pathname,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: payload,
  })
  await body.dump()
  finished.push(id)
  if (!finishing) await finishAll()
}

const finished: string[] = []
let finishing = false

async function finishAll(): Promise<void> {
  finishing = true
  while (finished.length > 0) await run(database, 'finish', [finished.splice(0, 256)])
  finishing = false
}

const body = {
  type: 'object',
  required: ['version', 'aliases'],
  properties: { version: { type: 'string' }, aliases: { type: 'array', items: { type: 'string' } } },
}
const app = Fastify({ logger: false })
app.post('/collections/:id/aliases', { schema: { body } }, async (request) => {
  const { id } = request.params as { id: string }
  const { version, aliases } = request.body as { version: string; aliases: string[] }
  return addAlias(Number(id), Number(version.slice(1)), aliases[0]!)
})

await app.listen({ host: '127.0.0.1', port: 0 })
process.once('disconnect', () => process.exit())
process.send!({ port: (app.server.address() as { port: number }).port })
