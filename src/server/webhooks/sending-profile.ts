import { assert } from '../base/assert.ts'
import type { WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { makeVersionedMemory } from '../base/versioned-memory.ts'
import type { Queryable } from '../database/database.ts'
import type { OutboundRequest } from '../outbound/outbound-request.ts'
import { parseSecretText } from '../templates/parse-secret-text.ts'
import { selectSendingProfiles, type StoredProfile } from './sending-profile-store.ts'
import { grantedNames } from './webhook.ts'

/** Everything about a webhook that sending needs, but for the values of secrets: those are slots. */
export interface SendingProfile {
  /** The entity's receivers_version these settings are of. */
  readonly version: number
  readonly request: Omit<OutboundRequest, 'secretsOf' | 'body' | 'messageId'>
  readonly retry: { readonly attemptsMax: number; readonly delayMsMin: number; readonly delayMsMax: number }
}

/** A webhook's settings at this version of its entity, or a newer one; undefined when it was deleted. */
export type FindSendingProfile = (webhookId: WebhookId, version: number) => Promise<SendingProfile | undefined>

/** Profiles are kept in memory until a newer version is asked for, as a claim does. */
export function makeProfileFinder(db: Queryable): FindSendingProfile {
  const memory = makeVersionedMemory({
    entriesMax: limits.sendingProfilesMax,
    async load(webhookId: WebhookId) {
      const [stored] = await selectSendingProfiles(db, [webhookId])
      return stored === undefined ? undefined : toSendingProfile(stored)
    },
  })
  return (webhookId, version) => memory.get(webhookId, version)
}

export function toSendingProfile({ version, settings }: StoredProfile): SendingProfile {
  const { attempts_max, delay_ms_min, delay_ms_max } = settings.retry
  return {
    version,
    request: requestOf(settings),
    retry: { attemptsMax: attempts_max, delayMsMin: delay_ms_min, delayMsMax: delay_ms_max },
  }
}

/** What every request of these settings has in common. They were checked: they name granted secrets only. */
export function requestOf(settings: StoredProfile['settings']): SendingProfile['request'] {
  const granted = grantedNames(settings)
  const partsOf = (text: string, within: 'url' | 'text') => {
    const parsed = parseSecretText(text, within, granted)
    assert(parsed.ok, 'what was saved names granted secrets only')
    return parsed.parts
  }
  return {
    url: partsOf(settings.url, 'url'),
    headers: settings.headers.map(({ name, value }) => [name, partsOf(value, 'text')] as const),
    hasAccessToken: settings.access_token !== null,
    compatibleSecret: settings.secret,
    signatureEncoding: settings.signature_encoding,
    timeoutMs: settings.timeout_ms,
    tls: settings.tls,
  }
}
