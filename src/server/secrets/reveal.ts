import type { Clock } from '../base/clock.ts'
import type { WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { makeVersionedMemory } from '../base/versioned-memory.ts'
import type { Queryable } from '../database/database.ts'
import type { Keyring } from './keyring.ts'
import { selectSealedReceiver } from './reveal-store.ts'
import { secretBinding, signingSecretBinding } from './secret-binding.ts'

/** Values in the clear: for `outbound` only. */
export interface RevealedSecrets {
  /** By name, as slots name them; the access token under `ACCESS_TOKEN`. A secret that is gone is not there. */
  readonly values: ReadonlyMap<string, string>
  /** `whsec_…`, the current one first; several while one is replaced. */
  readonly signingSecrets: readonly string[]
}

/** The values of a webhook's secrets at this version of its entity, or a newer one. */
export type Revealer = (webhookId: WebhookId, version: number) => Promise<RevealedSecrets>

export interface RevealerParts {
  readonly db: Queryable
  readonly keyring: Keyring
  readonly clock: Clock
}

/**
 * Opens a webhook's secrets and keeps them in memory until a newer version is asked for. A claim knows the version, so a
 * value replaced before the claim is never sent in its old form. Throws when a value cannot be opened: nothing is sent.
 */
export function makeRevealer({ db, keyring, clock }: RevealerParts): Revealer {
  const memory = makeVersionedMemory({ load: open, entriesMax: limits.revealedWebhooksMax })

  async function open(webhookId: WebhookId): Promise<Opened | undefined> {
    const sealed = await selectSealedReceiver(db, webhookId)
    if (sealed === undefined) return undefined
    const values = sealed.values.map(({ name, role, keyId, sealed: bytes }) => {
      const value = keyring.open(keyId, bytes, secretBinding(sealed.entityId, name)).toString()
      return [role === 'access_token' ? 'ACCESS_TOKEN' : name, value] as const
    })
    const signing = sealed.signing.map(({ keyId, sealed: bytes, expiresAt }) => {
      return { secret: keyring.open(keyId, bytes, signingSecretBinding(webhookId)).toString(), expiresAt }
    })
    return { version: sealed.version, values: new Map(values), signing }
  }

  return async (webhookId, version) => {
    const opened = await memory.get(webhookId, version)
    if (opened === undefined) return { values: new Map(), signingSecrets: [] }
    const now = clock.now()
    const valid = opened.signing.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    return { values: opened.values, signingSecrets: valid.map(({ secret }) => secret) }
  }
}

interface Opened {
  readonly version: number
  readonly values: ReadonlyMap<string, string>
  readonly signing: readonly { readonly secret: string; readonly expiresAt: Date | null }[]
}
