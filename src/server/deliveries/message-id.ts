import { spellUuid, type DeliveryId } from '../base/ids.ts'

/** The `webhook-id` of a delivery that is made for the first time; every attempt and repeat of it has the same. */
export function messageIdOf(id: DeliveryId): string {
  return spellUuid('delivery', id).replace('dlv_', 'msg_')
}
