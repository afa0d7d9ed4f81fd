import { once } from 'node:events'
import type { Command } from 'commander'
import type { GlobalOptions } from '../client-for.ts'
import { bold, dim, print, printJson } from '../print.ts'
import { startReceiver, type Arrival } from '../receiver.ts'
import { signingSecretFromEnvironment } from '../settings.ts'

interface ListenOptions extends GlobalOptions {
  readonly port: number
  readonly status: number
  readonly secret?: string
  readonly wandbSecret?: string
}

export function listenCommand(program: Command): void {
  program
    .command('listen')
    .description('a receiver on 127.0.0.1 that verifies and shows what it gets')
    .option('--port <port>', 'where it listens', Number, 9000)
    .option('--secret <whsec>', 'signing secret to verify with; better in SIGNALBOX_SIGNING_SECRET')
    .option('--wandb-secret <secret>', 'compatible secret, for X-Wandb-Signature')
    .option('--status <code>', 'what it answers', Number, 200)
    .action(async (_options: unknown, command: Command) => {
      const {
        port,
        status,
        secret = signingSecretFromEnvironment(),
        wandbSecret,
        json,
      } = command.optsWithGlobals<ListenOptions>()
      const receiver = await startReceiver({
        port,
        status,
        secrets: () => ({
          signingSecrets: secret === undefined ? [] : [secret],
          ...(wandbSecret === undefined ? {} : { wandbSecret }),
        }),
        onArrival: json === true ? (arrival) => printJson(toJson(arrival)) : show,
      })
      if (json !== true) print(`listening on http://127.0.0.1:${receiver.port}, until Ctrl-C`)
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
      await receiver.close()
    })
}

function show({ at, path, headers, body, verification }: Arrival): void {
  const verdict = verification.verified ? `verified by ${verification.by}` : `NOT verified: ${verification.why}`
  print(`${bold(at.toISOString())}  ${path}  ${headers['webhook-id'] ?? 'no webhook-id'}  ${verdict}`)
  for (const name of ['content-type', 'webhook-timestamp', 'user-agent'])
    if (headers[name] !== undefined) print(dim(`  ${name}: ${headers[name]}`))
  print(pretty(body.toString()))
}

function toJson({ at, path, headers, body, verification }: Arrival): unknown {
  return {
    at: at.toISOString(),
    path,
    webhook_id: headers['webhook-id'] ?? null,
    ...verification,
    body: body.toString(),
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
