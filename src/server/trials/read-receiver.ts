import type { BuiltInReceiver as Shown } from '../../contract/receiver.ts'
import type { Context } from '../access/context.ts'
import { spellId, type EntityId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import type { BuiltInReceiver } from './built-in-receiver.ts'

export interface OpenReceiver extends Pick<BuiltInReceiver, 'arrivalsOf'> {
  readonly urlOf: (entityId: EntityId) => string
}

/** Where a team's webhooks reach the built-in receiver, and what arrived there for it. For everybody in the team. */
export async function readReceiver(
  receiver: OpenReceiver | undefined,
  context: Context,
  teamRef: string,
): Promise<Shown> {
  const entity = await getEntity(context, teamRef, 'viewer', 'Reading what arrived')
  if (receiver === undefined) return { url: null, arrivals: [] }
  return {
    url: receiver.urlOf(entity.id),
    arrivals: receiver.arrivalsOf(entity.id).map(({ at, webhookId, messageId, forgery, bytes }) => ({
      at: at.toISOString(),
      webhook: webhookId === undefined ? null : spellId('webhook', webhookId),
      message_id: messageId ?? null,
      verified: forgery === undefined,
      detail: forgery ?? null,
      bytes,
    })),
  }
}
