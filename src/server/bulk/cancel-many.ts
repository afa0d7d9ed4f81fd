import type { Cancellation, CancellationEstimate, CancelledDeliveries } from '../../contract/redelivery.ts'
import type { Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { makeUuid, spellId, type WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { BulkParts } from './bulk-parts.ts'
import { chooseDeliveries } from './delivery-filter.ts'
import { cancelUnsent, countUnsent } from './matching-store.ts'
import { presentSpan } from './present-span.ts'

const toDo = 'Cancelling deliveries'

/** How many would be cancelled. Takes what cancelling them takes. */
export async function estimateCancellation(
  { visibility }: Pick<BulkParts, 'visibility'>,
  context: Context,
  given: Cancellation,
): Promise<CancellationEstimate> {
  const { team, filter } = await chooseDeliveries(visibility, context, given, toDo)
  const below = makeUuid(context.clock.now())
  return presentSpan(await countUnsent(context.db, { teamId: team.id, filter, below }))
}

/**
 * Ends those that wait or are held and match now: all of them or none, and so many at the most. What is being sent goes
 * on. Takes the role member in the team that owns the webhooks.
 */
export async function cancelDeliveries(
  { visibility, wake }: Omit<BulkParts, 'nudge'>,
  context: Context,
  given: Cancellation,
): Promise<CancelledDeliveries> {
  const { team, filter } = await chooseDeliveries(visibility, context, given, toDo)
  const matching = { teamId: team.id, filter, below: makeUuid(context.clock.now()) }
  const by = context.actor.kind === 'person' ? context.actor.name : 'Signalbox'
  return context.db.tx(async (tx) => {
    const webhookIds = new Set<WebhookId>()
    let cancelled = 0
    let more = true
    while (more && cancelled < limits.cancelledAtOnceMax) {
      const batch = await cancelUnsent(tx, matching, `cancelled by ${by}`)
      for (const webhookId of batch) webhookIds.add(webhookId)
      cancelled += batch.length
      more = batch.length === limits.cancelRowsMax
    }
    if (cancelled > 0) {
      recordAudit(tx, context.actor, {
        action: 'delivery.cancel_many',
        subject: spellId('entity', team.id),
        organizationId: team.organizationId,
        entityId: team.id,
        details: { ...filter, cancelled },
      })
      // In order, the next deliveries of their subjects may go now.
      tx.afterCommit(() => wake([...webhookIds]))
    }
    return { cancelled, more }
  })
}
