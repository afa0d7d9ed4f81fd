import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, type Log } from '../../src/server/base/log.ts'
import { readConfig } from '../../src/server/config.ts'
import { startServer, type RunningServer } from '../../src/server/main.ts'
import { later } from '../../src/server/base/timers.ts'
import { masterKey, startSignalbox, type TestSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

let signalbox: TestSignalbox & { stop(): Promise<void> }
beforeAll(async () => {
  signalbox = await startSignalbox()
})
afterAll(() => signalbox.stop())

const webhooks = 8
const eventsMax = 60

test('a process that comes later sends its share; no cap is exceeded, nothing is lost and nothing sent twice', async () => {
  const { makeWebhook, makeAutomation, record, receiver } = signalbox
  const underWay = new Map<string, number>()
  const isQuiet = () => [...underWay.values()].every((count) => count === 0)
  let most = 0
  let rejected = 0
  let sentByLater = 0
  receiver.answerWith(({ path }, response, number) => {
    const now = (underWay.get(path) ?? 0) + 1
    underWay.set(path, now)
    most = Math.max(most, now)
    // What waits lasts until the later process has its share, however busy the machine is.
    later(sentByLater === 0 ? 500 : 5, () => {
      underWay.set(path, underWay.get(path)! - 1)
      const status = number % 10 === 0 ? 503 : 200
      if (status === 503) rejected += 1
      response.writeHead(status).end()
    })
  })
  for (let number = 0; number < webhooks; number++) {
    const retry = { attempts_max: 20, delay_ms_min: 20, delay_ms_max: 50 }
    const { id } = await makeWebhook({ url: `${receiver.url}/${number}`, concurrency_max: 1, retry })
    await makeAutomation(id)
  }
  for (let number = 0; number < eventsMax; number++) await record({ name: 'much', subject: `${number}` })

  const count: Log = { ...silentLog, info: (event) => void (sentByLater += event === 'delivery.attempted' ? 1 : 0) }
  const server = await startAnother(count)
  try {
    await waitFor('the later process to send', () => sentByLater > 10, 60_000)
    const accepted = () => receiver.requests.length - rejected
    await waitFor('every delivery to be accepted', () => isQuiet() && accepted() >= webhooks * eventsMax, 60_000)
    const ids = new Set(receiver.requests.map(({ headers }) => headers['webhook-id']))
    expect([ids.size, accepted()]).toEqual([webhooks * eventsMax, webhooks * eventsMax])
    expect(most).toBe(1)
  } finally {
    await server.stop()
  }
})

function startAnother(log: Log): Promise<RunningServer> {
  const config = readConfig(
    {
      role: 'worker',
      databaseUrl: signalbox.databaseUrl,
      masterKey,
      listen: { host: '127.0.0.1', port: 0 },
      allowedTargets: signalbox.receiver.target,
      dataFolder: '/nonexistent',
    },
    {},
  )
  return startServer(config, log)
}
