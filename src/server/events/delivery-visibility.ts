import { Problem } from '../../contract/problem.ts'
import { getAutomation } from '../automations/get-automation.ts'
import { spellId } from '../base/ids.ts'
import type { DeliveryVisibility } from '../deliveries/whose-deliveries.ts'
import { getWebhook } from '../webhooks/get-webhook.ts'
import { findVisibleEvent } from './see-events.ts'

/** Whoever may read an event, an automation or a webhook may ask for its deliveries, and is told of those they may know of. */
export const deliveryVisibility: DeliveryVisibility = {
  ofEvent: async (context, eventId) => (await findVisibleEvent(context, eventId)) !== undefined,
  ofAutomation: (context, id) => isFound(() => getAutomation(context, spellId('automation', id))),
  ofWebhook: (context, id) => isFound(() => getWebhook(context, spellId('webhook', id))),
}

async function isFound(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    if (error instanceof Problem && error.type === 'not-found') return false
    throw error
  }
}
