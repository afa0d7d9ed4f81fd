import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { startCuttingProxy } from '../support/cutting-proxy.ts'
import { makeCluster, makeStandby, startBouncer, type OwnCluster } from '../support/own-cluster.ts'
import {
  expectNothingLost,
  makeAutomations,
  makeSetting,
  pour,
  type PouredEvents,
  type Setting,
  type SettingOptions,
} from '../support/poured-events.ts'
import type { SignalboxProcess } from '../support/signalbox-process.ts'
import { waitFor } from '../support/wait-for.ts'

// The database goes away in every way it can, under load, and nobody starts Signalbox anew.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aCluster(settings: Record<string, string> = {}): Promise<OwnCluster> {
  const cluster = await makeCluster(settings)
  cleanUps.push(() => cluster.remove())
  await cluster.start()
  return cluster
}

interface Scene {
  readonly setting: Setting
  readonly processes: readonly SignalboxProcess[]
  readonly pouring: PouredEvents
}

/** Two processes, with events pouring into both of them and arriving. */
async function aScene(options: SettingOptions): Promise<Scene> {
  const setting = await makeSetting({ answerMs: 20, ...options })
  cleanUps.push(() => setting.end())
  const processes = [await setting.start(), await setting.start()]
  await makeAutomations(setting.client(processes[0]!), setting.receiver, 4)
  const pouring = pour(() => processes.map((process) => setting.client(process)), { webhooks: 4, pauseMs: 20 })
  cleanUps.push(() => pouring.stop())
  await waitFor('events to arrive', () => setting.receiver.requests.length > 200, 60_000)
  return { setting, processes, pouring }
}

/** How long after `since` the first and the last of the receiver's next requests came. */
async function firstArrivalAfter({ setting }: Scene, since: number): Promise<number> {
  const first = await waitFor(
    'a delivery',
    () => setting.receiver.requests.find((request) => request.at > since),
    30_000,
  )
  return first.at - since
}

/** More events are accepted, everything accepted arrives, and nobody was started anew. */
async function expectRecovered({ setting, processes, pouring }: Scene, duplicatesMax: number): Promise<void> {
  const before = pouring.accepted.size
  await waitFor('more events', () => pouring.accepted.size > before + 200, 60_000)
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, duplicatesMax)
  for (const process of processes) expect((await fetch(`${process.url}/readyz`)).status).toBe(200)
}

/** Requests under way when something broke: those, and no others, may arrive again. */
const sendingAtOnceMax = 2 * 4 * 20

async function restart(cluster: OwnCluster, mode: 'fast' | 'immediate'): Promise<number> {
  await cluster.stop(mode)
  await cluster.start()
  return performance.now()
}

test('PostgreSQL is restarted under load: deliveries go on within five seconds of its accepting connections', async () => {
  const cluster = await aCluster()
  const scene = await aScene({ databaseUrl: cluster.url })
  for (const mode of ['fast', 'immediate'] as const) {
    const acceptsAt = await restart(cluster, mode)
    expect(await firstArrivalAfter(scene, acceptsAt)).toBeLessThan(5_000)
  }
  await expectRecovered(scene, 2 * sendingAtOnceMax)
})

test('the same through PgBouncer in transaction mode', async () => {
  const cluster = await aCluster()
  const bouncer = await startBouncer(cluster)
  cleanUps.push(() => bouncer.stop())
  const scene = await aScene({
    databaseUrl: cluster.url,
    settings: { DATABASE_URL: bouncer.url, DATABASE_PREPARE: 'off', DATABASE_LISTEN_URL: cluster.url },
  })
  const acceptsAt = await restart(cluster, 'fast')
  expect(await firstArrivalAfter(scene, acceptsAt)).toBeLessThan(5_000)
  await expectRecovered(scene, sendingAtOnceMax)
})

test('PgBouncer without a direct connection for LISTEN: it is said, and everything arrives all the same', async () => {
  const cluster = await aCluster()
  const bouncer = await startBouncer(cluster)
  cleanUps.push(() => bouncer.stop())
  const scene = await aScene({
    databaseUrl: cluster.url,
    settings: { DATABASE_URL: bouncer.url, DATABASE_PREPARE: 'off' },
  })
  for (const process of scene.processes) await process.logged(({ event }) => event === 'hints.not_heard')
  await expectRecovered(scene, 0)
})

test('a synchronous standby is promoted after its primary was killed: no accepted event is lost', async () => {
  const primary = await aCluster({ wal_level: 'replica', max_wal_senders: '5' })
  const standby = await makeStandby(primary, 'second')
  cleanUps.push(() => standby.remove())
  await standby.start()
  const admin = new pg.Client({ connectionString: primary.url })
  admin.on('error', () => {})
  await admin.connect()
  await admin.query(`alter system set synchronous_standby_names = 'second'`)
  await admin.query('select pg_reload_conf()')
  await waitFor('the standby to be synchronous', async () => {
    const { rows } = await admin.query<{ sync_state: string }>('select sync_state from pg_stat_replication')
    return rows[0]?.sync_state === 'sync'
  })
  // The address that moves with the primary.
  const address = await startCuttingProxy(primary.url)
  cleanUps.push(() => address.close())
  const scene = await aScene({ databaseUrl: address.url })
  await primary.kill()
  address.breakAll()
  await standby.promote()
  address.leadTo(standby.url)
  address.restore()
  expect(await firstArrivalAfter(scene, performance.now())).toBeLessThan(5_000)
  await expectRecovered(scene, sendingAtOnceMax)
})

test('cut off for longer than a lease and then slowed: what is accepted arrives', async () => {
  const cluster = await aCluster()
  const proxy = await startCuttingProxy(cluster.url)
  cleanUps.push(() => proxy.close())
  const scene = await aScene({ databaseUrl: cluster.url, settings: { DATABASE_URL: proxy.url } })
  proxy.breakAll()
  await waitFor(
    'both leases to end',
    async () => {
      const [row] = await scene.setting.query<{ n: string }>(
        'select count(*) as n from workers where alive_until > now()',
      )
      return row!.n === '0'
    },
    20_000,
  )
  proxy.restore()
  expect(await firstArrivalAfter(scene, performance.now())).toBeLessThan(5_000)
  proxy.slowBy(100)
  const arrived = scene.setting.receiver.requests.length
  await waitFor('deliveries while it is slow', () => scene.setting.receiver.requests.length > arrived + 200, 60_000)
  proxy.slowBy(0)
  await expectRecovered(scene, 2 * sendingAtOnceMax)
})

test('all connections of a small pool wait on a lock: callers hear 503 or are served late, and nothing is lost', async () => {
  const cluster = await aCluster()
  const scene = await aScene({ databaseUrl: cluster.url, settings: { DATABASE_CONNECTIONS_MAX: '3' } })
  const { pouring } = scene
  const blocker = new pg.Client({ connectionString: cluster.url })
  await blocker.connect()
  await blocker.query('begin; lock table queue in access exclusive mode')
  await waitFor('somebody to be refused', () => pouring.refused.statuses.includes(503), 60_000)
  expect(new Set(pouring.refused.statuses)).toEqual(new Set([503]))
  await blocker.query('rollback')
  const freeAt = performance.now()
  await blocker.end()
  expect(await firstArrivalAfter(scene, freeAt)).toBeLessThan(5_000)
  await expectRecovered(scene, sendingAtOnceMax)
})
