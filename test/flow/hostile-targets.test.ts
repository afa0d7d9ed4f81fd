import { createServer } from 'node:http'
import { isIP, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '../../src/server/base/limits.ts'
import { silentLog } from '../../src/server/base/log.ts'
import { openDatabase } from '../../src/server/database/database.ts'
import type { Lookup } from '../../src/server/outbound/guarded-connect.ts'
import { answerTo, hostileTargets, type HostileTarget } from '../support/hostile-targets.ts'
import { startSignalbox, type TestSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

// Whatever somebody writes for the address of a webhook, through every door of a whole Signalbox; what arrives is counted
// at a real listener of this machine. The name servers are ours, for what names resolve to changes.

/** Below what one team may check and test in a minute. */
const targetsPerTeam = 20

const arrived = { connections: 0, requests: 0 }
const listener = createServer((_request, response) => {
  arrived.requests += 1
  response.end('ok')
}).on('connection', () => (arrived.connections += 1))

let namesAnswer: 'whenSaved' | 'whenSent' = 'whenSaved'
const lookup: Lookup = (name, found) => {
  const addresses = answerTo(name, namesAnswer).map((address) => ({ address, family: isIP(address) }))
  setImmediate(() => found(null, addresses))
}

let guarded: TestSignalbox & { stop(): Promise<void> }
let stored: readonly Stored[] = []

interface Stored {
  readonly target: HostileTarget
  /** `whk_…` */
  readonly id: string
}

beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, '::', resolve))
  guarded = await startSignalbox({}, lookup)
})
afterAll(async () => {
  await guarded.stop()
  listener.closeAllConnections()
  listener.close()
})

const port = (): number => (listener.address() as AddressInfo).port
const urlOf = ({ url }: HostileTarget): string => url.replaceAll('PORT', String(port()))

test('the corpus has more than 150 different targets', () => {
  expect(new Set(hostileTargets.map(({ url }) => url)).size).toBe(hostileTargets.length)
  expect(hostileTargets.length).toBeGreaterThan(150)
})

test('no hostile target is saved, and each is told why; of a name that could change nothing but a warning', async () => {
  namesAnswer = 'whenSaved'
  const teams = await makeTeams(guarded, 'saving', hostileTargets.length)
  const wrong = await askForEach(hostileTargets, async (target, index) => {
    const team = teams[Math.floor(index / targetsPerTeam)]!
    const url = urlOf(target)
    const check = await guarded.admin.must('POST', `/teams/${team}/webhooks/check-url`, { url })
    const created = await guarded.admin.call('POST', `/teams/${team}/webhooks`, { name: `saved ${index}`, url })
    const { whenSaved } = target
    if (whenSaved === undefined) return check['ok'] === true && created.status === 201
    const told = [check['mistakes'], created.body.errors].every((mistakes) =>
      mistakes?.some(({ detail }: { detail: string }) => detail.includes(whenSaved)),
    )
    return check['ok'] === false && created.status === 422 && told
  })
  expect(wrong).toEqual([])
  expect(arrived).toEqual({ connections: 0, requests: 0 })
})

test('no hostile target is reached by a test of its webhook, however it got past the door', async () => {
  stored = await store(guarded, guarded.receiver.url, hostileTargets)
  namesAnswer = 'whenSent'
  const wrong = await askForEach(stored, async ({ target, id }) => {
    const tested = await guarded.admin.must('POST', `/webhooks/${id}/test`, {})
    return tested['outcome'] === 'refused' && tested['explanation'].what.includes(target.whenSent)
  })
  expect(wrong).toEqual([])
  expect(arrived).toEqual({ connections: 0, requests: 0 })
})

test('no hostile target is reached by a delivery, which fails at once and tells why', async () => {
  namesAnswer = 'whenSent'
  const event = await guarded.record()
  const deliveries = await allEnded(guarded, event.id, stored.length)
  const wrong = await askForEach(stored, async ({ target, id }) => {
    const delivery = deliveries.find(({ webhook }) => webhook === id)!
    return delivery['state'] === 'failed' && delivery['attempts'] === 1 && delivery['reason'].includes(target.whenSent)
  })
  expect(wrong).toEqual([])
  expect(arrived).toEqual({ connections: 0, requests: 0 })
})

test('with the permission of the guard every target that leads to this machine is reached: the corpus can fail', async () => {
  namesAnswer = 'whenSent'
  const allowedTargets = `0.0.0.0/0:${port()},[::/0]:${port()}`
  const open = await startSignalbox({ allowedTargets }, lookup)
  try {
    const leading = hostileTargets.filter(({ leadsHere }) => leadsHere)
    expect(leading.length).toBeGreaterThan(100)
    await store(open, `http://127.0.0.1:${port()}/`, leading)
    const event = await open.record()
    const deliveries = await allEnded(open, event.id, leading.length)
    expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['succeeded']))
    expect(arrived.requests).toBe(leading.length)
  } finally {
    await open.stop()
  }
})

/** Teams of the one who asks, enough for so many targets. */
async function makeTeams({ admin }: TestSignalbox, what: string, targets: number): Promise<string[]> {
  const names = Array.from({ length: Math.ceil(targets / targetsPerTeam) }, (_, index) => `${what}-${index}`)
  for (const name of names) await admin.must('POST', '/organizations/acme/teams', { name })
  return names
}

/** Webhooks with an automation each, made with a harmless address that is then changed behind everybody's back. */
async function store(
  signalbox: TestSignalbox,
  harmless: string,
  targets: readonly HostileTarget[],
): Promise<readonly Stored[]> {
  const teams = await makeTeams(signalbox, 'stored', targets.length)
  const made: Stored[] = []
  await askForEach(targets, async (target, index) => {
    const team = teams[Math.floor(index / targetsPerTeam)]!
    const { id } = await signalbox.admin.must('POST', `/teams/${team}/webhooks`, {
      name: `stored ${index}`,
      url: harmless,
    })
    await signalbox.makeAutomation(id)
    made.push({ target, id })
    return true
  })
  const db = openDatabase({ url: signalbox.databaseUrl, prepare: false, connectionsMax: 1, log: silentLog })
  await db.query(
    'update webhooks w set url = s.url from unnest($1::bigint[], $2::text[]) as s(id, url) where w.id = s.id',
    [made.map(({ id }) => id.replace('whk_', '')), made.map(({ target }) => urlOf(target))],
  )
  await db.close()
  return made
}

/** Every one that is not as it should be; asked as many at a time as may test webhooks. */
async function askForEach<T>(all: readonly T[], isRight: (one: T, index: number) => Promise<boolean>): Promise<T[]> {
  const wrong: T[] = []
  const entries = all.entries()
  const ask = async (): Promise<void> => {
    for (const [index, one] of entries) if (!(await isRight(one, index))) wrong.push(one)
  }
  await Promise.all(Array.from({ length: limits.webhookTestsMax }, ask))
  return wrong
}

function allEnded({ admin }: TestSignalbox, event: string, count: number): Promise<Record<string, any>[]> {
  return waitFor(
    `${count} deliveries to end`,
    async () => {
      const all: Record<string, any>[] = []
      for (let cursor = ''; ;) {
        const page = await admin.must('GET', `/deliveries?event=${event}&limit=100${cursor}`)
        all.push(...page['items'])
        if (page['next'] === null) break
        cursor = `&cursor=${page['next']}`
      }
      return all.length === count && all.every((one) => one['finished_at'] !== null) ? all : undefined
    },
    60_000,
  )
}
