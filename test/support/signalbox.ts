import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Log, LogFields } from '../../src/server/base/log.ts'
import { readConfig, type Config } from '../../src/server/config.ts'
import type { Lookup } from '../../src/server/outbound/guarded-connect.ts'
import { startServer, type RunningServer } from '../../src/server/main.ts'
import { makeClient, type Client } from './client.ts'
import { makeDatabase } from './database.ts'
import { startReceiver, type Receiver } from './receiver.ts'
import { waitFor } from './wait-for.ts'

/** A whole Signalbox in this process, on a database of its own, with a team, a project and a receiver. */
export interface TestSignalbox {
  readonly admin: Client
  readonly receiver: Receiver
  readonly databaseUrl: string
  readonly logged: readonly (LogFields & { event: string })[]
  readonly server: RunningServer
  /** A client without a key, and one with another. */
  as(apiKey: string | undefined): Client
  makeWebhook(settings?: Record<string, unknown>): Promise<{ id: string; signing_secret: string } & Record<string, any>>
  makeAutomation(webhook: string, settings?: Record<string, unknown>): Promise<Record<string, any>>
  record(event?: Record<string, unknown>): Promise<{ id: string; duplicate: boolean }>
  /** Waits until every delivery of the event has ended. */
  ended(eventId: string): Promise<Record<string, any>[]>
}

export const masterKey = randomBytes(32).toString('base64')

export async function startSignalbox(
  overrides: Partial<Config> = {},
  lookup?: Lookup,
): Promise<TestSignalbox & { stop(): Promise<void> }> {
  const database = await makeDatabase()
  const receiver = await startReceiver()
  const logged: (LogFields & { event: string })[] = []
  const write = (event: string, fields: LogFields = {}) => void logged.push({ ...fields, event })
  const log: Log = { info: write, warn: write, error: write, debug: write }
  const config = readConfig(
    {
      databaseUrl: database.url,
      masterKey,
      listen: { host: '127.0.0.1', port: 0 },
      allowedTargets: receiver.target,
      dataFolder: '/nonexistent',
      ...overrides,
    },
    {},
  )
  const server = await startServer(config, log, lookup)
  const { apiKey } = await server.setUp({ organization: 'acme', admin: 'ada', password: 'correct horse battery' })
  const admin = makeClient(server.url, apiKey)
  await admin.must('POST', '/organizations/acme/teams', { name: 'vision' })
  await admin.must('POST', '/projects', { team: 'vision', name: 'demo' })
  let made = 0
  return {
    admin,
    receiver,
    databaseUrl: database.url,
    logged,
    server,
    as: (key) => makeClient(server.url, key),
    makeWebhook: (settings = {}) =>
      admin.must('POST', '/teams/vision/webhooks', {
        name: `hook ${++made}`,
        url: `${receiver.url}/hook`,
        ...settings,
      }),
    makeAutomation: (webhook, settings = {}) =>
      admin.must('POST', '/projects/demo/automations', {
        name: `automation ${++made}`,
        event_type: 'CUSTOM',
        action: { type: 'webhook', webhook, template: '{"name": "${event_name}", "data": ${event_data}}' },
        ...settings,
      }),
    record: (event = {}) => admin.must('POST', '/projects/demo/events', { name: 'evaluation.finished', ...event }),
    ended: (eventId) =>
      waitFor(`the deliveries of ${eventId} to end`, async () => {
        const { items } = await admin.must<{ items: Record<string, any>[] }>(
          'GET',
          `/deliveries?event=${eventId}&limit=100`,
        )
        return items.length > 0 && items.every((item) => item['finished_at'] !== null) ? items : undefined
      }),
    async stop() {
      await server.stop()
      await receiver.close()
      await database.drop()
    },
  }
}

/** One for a test file. */
export function useSignalbox(overrides: Partial<Config> = {}): { current: TestSignalbox } {
  const holder: { current: TestSignalbox } = { current: undefined as never }
  let stop = async (): Promise<void> => {}
  beforeAll(async () => {
    const started = await startSignalbox(overrides)
    holder.current = started
    stop = () => started.stop()
  })
  afterAll(() => stop())
  return holder
}
