import { webhookLimits, type SignatureEncoding, type Webhook } from '../../contract/webhook.ts'

/** A webhook as the form holds it: figures may be empty while one types. */
export interface WebhookDraft {
  readonly name: string
  readonly url: string
  readonly accessToken: string
  readonly secret: string
  readonly granted: readonly string[]
  readonly encoding: SignatureEncoding
  readonly headers: readonly HeaderRow[]
  readonly timeoutSeconds: number | string
  readonly concurrency: number | string
  readonly rate: number | string
  readonly inOrder: boolean
}

export interface HeaderRow {
  readonly key: number
  readonly name: string
  readonly value: string
}

export const emptyDraft: WebhookDraft = {
  name: '',
  url: '',
  accessToken: '',
  secret: '',
  granted: [],
  encoding: 'base64',
  headers: [],
  timeoutSeconds: webhookLimits.timeoutMsMax / 1000,
  concurrency: 10,
  rate: '',
  inOrder: false,
}

export function draftOf(webhook: Webhook): WebhookDraft {
  return {
    name: webhook.name,
    url: webhook.url,
    accessToken: webhook.access_token ?? '',
    secret: webhook.secret ?? '',
    granted: webhook.granted_secrets,
    encoding: webhook.signature_encoding,
    headers: webhook.headers.map(({ name, value }, key) => ({ key, name, value: value ?? '' })),
    timeoutSeconds: webhook.timeout_ms / 1000,
    concurrency: webhook.concurrency_max,
    rate: webhook.rate_per_second ?? '',
    inOrder: webhook.in_order,
  }
}

export type WebhookSettings = ReturnType<typeof settingsOf>

/** What is left empty has its default. */
export function settingsOf(draft: WebhookDraft) {
  const timeout = numberOf(draft.timeoutSeconds)
  return {
    name: draft.name.trim(),
    url: draft.url.trim(),
    access_token: nameOf(draft.accessToken),
    secret: nameOf(draft.secret),
    granted_secrets: [...draft.granted],
    signature_encoding: draft.encoding,
    headers: draft.headers.map(({ name, value }) => ({ name: name.trim(), value })),
    timeout_ms: timeout === undefined ? undefined : Math.round(timeout * 1000),
    concurrency_max: numberOf(draft.concurrency),
    rate_per_second: numberOf(draft.rate) ?? null,
    in_order: draft.inOrder,
  }
}

/** Only what was changed: whoever may not see an address or a header in full would else write back what they see. */
export function changesOf(before: Webhook, draft: WebhookDraft): Partial<WebhookSettings> {
  const old = settingsOf(draftOf(before))
  const settings = settingsOf(draft)
  const names = Object.keys(settings) as (keyof WebhookSettings)[]
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(settings[name]) !== JSON.stringify(old[name]))
      .map((name) => [name, settings[name]]),
  )
}

function nameOf(chosen: string): string | null {
  return chosen === '' ? null : chosen
}

function numberOf(typed: number | string): number | undefined {
  if (typed === '') return undefined
  const number = Number(typed)
  return Number.isFinite(number) ? number : undefined
}
