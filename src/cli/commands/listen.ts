import type { Command } from 'commander'
import type { GlobalOptions } from '../client-for.ts'
import { plain } from '../plain.ts'
import { bold, dim, prettyJson, print, printJson, printStyled } from '../print.ts'
import { readPort, readSigningSecrets, readStatus } from '../read-option.ts'
import { startReceiver, type Arrival } from '../receiver.ts'
import { readListenSecrets } from '../settings.ts'
import { watchForStop } from '../watch-for-stop.ts'

interface ListenOptions extends GlobalOptions {
  readonly port: number
  readonly status: number
  readonly secret?: readonly string[]
  readonly wandbSecret?: string
}

const notVerifiedStatus = 401

export function listenCommand(program: Command): void {
  program
    .command('listen')
    .description('a receiver on 127.0.0.1 that verifies and shows what it gets; what it cannot verify is answered 401')
    .option('--port <port>', 'where it listens; 0 for any that is free', readPort, 9000)
    .option(
      '--secret <whsec>',
      'signing secret, several times if need be; also SIGNALBOX_SIGNING_SECRET',
      readSigningSecrets,
    )
    .option('--wandb-secret <secret>', 'what keys X-Wandb-Signature; also SIGNALBOX_WANDB_SECRET')
    .option('--status <code>', 'what it answers', readStatus, 200)
    .action(async (_options: unknown, command: Command) => {
      const { port, status, secret, wandbSecret, json } = command.optsWithGlobals<ListenOptions>()
      const remembered = readListenSecrets()
      const secrets = {
        signingSecrets:
          secret ??
          remembered.signingSecrets.reduce<readonly string[]>((list, text) => readSigningSecrets(text, list), []),
        wandbSecret: wandbSecret ?? remembered.wandbSecret,
      }
      const stop = watchForStop()
      const receiver = await startReceiver({
        port,
        secrets: () => secrets,
        onArrival(arrival) {
          const { verification } = arrival
          const isRefused = !verification.verified && verification.because !== 'no-secret'
          const answered = isRefused ? notVerifiedStatus : status
          if (json === true) printJson({ event: 'request', ...describe(arrival), answered })
          else show(arrival, answered)
          return answered
        },
      })
      if (json === true) printJson({ event: 'listening', url: receiver.url })
      else print(`listening on ${receiver.url}, until Ctrl-C`)
      await stop.asked
      await receiver.close()
    })
}

function describe({ at, method, path, headers, body, verification }: Arrival): Record<string, unknown> {
  return {
    at: at.toISOString(),
    method,
    path,
    webhook_id: headers['webhook-id'] ?? null,
    verified: verification.verified,
    by: verification.verified ? verification.by : null,
    because: verification.verified ? null : verification.because,
    detail: verification.verified ? null : verification.detail,
    body: body.toString(),
  }
}

function show({ at, method, path, headers, body, verification }: Arrival, answered: number): void {
  const verdict = verification.verified
    ? `verified by ${verification.by.join(' and ')}`
    : `${verification.because === 'no-secret' ? 'not verified' : 'NOT VERIFIED'}: ${verification.detail}`
  printStyled(
    `\n${bold(at.toTimeString().slice(0, 8))}  ${plain(`${method} ${path}`)}  ${bold(verdict)}  ${dim(`answered ${answered}`)}`,
  )
  for (const name of shownHeaders)
    if (headers[name] !== undefined) printStyled(dim(`  ${name}: ${String(headers[name])}`))
  // A token stays out of what people copy and show around.
  if (headers.authorization !== undefined) printStyled(dim(`  authorization: ${schemeOf(headers.authorization)} …`))
  print(prettyJson(body.toString()).replaceAll(/^/gm, '  '))
}

const shownHeaders = ['webhook-id', 'webhook-timestamp', 'content-type', 'user-agent']

function schemeOf(authorization: string): string {
  return authorization.split(' ', 1)[0]!
}
