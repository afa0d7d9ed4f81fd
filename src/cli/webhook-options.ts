import type { Command } from 'commander'
import { signatureEncodings, type SignatureEncoding, type Webhook } from '../contract/webhook.ts'
import { UsageError } from './failures.ts'
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
  > & { retry: { attempts_max: number; delay_ms_min: number; delay_ms_max: number }; headers: Header[] }
>

interface Header {
  readonly name: string
  readonly value: string
}

interface WebhookOptions {
  readonly name?: string
  readonly url?: string
  readonly accessToken?: string | false
  readonly secret?: string | false
  readonly grant?: readonly string[]
  readonly header?: readonly Header[]
  readonly signature?: SignatureEncoding
  readonly timeout?: number
  readonly concurrency?: number
  readonly rate?: number
  readonly inOrder?: boolean
  readonly ca?: string
  readonly from?: string
}

export function addWebhookOptions(command: Command): Command {
  return command
    .option('--name <name>', 'unique in its team')
    .option('--to <url>', 'the address; path and query may hold ${SECRET}', (text: string) => text)
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
    .option('--signature <encoding>', signatureEncodings.join(', '), readEncoding)
    .option('--timeout <ms>', 'for the whole request', wholeNumber('timeout', 1, 3_600_000, '--timeout 30000'))
    .option('--concurrency <n>', 'requests at a time', wholeNumber('number', 1, 1_000_000, '--concurrency 10'))
    .option('--rate <n>', 'requests a second', readRate)
    .option('--in-order', 'one at a time per subject')
    .option('--no-in-order', 'as they come')
    .option('--ca <file>', 'PEM certificates of a private authority to trust')
    .option('--from <file>', 'settings as JSON, - for standard input; other options win')
}

/** What the options say, and nothing else. */
export function webhookSettings(command: Command): WebhookSettings {
  const options = command.opts<WebhookOptions & { readonly to?: string }>()
  const { name, to, accessToken, secret, grant, header, signature, timeout, concurrency, rate, ca, from } = options
  const isGiven = (option: string): boolean => command.getOptionValueSource(option) === 'cli'
  return {
    ...(from === undefined ? {} : readObject<WebhookSettings>('--from', from)),
    ...(name === undefined ? {} : { name }),
    ...(to === undefined ? {} : { url: to }),
    ...(isGiven('accessToken') ? { access_token: accessToken === false ? null : (accessToken ?? null) } : {}),
    ...(isGiven('secret') ? { secret: secret === false ? null : (secret ?? null) } : {}),
    ...(grant === undefined ? {} : { granted_secrets: [...grant] }),
    ...(header === undefined ? {} : { headers: [...header] }),
    ...(signature === undefined ? {} : { signature_encoding: signature }),
    ...(timeout === undefined ? {} : { timeout_ms: timeout }),
    ...(concurrency === undefined ? {} : { concurrency_max: concurrency }),
    ...(rate === undefined ? {} : { rate_per_second: rate }),
    ...(isGiven('inOrder') ? { in_order: options.inOrder === true } : {}),
    ...(ca === undefined ? {} : { tls: { ca: readText(`@${ca}`), verify: true } }),
  }
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
