import type { DeliverySummary } from '../../contract/delivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Actor, Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellUuid } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { WebhookParts } from '../webhooks/webhook-parts.ts'
import { getDeliveryFor, rereadDelivery, type WholeDelivery } from './find-delivery.ts'
import { presentSummary, stateOf } from './present-delivery.ts'
import { bringForward } from './queue/bring-forward.ts'
import { cancelWaiting } from './queue/cancel-waiting.ts'

/** What verbs on deliveries are given by the composition root. */
export type DeliveryParts = Pick<WebhookParts, 'wake'>

/** Brings the next attempt of a waiting delivery forward to now. Takes the role member in its team. */
export async function tryDeliveryNow(parts: DeliveryParts, context: Context, ref: string): Promise<DeliverySummary> {
  return act(context, {
    ref,
    toDo: 'Trying a delivery now',
    action: 'delivery.try_now',
    async change(tx, before) {
      refuseToTry(before, context.actor)
      const brought = await bringForward(tx, before.id)
      if (brought === undefined) {
        // It is being sent; or it was held, or ended, since it was read.
        refuseToTry(await rereadDelivery(tx, before), context.actor)
        return false
      }
      tx.afterCommit(() => parts.wake([brought.webhookId]))
      return brought.isEarlier
    },
  })
}

function refuseToTry(row: WholeDelivery, actor: Actor): void {
  if (stateOf(row) === 'held')
    throw new Problem(
      'delivery-held',
      `It is held because ${presentSummary(row, actor).reason}. Resume that, and it is sent.`,
    )
  if (row.finished_at !== null)
    throw new Problem('delivery-finished', 'The delivery has ended; redeliver it to have it sent again.')
}

/** Ends a delivery that waits or is held. Takes the role member in its team. */
export async function cancelDelivery(parts: DeliveryParts, context: Context, ref: string): Promise<DeliverySummary> {
  const by = context.actor.kind === 'person' ? context.actor.name : 'Signalbox'
  return act(context, {
    ref,
    toDo: 'Cancelling a delivery',
    action: 'delivery.cancel',
    async change(tx, before) {
      const webhookId = await cancelWaiting(tx, before.id, `cancelled by ${by}`)
      if (webhookId === undefined) {
        if (stateOf(await rereadDelivery(tx, before)) === 'sending')
          throw new Problem('delivery-sending', 'An attempt is under way; repeat this when the delivery waits again.')
        throw new Problem('delivery-finished', 'The delivery has ended: there is nothing to cancel.')
      }
      // In order, the next delivery of its subject may go now.
      tx.afterCommit(() => parts.wake([webhookId]))
      return true
    },
  })
}

interface DeliveryAct {
  readonly ref: string
  readonly toDo: string
  /** For the audit trail. */
  readonly action: string
  /** False when there was nothing to change. */
  readonly change: (tx: Tx, before: WholeDelivery) => Promise<boolean>
}

async function act(context: Context, { ref, toDo, action, change }: DeliveryAct): Promise<DeliverySummary> {
  const { row, owner } = await getDeliveryFor(context, ref, toDo)
  return context.db.tx(async (tx) => {
    if (await change(tx, await rereadDelivery(tx, row)))
      recordAudit(tx, context.actor, {
        action,
        subject: spellUuid('delivery', row.id),
        organizationId: owner.organizationId,
        entityId: owner.id,
      })
    return presentSummary(await rereadDelivery(tx, row), context.actor)
  })
}
