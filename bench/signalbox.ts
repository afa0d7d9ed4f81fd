import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeClient, type Client } from '../test/support/client.ts'
import { makeFirstPerson } from '../test/support/signalbox-process.ts'
import type { Child, ChildOptions } from './child.ts'
import { eventBody, targetOf, type Contender } from './contender.ts'

/** A running product with a team `vision` and a project `demo`, and what a bench needs to fill it. */
export interface Signalbox extends Contender {
  readonly url: string
  readonly port: number
  readonly apiKey: string
  readonly admin: Client
  readonly databaseUrl: string | undefined
  readonly dataFolder: string
  /** Lines of its log. */
  readLog(): Record<string, unknown>[]
  makeWebhook(path: string, settings?: Record<string, unknown>): Promise<string>
  /** Answers every custom event of the project by sending its data, 1 KB, to the webhook. */
  makeAutomation(webhook: string, settings?: Record<string, unknown>): Promise<string>
}

export interface SignalboxOptions {
  /** Undefined: on the bench's server; `embedded`: the product's own. */
  readonly database?: 'embedded'
  /** Another process of this one. */
  readonly beside?: Signalbox
}

export interface SignalboxParts {
  readonly folder: string
  readonly receiverPort: number
  readonly profileFolder: string | undefined
  readonly makeDatabase: () => Promise<string>
  readonly fork: (program: string, options: ChildOptions) => Promise<Child>
}

const masterKey = randomBytes(32).toString('base64')
let started = 0

export async function startSignalbox(parts: SignalboxParts, options: SignalboxOptions): Promise<Signalbox> {
  const { folder, receiverPort, profileFolder, makeDatabase, fork } = parts
  const { beside } = options
  const number = ++started
  const databaseUrl = options.database === 'embedded' ? undefined : (beside?.databaseUrl ?? (await makeDatabase()))
  const dataFolder = join(folder, `data-${number}`)
  const settings = {
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    SIGNALBOX_DATA: dataFolder,
    SIGNALBOX_MASTER_KEY: masterKey,
    SIGNALBOX_ALLOWED_TARGETS: `127.0.0.1:${receiverPort}`,
  }
  const apiKey = beside?.apiKey ?? (await makeFirstPerson(settings))
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  // Its log is written as it would be in production, to a file.
  const logFile = join(folder, `signalbox-${number}.log`)
  const log = openSync(logFile, 'w')
  const child = await fork('processes/signalbox.ts', {
    args: ['serve'],
    environment: { ...settings, SIGNALBOX_LISTEN: `127.0.0.1:${port}` },
    output: log,
    profileFolder,
    whenReady: () => waitUntilReady(url),
  })
  closeSync(log)
  const admin = makeClient(url, apiKey)
  if (beside === undefined) {
    await admin.must('POST', '/organizations/acme/teams', { name: 'vision' })
    await admin.must('POST', '/projects', { team: 'vision', name: 'demo' })
  }
  let made = 0
  return {
    pid: child.pid,
    url,
    port,
    apiKey,
    admin,
    databaseUrl,
    dataFolder,
    readLog: () =>
      readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    target: targetOf(port, '/api/v1/projects/demo/events', apiKey),
    batchTarget: targetOf(port, '/api/v1/projects/demo/events/batch', apiKey),
    body: eventBody,
    async makeWebhook(path, webhookSettings = {}) {
      const { id } = await admin.must<{ id: string }>('POST', '/teams/vision/webhooks', {
        name: `webhook ${++made}`,
        url: `http://127.0.0.1:${receiverPort}${path}`,
        ...webhookSettings,
      })
      return id
    },
    async makeAutomation(webhook, automationSettings = {}) {
      const { id } = await admin.must<{ id: string }>('POST', '/projects/demo/automations', {
        name: `automation ${++made}`,
        event_type: 'CUSTOM',
        action: { type: 'webhook', webhook, template: '${event_data}' },
        ...automationSettings,
      })
      return id
    },
    stop: () => child.stop(),
  }
}

async function waitUntilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok === true) return
    await pause(50)
  }
  throw new Error('Signalbox was not ready within 30 s')
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
