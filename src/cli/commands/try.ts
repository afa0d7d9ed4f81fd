import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { connect } from '../../sdk/connect.ts'
import { defaultTryFolder, readConfig } from '../../server/config.ts'
import { makeFileLog } from '../../server/json-log.ts'
import { startServer, type RunningServer } from '../../server/main.ts'
import type { GlobalOptions } from '../client-for.ts'
import { UsageError } from '../failures.ts'
import { bold, print, printJson } from '../print.ts'
import { startReceiver, type Arrival, type Receiver } from '../receiver.ts'
import { makeExample, newExample, readExample, writeExample, type Example } from '../try-example.ts'
import { untilAskedToStop } from '../until-asked-to-stop.ts'

interface TryOptions extends GlobalOptions {
  readonly data?: string
  readonly port?: number
}

const defaultPort = 8080

export function tryCommand(program: Command): void {
  program
    .command('try')
    .description('Signalbox on its embedded database, with an example that delivers its first webhook')
    .option('--data <dir>', 'where everything is kept')
    .option('--port <port>', 'where it listens', readPort)
    .action(async (_options: unknown, command: Command) => runTry(command.optsWithGlobals<TryOptions>()))
}

/** Starts, plays the story once, and stays up. What an interrupted first start has not finished the next one does. */
async function runTry(options: TryOptions): Promise<void> {
  const story = tellStory(options.json === true)
  const dataFolder = resolve(options.data ?? defaultTryFolder())
  const known = readExample(dataFolder)
  const arrivals = collectArrivals()
  let signingSecret = known?.signingSecret
  const receiver = await startReceiverNear(known?.receiverPort ?? 0, {
    status: 200,
    secrets: () => ({ signingSecrets: signingSecret === undefined ? [] : [signingSecret] }),
    onArrival: arrivals.add,
  })
  story.step('a receiver of its own', `http://127.0.0.1:${receiver.port}`)

  const port = options.port ?? (await freePort(defaultPort))
  const allowedTargets = `127.0.0.1:${receiver.port}${known === undefined || known.receiverPort === receiver.port ? '' : `, 127.0.0.1:${known.receiverPort}`}`
  const config = readConfig({
    dataFolder,
    databaseUrl: undefined,
    role: 'all',
    listen: { host: '127.0.0.1', port },
    publicUrl: undefined,
    allowedTargets,
  })
  const server = await startServer(config, makeFileLog(join(dataFolder, 'signalbox.log'), config.logLevel))
  story.step('a database and a server', server.url)

  let example = known ?? writeExample(dataFolder, await firstPerson(server, receiver.port))
  const client = connect({ url: server.url, apiKey: example.apiKey })
  if (example.deliveredMs === undefined) {
    if (example.webhookId === undefined || example.receiverPort !== receiver.port) {
      example = writeExample(dataFolder, await makeExample(client, { ...example, receiverPort: receiver.port }))
      story.step(
        'an organization, a team, a project, a secret, a webhook, an automation',
        `${example.organization}, ${example.team}, ${example.project}`,
      )
    }
    signingSecret = example.signingSecret
    example = writeExample(dataFolder, { ...example, deliveredMs: await playStory(client, example, arrivals, story) })
    story.end(server.url, dataFolder, example)
    story.last(`delivered and verified in ${example.deliveredMs} ms`)
  } else {
    if (example.receiverPort !== receiver.port && example.webhookId !== undefined)
      await moveWebhook(client, example, receiver.port)
    story.end(server.url, dataFolder, example)
  }
  story.json(server.url, example)

  await untilAskedToStop()
  await server.stop()
  await receiver.close()
  process.exit(0)
}

async function firstPerson(server: RunningServer, receiverPort: number): Promise<Example> {
  const password = randomBytes(9).toString('base64url')
  const example = newExample('', password, receiverPort)
  const { apiKey } = await server.setUp({ organization: example.organization, admin: example.admin, password })
  return { ...example, apiKey }
}

/** Records an event and waits until its request is verified and its delivery on record. Answers the milliseconds between. */
async function playStory(
  client: ReturnType<typeof connect>,
  example: Example,
  arrivals: Arrivals,
  story: Story,
): Promise<number> {
  const startedAt = performance.now()
  const event = await client.events.record(example.project, {
    name: 'evaluation.finished',
    subject: 'churn-model',
    data: { accuracy: 0.9412 },
  })
  const acceptedAt = performance.now()
  story.step('an event was accepted', event.id, acceptedAt - startedAt)
  const { arrival, at } = await arrivals.verified()
  const deliveredMs = Math.max(1, Math.round(at - startedAt))
  if (arrival.headers['authorization'] !== `Bearer ${example.accessToken}`)
    throw new Error('the request came without its access token')
  story.step(
    'its request arrived',
    `signature verified, access token right, webhook-id ${arrival.headers['webhook-id']}`,
    at - acceptedAt,
  )
  for (;;) {
    const [delivery] = (await client.deliveries.list({ event: event.id, limit: 1 })).items
    if (delivery?.state === 'succeeded') {
      story.step('its delivery is on record', `${delivery.id} succeeded, attempt ${delivery.attempts}`)
      return deliveredMs
    }
    if (delivery !== undefined && delivery.finished_at !== null)
      throw new Error(`the delivery ended as ${delivery.state}: ${delivery.reason}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The receiver's old port was taken by somebody else: its webhook goes where it listens now. */
async function moveWebhook(client: ReturnType<typeof connect>, example: Example, port: number): Promise<void> {
  const { revision } = await client.webhooks.get(example.webhookId!)
  await client.webhooks.update(example.webhookId!, { revision, url: `http://127.0.0.1:${port}/hook` })
}

interface Arrivals {
  add(arrival: Arrival): void
  verified(): Promise<{ arrival: Arrival; at: number }>
}

const arrivalMsMax = 30_000

function collectArrivals(): Arrivals {
  let tell: (found: { arrival: Arrival; at: number }) => void = () => {}
  let early: { arrival: Arrival; at: number } | undefined
  return {
    add(arrival) {
      if (!arrival.verification.verified) return
      early = { arrival, at: performance.now() }
      tell(early)
    },
    verified: () =>
      new Promise((resolve, reject) => {
        if (early !== undefined) return resolve(early)
        tell = resolve
        setTimeout(
          () => reject(new Error(`no verified request arrived within ${arrivalMsMax / 1000} s`)),
          arrivalMsMax,
        ).unref()
      }),
  }
}

type Story = ReturnType<typeof tellStory>

/** For people line by line; with --json one line at the end. */
function tellStory(asJson: boolean) {
  const startedAt = performance.now()
  const say = (text: string) => (asJson ? undefined : print(text))
  return {
    step(what: string, details: string, ms = performance.now() - startedAt) {
      say(`${`${Math.round(ms)} ms`.padStart(8)}  ${what}: ${details}`)
    },
    end(url: string, dataFolder: string, example: Example) {
      say('')
      say(`  ${bold('Signalbox')}  ${url}   (everything is in ${dataFolder})`)
      say(
        `  ${bold('sign in')}    ${example.admin}, password ${example.password}   (signalbox login --name ${example.admin})`,
      )
      say(`  ${bold('API key')}    ${example.apiKey}`)
      say(
        `  ${bold('try')}        SIGNALBOX_URL=${url} SIGNALBOX_API_KEY=${example.apiKey} npx signalbox events record ${example.project} --name evaluation.finished`,
      )
      say('')
    },
    last: say,
    json(url: string, example: Example) {
      if (!asJson) return
      printJson({
        url,
        api_key: example.apiKey,
        organization: example.organization,
        team: example.team,
        project: example.project,
        registry: example.registry,
        webhook_id: example.webhookId ?? null,
        automation_id: example.automationId ?? null,
        delivered_ms: example.deliveredMs ?? null,
      })
    },
  }
}

/** On the port it had before when it is free, else on any. */
async function startReceiverNear(
  port: number,
  options: Omit<Parameters<typeof startReceiver>[0], 'port'>,
): Promise<Receiver> {
  try {
    return await startReceiver({ ...options, port })
  } catch (error) {
    if (port === 0 || !isTaken(error)) throw error
    return startReceiver({ ...options, port: 0 })
  }
}

/** The wanted port, or 0 (any) when somebody listens there. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(wanted, '127.0.0.1', resolve))
    return wanted
  } catch (error) {
    if (!isTaken(error)) throw error
    return 0
  } finally {
    probe.close()
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`“${text}” is no port`, '--port 8080')
  return port
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
