import type { Clock } from '../base/clock.ts'
import type { WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { touchSecrets, type SecretUse } from './secret-use-store.ts'

/**
 * When secrets were last used, to the minute: gathered in memory while requests are sent, and written down now and then in
 * one statement. What a crash forgets is at most that minute.
 */
export interface SecretUses {
  /** Names as requests have them; the access token as `ACCESS_TOKEN`. */
  note(webhookId: WebhookId, names: readonly string[]): void
  /** Writes what is new; sends nothing when there is nothing. */
  flush(): Promise<void>
}

export function makeSecretUses(db: Queryable, clock: Clock): SecretUses {
  const written = new Map<string, number>()
  let waiting = new Map<string, SecretUse>()

  return {
    note(webhookId, names) {
      for (const name of names) {
        const key = `${webhookId} ${name}`
        const at = written.get(key)
        if (at === undefined || clock.monotonicMs() - at >= limits.secretUseMs) waiting.set(key, { webhookId, name })
      }
    },
    async flush() {
      if (waiting.size === 0) return
      const uses = waiting
      waiting = new Map()
      await touchSecrets(db, [...uses.values()])
      for (const key of uses.keys()) {
        written.delete(key)
        written.set(key, clock.monotonicMs())
        if (written.size > limits.secretUsesKeptMax) written.delete(written.keys().next().value!)
      }
    },
  }
}
