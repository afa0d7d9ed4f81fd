import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { metOutcome } from '../../src/server/deliveries/met-outcome.ts'
import { makeClient } from '../support/client.ts'
import { startReceiver } from '../support/receiver.ts'
import { makeFirstPerson, startProcess } from '../support/signalbox-process.ts'
import { waitFor } from '../support/wait-for.ts'

// The embedded database is a process of its own: it may outlive a killed Signalbox, or be killed with it.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function checkKill(kills: 'signalbox alone' | 'signalbox and its database'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-kill-'))
  cleanUps.push(() => rm(folder, { recursive: true, force: true }))
  const receiver = await startReceiver((_request, response) => void setTimeout(() => response.writeHead(200).end(), 20))
  cleanUps.push(() => receiver.close())
  const settings = { SIGNALBOX_DATA: folder, SIGNALBOX_ALLOWED_TARGETS: receiver.target }
  const apiKey = await makeFirstPerson(settings)
  const first = await startProcess(settings)
  const admin = makeClient(first.url, apiKey)
  await admin.must('POST', '/organizations/acme/teams', { name: 'vision' })
  await admin.must('POST', '/projects', { team: 'vision', name: 'demo' })
  const webhook = await admin.must('POST', '/teams/vision/webhooks', {
    name: 'hook',
    url: `${receiver.url}/`,
    concurrency_max: 5,
  })
  await admin.must('POST', '/projects/demo/automations', {
    name: 'all',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: webhook['id'], template: '{"n": ${event_data.n}}' },
  })
  const accepted: number[] = []
  let pouring = true
  const pour = async (from: number): Promise<void> => {
    for (let n = from; pouring; n += 8) {
      const answer = await admin
        .call('POST', '/projects/demo/events', { name: 'poured', data: { n } })
        .catch(() => undefined)
      if (answer?.status === 201) accepted.push(n)
    }
  }
  const lanes = Array.from({ length: 8 }, (_, from) => pour(from))
  await waitFor('events', () => accepted.length > 200)
  const postmaster = Number((await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])
  await first.kill('SIGKILL')
  if (kills === 'signalbox and its database') process.kill(postmaster, 'SIGKILL')
  pouring = false
  await Promise.all(lanes)

  const second = await startProcess(settings)
  cleanUps.push(() => second.kill('SIGTERM'))
  const arrivals = () => receiver.requests.map((request) => (JSON.parse(request.body.toString()) as { n: number }).n)
  await waitFor('everything accepted to arrive', () => accepted.every((n) => arrivals().includes(n)), 60_000)
  const again = makeClient(second.url, apiKey)
  await waitFor('nothing to be unfinished', async () => {
    const { items } = await again.must('GET', `/deliveries?webhook=${webhook['id']}&limit=100`)
    return items.every((item: { finished_at: string | null }) => item.finished_at !== null)
  })
  const numbers = arrivals()
  const arrived = new Set(numbers)
  // What was *sending* in the name of the killed process was taken back with an attempt *interrupted*: only that may repeat.
  expect(numbers.length - arrived.size).toBeLessThanOrEqual(await countInterrupted(folder))
}

async function countInterrupted(folder: string): Promise<number> {
  const { url } = JSON.parse(await readFile(join(folder, 'connection.json'), 'utf8')) as { url: string }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ n: string }>('select count(*) as n from attempts where outcome = $1', [
    metOutcome.interrupted,
  ])
  await client.end()
  return Number(rows[0]!.n)
}

test('kill -9 of Signalbox alone: the next start loses no accepted event, and repeats no more than were being sent', () =>
  checkKill('signalbox alone'))
test('kill -9 of Signalbox and its database: the same', () => checkKill('signalbox and its database'))
