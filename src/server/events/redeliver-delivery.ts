import type { DeliverySummary, Redelivery } from '../../contract/delivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellUuid } from '../base/ids.ts'
import type { DeliveryParts } from '../deliveries/act-on-delivery.ts'
import { getDeliveryFor, rereadDelivery } from '../deliveries/find-delivery.ts'
import { presentSummary } from '../deliveries/present-delivery.ts'
import { enqueue } from '../deliveries/queue/insert-deliveries.ts'
import { makeRedeliverer } from './make-redeliverer.ts'

/**
 * Makes a new delivery of one that has ended: of the same rendered parts under the same `webhook-id`, or, *anew*, rendered
 * for the same event by what its automation says today, under a new one. Takes the role member in the webhook's team.
 */
export async function redeliverDelivery(
  { wake }: DeliveryParts,
  context: Context,
  ref: string,
  { mode }: Redelivery,
): Promise<DeliverySummary> {
  const { row, owner } = await getDeliveryFor(context, ref, 'Redelivering')
  return context.db.tx(async (tx) => {
    const before = await rereadDelivery(tx, row)
    if (before.finished_at === null)
      throw new Problem('delivery-unfinished', 'The delivery has not ended: try it now, or cancel it.')
    const delivery = await makeRedeliverer(tx, context).make(before, mode)
    await enqueue(tx, [delivery])
    await recordAudit(tx, context.actor, {
      action: 'delivery.redeliver',
      subject: spellUuid('delivery', before.id),
      organizationId: owner.organizationId,
      entityId: owner.id,
      details: { mode, delivery: spellUuid('delivery', delivery.id) },
    })
    tx.afterCommit(() => wake([delivery.webhookId]))
    return presentSummary(await rereadDelivery(tx, delivery), context.actor)
  })
}
