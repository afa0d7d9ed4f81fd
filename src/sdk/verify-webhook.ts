/** What a receiver holds to verify requests with. */
export interface VerifyWith {
  /** `whsec_…`; several while one is replaced. */
  readonly signingSecrets?: readonly string[]
  /** The compatible *Secret*, for `X-Wandb-Signature`. */
  readonly wandbSecret?: string
  /** How far `webhook-timestamp` may be from now. */
  readonly toleranceMs?: number
  readonly now: Date
}

export type Verification =
  | { readonly verified: true; readonly by: 'webhook-signature' | 'x-wandb-signature' }
  | { readonly verified: false; readonly why: string }

const toleranceMsDefault = 5 * 60_000

/**
 * Whether a request came from a Signalbox that knows the secret, and was not changed on the way. `headers` are lower-case;
 * `body` is every byte as it arrived. Runs wherever there is WebCrypto.
 */
export async function verifyWebhook(
  headers: Readonly<Record<string, string | undefined>>,
  body: Uint8Array<ArrayBuffer>,
  { signingSecrets = [], wandbSecret, toleranceMs = toleranceMsDefault, now }: VerifyWith,
): Promise<Verification> {
  const standard = headers['webhook-signature']
  if (signingSecrets.length > 0 && standard !== undefined) {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers
    if (id === undefined || timestamp === undefined) return refuse('webhook-id or webhook-timestamp is missing')
    if (Math.abs(now.getTime() - Number(timestamp) * 1000) > toleranceMs || Number.isNaN(Number(timestamp)))
      return refuse('webhook-timestamp is too far from now: an old request sent again, or a clock that is wrong')
    const content = join(encode(`${id}.${timestamp}.`), body)
    const given = standard.split(' ').flatMap((part) => (part.startsWith('v1,') ? fromBase64(part.slice(3)) : []))
    for (const secret of signingSecrets) {
      const key = fromBase64(secret.replace(/^whsec_/, ''))
      if (key.length === 1 && (await anyMatches(key[0], content, given)))
        return { verified: true, by: 'webhook-signature' }
    }
    return refuse('webhook-signature was not made with this secret, or the body was changed')
  }
  const wandb = headers['x-wandb-signature']
  if (wandbSecret !== undefined && wandb !== undefined) {
    const given = /^(sha256=)?[0-9a-f]{64}$/i.test(wandb) ? [fromHex(wandb.replace(/^sha256=/, ''))] : fromBase64(wandb)
    return (await anyMatches(encode(wandbSecret), body, given))
      ? { verified: true, by: 'x-wandb-signature' }
      : refuse('x-wandb-signature was not made with this secret, or the body was changed')
  }
  return refuse('the request has no signature that could be verified with what is known')
}

function refuse(why: string): Verification {
  return { verified: false, why }
}

type Bytes = Uint8Array<ArrayBuffer>

/** WebCrypto compares in constant time. */
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

function join(a: Bytes, b: Bytes): Bytes {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

/** None when the text is no base64. */
function fromBase64(text: string): [Bytes] | [] {
  try {
    return [Uint8Array.from(atob(text), (char) => char.charCodeAt(0))]
  } catch {
    return []
  }
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
