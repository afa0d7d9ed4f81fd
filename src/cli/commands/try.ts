import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { connect } from '../../sdk/connect.ts'
import { choosePort, isPortTaken } from '../choose-port.ts'
import type { GlobalOptions } from '../client-for.ts'
import { makeAdmin, makeExample, moveWebhook } from '../make-example.ts'
import { makeMailbox, playStory } from '../play-story.ts'
import { readPort } from '../read-option.ts'
import { startReceiver, type Receiver, type ReceiverOptions } from '../receiver.ts'
import { printSummary, silentStory, tellStory } from '../tell-story.ts'
import { exampleFile, newExample, type Example } from '../try-example.ts'
import { watchForStop, type Stop } from '../watch-for-stop.ts'

interface TryOptions extends GlobalOptions {
  readonly data?: string
  readonly port?: number
}

const usualPort = 8080

export function tryCommand(program: Command): void {
  program
    .command('try')
    .description('Signalbox on its embedded database, with an example that delivers its first webhook')
    .option('--data <dir>', 'where everything is kept; ./signalbox-data')
    .option('--port <port>', `where it listens; ${usualPort}, or another one when that is taken`, readPort)
    .action(async (_options: unknown, command: Command) => {
      const stop = watchForStop()
      await runTry(command.optsWithGlobals<TryOptions>(), stop)
      process.exit(0)
    })
}

/** Starts, plays the story once, and stays up. What an interrupted first start has not finished the next one does. */
async function runTry({ data, port: wantedPort, json }: TryOptions, stop: Stop): Promise<void> {
  const { defaultTryFolder, readConfig } = await import('../../server/config.ts')
  const { makeFileLog } = await import('../../server/json-log.ts')
  const { startServer } = await import('../../server/main.ts')
  const story = json === true ? silentStory : tellStory()
  const dataFolder = resolve(data ?? defaultTryFolder())
  const file = exampleFile(dataFolder)
  const { port, note } = await choosePort(wantedPort, usualPort)
  // Everything is taken down in reverse: the server has let its last request end before its receiver goes.
  await using running = new AsyncDisposableStack()

  let example: Example | undefined = file.read()
  const isFirst = example?.deliveredMs === undefined
  const mailbox = makeMailbox()
  const receiver = await startReceiverAt(example?.receiverPort ?? 0, {
    secrets: () => ({ signingSecrets: example?.signingSecret === undefined ? [] : [example.signingSecret] }),
    onArrival: (arrival) => mailbox.take(arrival, example?.accessToken),
  })
  running.defer(() => receiver.close())
  story.step('receiver', `listens on ${receiver.url} and verifies what it gets`)

  const set = readConfig({
    dataFolder,
    databaseUrl: undefined,
    databaseListenUrl: undefined,
    role: 'all',
    listen: { host: '127.0.0.1', port },
    publicUrl: undefined,
    receiver: { host: '127.0.0.1', port: port === 0 ? 0 : port + 1 },
  })
  const config = { ...set, allowedTargets: `127.0.0.1:${receiver.port}, ${set.allowedTargets}` }
  const server = await startServer(config, makeFileLog(join(dataFolder, 'signalbox.log'), config.logLevel))
  running.defer(() => server.stop())
  story.step('server', `listens on ${server.url}${note}, with a database of its own`)
  if (stop.isAsked()) return

  example = await makeAdmin(server, example ?? newExample(receiver.port), file)
  const client = connect({ url: server.url, apiKey: example.apiKey })
  example = file.write(await moveWebhook(client, example, receiver.port))
  if (isFirst) {
    example = await makeExample(client, example, file)
    const { organization, team, project, registry, webhookId, automationId } = example
    story.step('example', `organization ${organization}, team ${team}, project ${project}, registry ${registry}`)
    story.detail(`webhook ${webhookId} with an access token and a signing secret, automation ${automationId}`)
    if (stop.isAsked()) return
    example = file.write({ ...example, deliveredMs: await playStory(client, example, mailbox, story) })
  }
  story.addresses(server.url, dataFolder, example)
  if (isFirst) story.end(example.deliveredMs!)
  if (json === true) printSummary(server.url, example)

  await stop.asked
}

/** On the port it had before when that is free, else on any. */
async function startReceiverAt(port: number, options: Omit<ReceiverOptions, 'port'>): Promise<Receiver> {
  try {
    return await startReceiver({ ...options, port })
  } catch (error) {
    if (port === 0 || !isPortTaken(error)) throw error
    return startReceiver({ ...options, port: 0 })
  }
}
