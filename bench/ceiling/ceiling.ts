import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { Pool } from 'undici'
import { makeGroupCommit } from './group-commit.ts'

// The ceiling: what this machine can do with the same libraries and the same durability, and nothing else. It takes events,
// commits them to one table in shared transactions, posts each to the receiver and deletes its row. No accounts, no rules,
// no signatures, no retries, no history.
//
// Every figure of the bench is a ratio to it, so a slower ceiling is the cheapest way to a better figure. Whoever changes a
// file of this folder says so in CHANGELOG.md, with the ceiling's figures before and after.

const { CEILING_DATABASE_URL, CEILING_RECEIVER_URL, CEILING_FANOUT, CEILING_CONNECTIONS } = process.env
const receiver = new URL(CEILING_RECEIVER_URL!)
const fanout = Number(CEILING_FANOUT)

const database = new pg.Pool({ connectionString: CEILING_DATABASE_URL!, max: 10 })
await database.query('create table if not exists pipeline(id uuid primary key, payload text not null)')
const sender = new Pool(receiver.origin, { connections: Number(CEILING_CONNECTIONS), pipelining: 1 })

interface Row {
  readonly id: string
  readonly payload: string
}

const rowsPerStatement = [1, 8, 64, 256] as const

async function insert(rows: readonly Row[]): Promise<void> {
  const client = await database.connect()
  try {
    await client.query('begin')
    for (let from = 0; from < rows.length; from += 256) {
      const some = rows.slice(from, from + 256)
      const size = rowsPerStatement.find((candidate) => candidate >= some.length)!
      const places = Array.from({ length: size }, (_, row) => `($${row * 2 + 1}::uuid, $${row * 2 + 2})`)
      const values = some.flatMap(({ id, payload }) => [id, payload])
      while (values.length < size * 2) values.push(null as never)
      await client.query({
        name: `insert ${size}`,
        text: `insert into pipeline select * from (values ${places.join(', ')}) as v(id, payload) where id is not null`,
        values,
      })
    }
    await client.query('commit')
  } finally {
    client.release()
  }
  for (const row of rows) void send(row)
}

async function send({ id, payload }: Row): Promise<void> {
  const { body } = await sender.request({
    path: receiver.pathname,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: payload,
  })
  await body.dump()
  finish(id)
}

const finished: string[] = []
let finishing = false

function finish(id: string): void {
  finished.push(id)
  if (!finishing) void finishAll()
}

async function finishAll(): Promise<void> {
  finishing = true
  while (finished.length > 0) {
    const ids = finished.splice(0, 256)
    await database.query({ name: 'finish', text: 'delete from pipeline where id = any($1::uuid[])', values: [ids] })
  }
  finishing = false
}

const commit = makeGroupCommit((events: readonly unknown[]) => insert(events.flatMap(rowsOf)))

function rowsOf(event: unknown): Row[] {
  const payload = JSON.stringify(event)
  return Array.from({ length: fanout }, () => ({ id: randomUUID(), payload }))
}

const event = {
  type: 'object',
  required: ['name', 'data'],
  properties: { name: { type: 'string' }, data: { type: 'object' } },
}
const app = Fastify({ logger: false, bodyLimit: 64 * 1024 * 1024 })
app.post('/events', { schema: { body: event } }, async (request, reply) => {
  await commit(request.body)
  return reply.code(201).send({ accepted: 1 })
})
app.post(
  '/events/batch',
  { schema: { body: { type: 'object', properties: { events: { type: 'array', items: event } } } } },
  async (request, reply) => {
    const { events } = request.body as { events: unknown[] }
    await insert(events.flatMap(rowsOf))
    return reply.code(201).send({ accepted: events.length })
  },
)

await app.listen({ host: '127.0.0.1', port: 0 })
process.once('disconnect', () => process.exit())
process.send!({ port: (app.server.address() as { port: number }).port })
