/** What a receiver holds to verify requests with. Every kind of secret that is given has to prove the request. */
export interface VerifyWith {
  /** `whsec_…`; several while one is replaced. They key `webhook-signature`, which also dates the request. */
  readonly signingSecrets?: readonly string[]
  /** The compatible *Secret*. It keys `X-Wandb-Signature`, which alone cannot tell an old request sent again. */
  readonly wandbSecret?: string | undefined
  /** How far `webhook-timestamp` may be from now; five minutes when left out. */
  readonly toleranceMs?: number
  readonly now?: Date
}

export type Signature = 'webhook-signature' | 'x-wandb-signature'

export type Verification =
  | { readonly verified: true; readonly by: readonly Signature[] }
  | { readonly verified: false; readonly because: NotVerified; readonly detail: string }

export type NotVerified =
  /** No secret was given. */
  | 'no-secret'
  /** A signing secret is not `whsec_` and base64. */
  | 'secret-malformed'
  /** A header that a secret was given for is not there, or cannot be read. */
  | 'header-missing'
  /** `webhook-timestamp` is too far from now: an old request sent again, or a wrong clock. */
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  /** Made with another secret, or over another body. */
  | 'signature-wrong'

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>> | globalThis.Headers

type Bytes = Uint8Array<ArrayBuffer>
type Read = (name: string) => string | undefined

const toleranceMsDefault = 5 * 60_000

/**
 * Whether a request came from a Signalbox that knows the secret, and was not changed on the way. `rawBody` is the body as
 * it arrived, before any parsing. Runs wherever there is WebCrypto, which compares in constant time.
 */
export async function verifyWebhook(
  headers: Headers,
  rawBody: Uint8Array | ArrayBuffer | string,
  { signingSecrets = [], wandbSecret, toleranceMs = toleranceMsDefault, now = new Date() }: VerifyWith,
): Promise<Verification> {
  const read = readerOf(headers)
  const body = typeof rawBody === 'string' ? encode(rawBody) : new Uint8Array(rawBody)
  const by: Signature[] = []
  if (signingSecrets.length > 0) {
    const refusal = await checkStandard(read, body, { signingSecrets, toleranceMs, now })
    if (refusal !== undefined) return refusal
    by.push('webhook-signature')
  }
  if (wandbSecret !== undefined) {
    const refusal = await checkWandb(read, body, wandbSecret)
    if (refusal !== undefined) return refusal
    by.push('x-wandb-signature')
  }
  return by.length === 0 ? refuse('no-secret', 'no secret was given to verify it with') : { verified: true, by }
}

/** Standard Webhooks v1: `v1,` and base64, several of them while a secret is replaced. Undefined: it holds. */
async function checkStandard(
  read: Read,
  body: Bytes,
  { signingSecrets, toleranceMs, now }: Required<Pick<VerifyWith, 'signingSecrets' | 'toleranceMs' | 'now'>>,
): Promise<Verification | undefined> {
  const id = read('webhook-id')
  const timestamp = read('webhook-timestamp')
  const header = read('webhook-signature')
  if (id === undefined) return refuse('header-missing', 'there is no webhook-id')
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp))
    return refuse('header-missing', 'there is no webhook-timestamp in seconds')
  if (header === undefined) return refuse('header-missing', 'there is no webhook-signature')

  const ageMs = now.getTime() - Number(timestamp) * 1000
  if (ageMs > toleranceMs)
    return refuse('timestamp-too-old', `webhook-timestamp is ${seconds(ageMs)} old: sent again, or a wrong clock`)
  if (-ageMs > toleranceMs)
    return refuse('timestamp-too-new', `webhook-timestamp is ${seconds(-ageMs)} ahead: a wrong clock`)

  const keys = signingSecrets.map((secret) => fromBase64(secret.replace(/^whsec_/, '')))
  if (keys.some((key) => key === undefined || key.length === 0))
    return refuse('secret-malformed', 'a signing secret is not whsec_ and base64')
  const content = join(encode(`${id}.${timestamp}.`), body)
  const signatures = header
    .split(' ')
    .flatMap((part) => (part.startsWith('v1,') ? (fromBase64(part.slice('v1,'.length)) ?? []) : []))
  for (const key of keys) if (key !== undefined && (await anyMatches(key, content, signatures))) return undefined
  return refuse('signature-wrong', 'webhook-signature was made with another secret, or the body was changed')
}

/** HMAC-SHA256 of the body alone, as base64, hex, or `sha256=` and hex. Undefined: it holds. */
async function checkWandb(read: Read, body: Bytes, secret: string): Promise<Verification | undefined> {
  if (secret === '') return refuse('secret-malformed', 'the secret for X-Wandb-Signature is empty')
  const header = read('x-wandb-signature')
  if (header === undefined) return refuse('header-missing', 'there is no X-Wandb-Signature')
  const [, hex] = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(header) ?? []
  const signature = hex === undefined ? fromBase64(header) : fromHex(hex)
  return signature !== undefined && (await anyMatches(encode(secret), body, [signature]))
    ? undefined
    : refuse('signature-wrong', 'X-Wandb-Signature was made with another secret, or the body was changed')
}

function refuse(because: NotVerified, detail: string): Verification {
  return { verified: false, because, detail }
}

function readerOf(headers: Headers): Read {
  if (headers instanceof globalThis.Headers) return (name) => headers.get(name) ?? undefined
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return (name) => {
    const value = lower.get(name)
    return typeof value === 'string' || value === undefined ? value : value.join(' ')
  }
}

async function anyMatches(key: Bytes, content: Bytes, signatures: readonly Bytes[]): Promise<boolean> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const checks = await Promise.all(
    signatures.map((signature) => crypto.subtle.verify('HMAC', imported, signature, content)),
  )
  return checks.includes(true)
}

function encode(text: string): Bytes {
  return new TextEncoder().encode(text)
}

function join(first: Bytes, second: Bytes): Bytes {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}

function fromBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}
