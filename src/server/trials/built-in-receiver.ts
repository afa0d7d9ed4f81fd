import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../base/clock.ts'
import type { EntityId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { findForgery } from '../outbound/verify-signature.ts'
import type { Revealer } from '../secrets/reveal.ts'
import { selectWebhooksTo } from './built-in-receiver-store.ts'

/** A request as it came in. */
export interface Received {
  readonly entityId: EntityId
  /** The team's address here. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A request that arrived; its body, which may hold secrets, is not kept. */
export interface Arrival {
  readonly at: Date
  /** Whose signature it carries. */
  readonly webhookId: WebhookId | undefined
  readonly messageId: string | undefined
  /** Why it is not verified; undefined when it is. */
  readonly forgery: string | undefined
  readonly bytes: number
}

export interface BuiltInReceiver {
  /** Undefined when no webhook of the team sends here: then there is nothing to verify it with, and it is not kept. */
  take(received: Received): Promise<Arrival | undefined>
  /** Newest first. */
  arrivalsOf(entityId: EntityId): readonly Arrival[]
}

export interface BuiltInReceiverParts {
  readonly db: Queryable
  readonly clock: Clock
  readonly reveal: Revealer
}

/** Verifies what arrives for a team by the signing secrets of its webhooks, and remembers the last of it. */
export function makeBuiltInReceiver({ db, clock, reveal }: BuiltInReceiverParts): BuiltInReceiver {
  const arrivals = new Map<EntityId, readonly Arrival[]>()

  async function verify(webhooks: readonly WebhookId[], { entityId, headers, body }: Received): Promise<Arrival> {
    const at = clock.now()
    const messageId = headers['webhook-id']
    const common = { at, messageId: typeof messageId === 'string' ? messageId : undefined, bytes: body.length }
    let forgery: string | undefined
    for (const webhookId of webhooks) {
      const signing = { webhookId }
      const { signingSecrets } = await reveal({ kind: 'draft', entityId, accessToken: null, names: [], signing })
      forgery = findForgery(headers, body, { signingSecrets, now: at })
      if (forgery === undefined) return { ...common, webhookId, forgery }
    }
    return { ...common, webhookId: undefined, forgery }
  }

  return {
    async take(received) {
      const { entityId, url } = received
      const webhooks = await selectWebhooksTo(db, entityId, url)
      if (webhooks.length === 0) return undefined
      const arrival = await verify(webhooks, received)
      arrivals.set(entityId, [arrival, ...(arrivals.get(entityId) ?? [])].slice(0, limits.arrivalsKeptMax))
      // Insertion is the order in which teams came.
      if (arrivals.size > limits.receivedTeamsMax) arrivals.delete(arrivals.keys().next().value!)
      return arrival
    },
    arrivalsOf: (entityId) => arrivals.get(entityId) ?? [],
  }
}
