import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { limits } from '../../src/server/base/limits.ts'
import { makeClient } from '../support/client.ts'
import { makeCluster, type OwnCluster } from '../support/own-cluster.ts'
import { expectNothingLost, makeAutomations, makeSetting, pour } from '../support/poured-events.ts'
import { startReceiver } from '../support/receiver.ts'
import { makeFirstPerson, startProcess } from '../support/signalbox-process.ts'
import { makeSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { waitFor } from '../support/wait-for.ts'

// The disk of the database fills up, under load, and room is made again.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function aDisk(megabytes: number): Promise<SmallDisk> {
  const disk = await makeSmallDisk(megabytes)
  cleanUps.push(() => disk.remove())
  return disk
}

async function aCluster(disk: SmallDisk, logFolder?: string): Promise<OwnCluster> {
  const folder = join(disk.folder, 'data')
  await mkdir(folder)
  const cluster = await makeCluster({ shared_buffers: '16MB' }, { folder, ...(logFolder && { logFolder }) })
  cleanUps.push(() => cluster.remove())
  await cluster.start()
  return cluster
}

/** Two processes on the cluster, with events pouring into both of them and arriving. */
async function aScene(cluster: OwnCluster) {
  const setting = await makeSetting({ databaseUrl: cluster.url, answerMs: 20 })
  cleanUps.push(() => setting.end())
  const processes = [await setting.start(), await setting.start()]
  await makeAutomations(setting.client(processes[0]!), setting.receiver, 4)
  const pouring = pour(() => processes.map((process) => setting.client(process)), { webhooks: 4, pauseMs: 20 })
  cleanUps.push(() => pouring.stop())
  await waitFor('events to arrive', () => setting.receiver.requests.length > 200, 60_000)
  return { setting, pouring }
}

/** Requests under way when leases end: those, and no others, may arrive again. */
const sendingAtOnceMax = 2 * 4 * 20

test('the disk of the data is full: events are refused with 507, what was accepted arrives, and room is all it takes', async () => {
  const disk = await aDisk(256)
  const logFolder = await mkdtemp(join(tmpdir(), 'signalbox-log-'))
  cleanUps.push(() => rm(logFolder, { recursive: true, force: true }))
  const { setting, pouring } = await aScene(await aCluster(disk, logFolder))
  await disk.fill(0)
  await waitFor('many to be refused', () => pouring.refused.statuses.filter((status) => status === 507).length > 100)
  expect(new Set(pouring.refused.statuses)).toEqual(new Set([507]))
  await disk.makeRoom()
  const before = pouring.accepted.size
  await waitFor('more events', () => pouring.accepted.size > before + 200, 60_000)
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, sendingAtOnceMax)
})

test('the log finds no room either: PostgreSQL ends, callers hear 503 or 507, and nothing accepted is lost', async () => {
  const disk = await aDisk(256)
  const cluster = await aCluster(disk)
  const { setting, pouring } = await aScene(cluster)
  await setting.query('checkpoint')
  await disk.fill(0)
  await waitFor('many to be refused', () => pouring.refused.statuses.length > 100, 60_000)
  await setting.query('select pg_switch_wal()').catch(() => {}) // The next piece of the log finds no room.
  await cluster.stop('immediate').catch(() => {}) // It has ended by itself.
  await disk.makeRoom()
  await cluster.start()
  const before = pouring.accepted.size
  await waitFor('more events', () => pouring.accepted.size > before + 200, 60_000)
  expect([503, 507]).toEqual(expect.arrayContaining([...new Set(pouring.refused.statuses)]))
  await pouring.stop()
  await expectNothingLost(setting, pouring.accepted, sendingAtOnceMax)
})

test('embedded, writing stops while there is still room for what was accepted, and begins again when there is more', async () => {
  const disk = await aDisk(700)
  const receiver = await startReceiver((_request, response) => void setTimeout(() => response.writeHead(200).end(), 20))
  cleanUps.push(() => receiver.close())
  const settings = { SIGNALBOX_DATA: join(disk.folder, 'data'), SIGNALBOX_ALLOWED_TARGETS: receiver.target }
  const apiKey = await makeFirstPerson(settings)
  const signalbox = await startProcess(settings)
  cleanUps.push(() => signalbox.kill('SIGTERM'))
  const admin = makeClient(signalbox.url, apiKey)
  await makeAutomations(admin, receiver)
  const pouring = pour(() => [admin])
  cleanUps.push(() => pouring.stop())
  await waitFor('events to arrive', () => receiver.requests.length > 200, 60_000)

  await disk.fill(limits.diskFreeBytesMin - 16 * 1024 * 1024)
  await signalbox.logged(({ event }) => event === 'disk.nearly_full')
  await waitFor('many to be refused', () => pouring.refused.statuses.length > 100)
  expect(new Set(pouring.refused.statuses)).toEqual(new Set([507]))
  const refused = await admin.call('POST', '/projects/demo/events', { name: 'poured', data: { n: -1, share: 0 } })
  expect(refused.body).toMatchObject({ type: '/problems/disk-nearly-full', status: 507 })
  expect((await admin.call('GET', '/deliveries?team=vision')).status).toBe(200)
  await waitFor('what was accepted to arrive', async () => (await unfinished()) === 0, 60_000)

  const before = pouring.accepted.size
  await disk.makeRoom()
  await waitFor('more events', () => pouring.accepted.size > before + 200, 60_000)
  await pouring.stop()
  await waitFor('everything to arrive', async () => (await unfinished()) === 0, 60_000)
  const arrived = receiver.requests.map((request) => (JSON.parse(request.body.toString()) as { n: number }).n)
  expect(new Set(arrived)).toEqual(pouring.accepted)
  expect(arrived).toHaveLength(pouring.accepted.size)

  async function unfinished(): Promise<number> {
    const stats = await admin.must<{ waiting: number; sending: number; held: number }>('GET', '/stats?team=vision')
    return stats.waiting + stats.sending + stats.held
  }
})
