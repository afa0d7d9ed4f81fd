import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeClient, type Client } from '../test/support/client.ts'
import { forkChild, type Child } from './child.ts'
import { eventBody, targetOf, type Contender } from './contender.ts'
import type { LoadOrder, Loaded } from './processes/load-order.ts'
import type { Received, ReceiverOrder } from './processes/receiver.ts'
import type { Order, Sizes } from './sizes.ts'
import { startSignalbox, type Signalbox, type SignalboxOptions } from './signalbox.ts'

/** What every bench needs. All of it runs in processes of its own, on loopback, and ends with this one. */
export interface House {
  readonly sizes: Sizes
  /** The process above the database's, where it is the bench's own. */
  readonly databasePid: number | undefined
  readonly receiver: { readonly port: number; order(order: ReceiverOrder): Promise<Received> }
  load(order: LoadOrder): Promise<Loaded>
  /** An empty database of the bench's own. */
  makeDatabase(): Promise<string>
  startCeiling(options?: { readonly fanout?: number; readonly databaseUrl?: string }): Promise<Contender>
  /** The bare verb, with collections of so many versions each: a target for every collection. */
  startVerbCeiling(size: { readonly collections: number; readonly versions: number }): Promise<VerbCeiling>
  startSignalbox(options: SignalboxOptions): Promise<Signalbox>
  client(signalbox: { readonly url: string; readonly apiKey: string }): Client
}

export interface VerbCeiling {
  readonly targets: LoadOrder['targets']
  stop(): Promise<void>
}

export async function openHouse(order: Order, stack: AsyncDisposableStack): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-bench-'))
  await chmod(folder, 0o755)
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const fork = async (program: string, options: Parameters<typeof forkChild>[1] = {}): Promise<Child> => {
    const child = await forkChild(program, options)
    stack.defer(() => child.stop())
    return child
  }
  const database =
    order.databaseUrl === undefined
      ? await fork('processes/database.ts', { args: [join(folder, 'database')] })
      : undefined
  const serverUrl = order.databaseUrl ?? database!.said.url
  const receiver = await fork('processes/receiver.ts')
  const loader = await fork('processes/load.ts')
  const port = receiver.said.port

  const house: House = {
    sizes: order.sizes,
    databasePid: database?.pid,
    receiver: { port, order: (given) => receiver.ask<Received>(given) },
    async load(given) {
      const loaded = await loader.ask<Loaded>(given)
      const [refused] = Object.entries(loaded.refused)
      if (refused !== undefined) throw new Error(`an event was answered ${refused[0]}: ${refused[1]}`)
      return loaded
    },
    async makeDatabase() {
      const name = `bench_${randomBytes(6).toString('hex')}`
      await onServer(serverUrl, `create database ${name}`)
      stack.defer(async () => void (await onServer(serverUrl, `drop database if exists ${name} with (force)`)))
      const url = new URL(serverUrl)
      url.pathname = `/${name}`
      return url.href
    },
    async startCeiling({ fanout = 1, databaseUrl } = {}) {
      const child = await fork('ceiling/ceiling.ts', {
        environment: {
          CEILING_DATABASE_URL: databaseUrl ?? (await house.makeDatabase()),
          CEILING_RECEIVER_URL: `http://127.0.0.1:${port}/ok`,
          CEILING_FANOUT: String(fanout),
          CEILING_CONNECTIONS: String(order.sizes.requestsAtOnce),
        },
        profileFolder: order.profileFolder,
      })
      const listening = child.said.port
      return {
        pid: child.pid,
        target: targetOf(listening, '/events'),
        batchTarget: targetOf(listening, '/events/batch'),
        body: eventBody,
        stop: () => child.stop(),
      }
    },
    async startVerbCeiling({ collections, versions }) {
      const child = await fork('ceiling/verb.ts', {
        environment: {
          CEILING_DATABASE_URL: await house.makeDatabase(),
          CEILING_RECEIVER_URL: `http://127.0.0.1:${port}/ok`,
          CEILING_CONNECTIONS: String(order.sizes.requestsAtOnce),
          CEILING_COLLECTIONS: String(collections),
          CEILING_VERSIONS: String(versions),
        },
        profileFolder: order.profileFolder,
      })
      const targets = Array.from({ length: collections }, (_, index) =>
        targetOf(child.said.port, `/collections/${index + 1}/aliases`),
      )
      return { targets, stop: () => child.stop() }
    },
    async startSignalbox(options) {
      const signalbox = await startSignalbox(
        { folder, receiverPort: port, profileFolder: order.profileFolder, fork, makeDatabase: house.makeDatabase },
        options,
      )
      return signalbox
    },
    client: ({ url, apiKey }) => makeClient(url, apiKey),
  }
  return house
}

export async function onServer(url: string, text: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query<Record<string, unknown>>(text)
  } finally {
    await client.end()
  }
}
