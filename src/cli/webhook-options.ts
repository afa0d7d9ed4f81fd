import type { Command } from 'commander'
import {
  defaultRetryPolicy,
  signatureEncodings,
  webhookLimits,
  type RetryPolicy,
  type SignatureEncoding,
  type Webhook,
} from '../contract/webhook.ts'
import type { GlobalOptions } from './client-for.ts'
import { UsageError } from './failures.ts'
import { makeChoice } from './make-choice.ts'
import { readEach, readObject, readText, wholeNumber } from './read-option.ts'

/** Settings of a webhook, as the API takes them. */
export type WebhookSettings = Partial<
  Pick<
    Webhook,
    | 'name'
    | 'url'
    | 'access_token'
    | 'secret'
    | 'granted_secrets'
    | 'signature_encoding'
    | 'timeout_ms'
    | 'concurrency_max'
    | 'rate_per_second'
    | 'in_order'
    | 'tls'
  > & { retry: RetryPolicy; headers: Header[] }
>

interface Header {
  readonly name: string
  readonly value: string
}

interface WebhookOptions {
  readonly name?: string
  readonly to?: string
  readonly accessToken?: string | false
  readonly secret?: string | false
  readonly grant?: readonly string[]
  readonly header?: readonly Header[]
  readonly signature?: SignatureEncoding
  readonly timeout?: number
  readonly retryAttempts?: number
  readonly concurrency?: number
  readonly rate?: number
  readonly inOrder?: boolean
  readonly ca?: string
  readonly from?: string
}

export function addWebhookOptions(command: Command): Command {
  return command
    .option('--name <name>', 'unique in its team')
    .option('--to <url>', 'the address; path and query may hold ${SECRET}')
    .option('--access-token <secret>', 'the secret sent as bearer token')
    .option('--no-access-token', 'send none')
    .option('--secret <secret>', 'the secret that keys X-Wandb-Signature')
    .option('--no-secret', 'key it with the signing secret')
    .option(
      '--grant <secret>',
      'a secret that payloads, headers and the address may hold; may stand several times',
      readEach,
    )
    .option('--header <header>', "'Name: value'; may stand several times", readHeader)
    .addOption(
      makeChoice('--signature <encoding>', 'how X-Wandb-Signature is written', signatureEncodings, readEncoding),
    )
    .option('--timeout <ms>', 'for the whole request', wholeNumber('timeout', 1, 3_600_000, '--timeout 30000'))
    .option(
      '--retry-attempts <n>',
      'attempts in all, the first included',
      wholeNumber('number of attempts', 1, webhookLimits.attemptsMax, '--retry-attempts 30'),
    )
    .option('--concurrency <n>', 'requests at a time', wholeNumber('number', 1, 1_000_000, '--concurrency 10'))
    .option('--rate <n>', 'requests a second', readRate)
    .option('--in-order', 'one at a time per subject')
    .option('--no-in-order', 'as they come')
    .option('--ca <file>', 'PEM certificates of a private authority to trust')
    .option('--from <file>', 'settings as JSON, - for standard input; other options win')
}

/** What the options say, and nothing else. The API takes a retry policy whole: `retry` fills what is not named of it. */
export function webhookSettings(command: Command, retry: RetryPolicy = defaultRetryPolicy): WebhookSettings {
  const options = command.opts<WebhookOptions>()
  const { name, to, accessToken, secret, grant, header, signature, timeout, concurrency, rate, ca, from } = options
  const { retryAttempts } = options
  const isGiven = (option: string): boolean => command.getOptionValueSource(option) === 'cli'
  const file = from === undefined ? {} : readObject<WebhookSettings>('--from', from)
  return {
    ...file,
    ...(name === undefined ? {} : { name }),
    ...(to === undefined ? {} : { url: to }),
    ...(isGiven('accessToken') ? { access_token: accessToken === false ? null : (accessToken ?? null) } : {}),
    ...(isGiven('secret') ? { secret: secret === false ? null : (secret ?? null) } : {}),
    ...(grant === undefined ? {} : { granted_secrets: [...grant] }),
    ...(header === undefined ? {} : { headers: [...header] }),
    ...(signature === undefined ? {} : { signature_encoding: signature }),
    ...(timeout === undefined ? {} : { timeout_ms: timeout }),
    ...(retryAttempts === undefined ? {} : { retry: { ...retry, ...file.retry, attempts_max: retryAttempts } }),
    ...(concurrency === undefined ? {} : { concurrency_max: concurrency }),
    ...(rate === undefined ? {} : { rate_per_second: rate }),
    ...(isGiven('inOrder') ? { in_order: options.inOrder === true } : {}),
    ...(ca === undefined ? {} : { tls: { ca: readText(`@${ca}`), verify: true } }),
  }
}

/**
 * `--url` names the server, and the API key goes there. Whoever writes it behind one of these commands is likely to mean
 * the receiver, which must never see the key: there it is taken together with `--to` only.
 */
export function refuseReceiverAsServer(command: Command, typed: readonly string[]): void {
  const { url, to } = command.optsWithGlobals<GlobalOptions & WebhookOptions>()
  const own = typed.slice(typed.indexOf('webhooks'))
  if (url === undefined || to !== undefined || !own.some((word) => /^--url(=|$)/.test(word))) return
  throw new UsageError(
    '--url is the server, not the receiver',
    '--to for the address of the receiver; to name the server, --url before webhooks, or SIGNALBOX_URL',
  )
}

function readHeader(text: string, earlier: readonly Header[] = []): readonly Header[] {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined)
    throw new UsageError(`“${text}” is no header`, "--header 'Accept: application/json'")
  return [...earlier, { name, value }]
}

function readEncoding(text: string): SignatureEncoding {
  const known = signatureEncodings.find((encoding) => encoding === text)
  if (known === undefined)
    throw new UsageError(`“${text}” is no encoding`, `--signature ${signatureEncodings.join('|')}`)
  return known
}

function readRate(text: string): number {
  const rate = Number(text)
  if (!(rate > 0)) throw new UsageError(`“${text}” is no rate`, '--rate 5')
  return rate
}
