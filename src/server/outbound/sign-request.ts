import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { OutboundRequest } from './outbound-request.ts'

/** A new signing secret: `whsec_` and 32 random bytes in base64, as Standard Webhooks writes them. */
export function makeSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

export interface SignedContent {
  readonly messageId: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly body: Buffer
}

/** Standard Webhooks v1: one signature for each secret that is valid, so that a receiver may change over in its own time. */
export function standardSignature(
  { messageId, timestamp, body }: SignedContent,
  signingKeys: readonly KeyObject[],
): string {
  return signingKeys
    .map((key) => {
      const hmac = createHmac('sha256', key).update(`${messageId}.${timestamp}.`).update(body)
      return `v1,${hmac.digest('base64')}`
    })
    .join(' ')
}

/** W&B's `X-Wandb-Signature`: HMAC-SHA256 of the exact bytes of the body. */
export function wandbSignature(body: Buffer, key: string, encoding: OutboundRequest['signatureEncoding']): string {
  const hmac = createHmac('sha256', key).update(body)
  switch (encoding) {
    case 'base64':
      return hmac.digest('base64')
    case 'hex':
      return hmac.digest('hex')
    case 'sha256=hex':
      return `sha256=${hmac.digest('hex')}`
  }
}

export function signingKeyOf(signingSecret: string): KeyObject {
  return createSecretKey(Buffer.from(signingSecret.replace(/^whsec_/, ''), 'base64'))
}
