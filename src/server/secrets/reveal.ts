import type { Clock } from '../base/clock.ts'
import type { EntityId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { makeVersionedMemory } from '../base/versioned-memory.ts'
import type { Queryable } from '../database/database.ts'
import type { Keyring } from './keyring.ts'
import { selectSealedReceiver, selectSealedSecrets } from './reveal-store.ts'
import { secretBinding, signingSecretBinding } from './secret-binding.ts'

/** Values in the clear: for `outbound` only. */
export interface RevealedSecrets {
  /** By name, as slots name them; the access token under `ACCESS_TOKEN`. A secret that is gone is not there. */
  readonly values: ReadonlyMap<string, string>
  /** `whsec_…`, the current one first; several while one is replaced. */
  readonly signingSecrets: readonly string[]
}

/** Where values come from: a stored webhook at this version of its entity or a newer one, or settings not saved. */
export type RevealedSource =
  | { readonly kind: 'webhook'; readonly webhookId: WebhookId; readonly version: number }
  | {
      readonly kind: 'draft'
      readonly entityId: EntityId
      readonly accessToken: string | null
      readonly names: readonly string[]
      readonly signing: { readonly webhookId: WebhookId } | { readonly secret: string }
    }

export type Revealer = (of: RevealedSource) => Promise<RevealedSecrets>

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
    return { version: sealed.version, values: new Map(values), signing, revealed: undefined }
  }

  /** A draft is tested now and then: it is opened anew each time. */
  async function openDraft(draft: RevealedSource & { kind: 'draft' }): Promise<RevealedSecrets> {
    const { entityId, accessToken, names, signing } = draft
    const sealed = await selectSealedSecrets(db, entityId, accessToken === null ? names : [...names, accessToken])
    const values = new Map<string, string>()
    for (const { name, keyId, sealed: bytes } of sealed) {
      const value = keyring.open(keyId, bytes, secretBinding(entityId, name)).toString()
      if (names.includes(name)) values.set(name, value)
      if (name === accessToken) values.set('ACCESS_TOKEN', value)
    }
    const signed = 'secret' in signing ? [signing.secret] : validSigning(await open(signing.webhookId))
    return { values, signingSecrets: signed }
  }

  function validSigning(opened: Opened | undefined): readonly string[] {
    const now = clock.now()
    const valid = opened?.signing.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    return valid?.map(({ secret }) => secret) ?? []
  }

  /** The same object as long as the same secrets are valid, so that `outbound` prepares them once. */
  function reveal(opened: Opened): RevealedSecrets {
    const signingSecrets = validSigning(opened)
    // Signing secrets only ever expire: as many as before are those of before.
    if (opened.revealed?.signingSecrets.length !== signingSecrets.length)
      opened.revealed = { values: opened.values, signingSecrets }
    return opened.revealed
  }

  return async (of) => {
    if (of.kind === 'draft') return openDraft(of)
    const opened = await memory.get(of.webhookId, of.version)
    return opened === undefined ? { values: new Map(), signingSecrets: [] } : reveal(opened)
  }
}

interface Opened {
  readonly version: number
  readonly values: ReadonlyMap<string, string>
  readonly signing: readonly { readonly secret: string; readonly expiresAt: Date | null }[]
  revealed: RevealedSecrets | undefined
}
