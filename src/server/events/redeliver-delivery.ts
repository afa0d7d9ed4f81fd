import type { DeliverySummary, Redelivery, RedeliveryDryRun } from '../../contract/delivery.ts'
import { maskParts } from '../../contract/payload.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import type { Owner } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId, spellUuid } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { DeliveryParts } from '../deliveries/act-on-delivery.ts'
import { getDeliveryFor, rereadDelivery, type WholeDelivery } from '../deliveries/find-delivery.ts'
import { presentSummary } from '../deliveries/present-delivery.ts'
import type { DeliveryVisibility } from '../deliveries/whose-deliveries.ts'
import { enqueue } from '../deliveries/queue/insert-deliveries.ts'
import { findWebhook } from '../webhooks/get-webhook.ts'
import { makeRedeliverer } from './make-redeliverer.ts'

/**
 * Makes a new delivery of one that has ended: of the same rendered parts under the same `webhook-id`, or, *anew*, rendered
 * for the same event by what its automation says today, under a new one. Takes the role member in the webhook's team, and
 * in that of the other webhook that the same parts may be sent to.
 */
export async function redeliverDelivery(
  { wake }: DeliveryParts,
  context: Context,
  ref: string,
  { mode, webhook }: Redelivery,
): Promise<DeliverySummary> {
  const { row, owner } = await getDeliveryFor(context, ref, 'Redelivering')
  const other = webhook === undefined ? undefined : await findWebhook(context, webhook, 'member', 'Redelivering to it')
  return context.db.tx(async (tx) => {
    const before = await rereadEnded(tx, row)
    const redeliverer = makeRedeliverer(tx, context)
    const delivery = await (other === undefined
      ? redeliverer.make(before, mode)
      : redeliverer.repeatElsewhere(before, other.id))
    await enqueue(tx, [delivery])
    const told = { delivery: spellUuid('delivery', delivery.id), ...(webhook === undefined ? { mode } : { webhook }) }
    for (const { id, organizationId } of teamsOf(owner, other?.entity))
      recordAudit(tx, context.actor, {
        action: 'delivery.redeliver',
        subject: spellUuid('delivery', before.id),
        organizationId,
        entityId: id,
        details: told,
      })
    tx.afterCommit(() => wake([delivery.webhookId]))
    return presentSummary(await rereadDelivery(tx, delivery), context.actor)
  })
}

/** Whose admins read of it: both teams, where it goes from one to the other. */
function teamsOf(owner: Owner, other: Owner | undefined): readonly Owner[] {
  return other === undefined || other.id === owner.id ? [owner] : [owner, other]
}

/** What redelivering it anew would send now. Nothing is kept, and nothing sent. For whoever may redeliver it. */
export async function dryRunRedelivery(
  visibility: DeliveryVisibility,
  context: Context,
  ref: string,
): Promise<RedeliveryDryRun> {
  const { row } = await getDeliveryFor(context, ref, 'Redelivering')
  const { delivery, webhook, parts, mismatch } = await context.db.tx(async (tx) =>
    makeRedeliverer(tx, context).renderAnew(await rereadEnded(tx, row)),
  )
  // A reason quotes the filter: whoever may not read the automation is told that it is so, and not why.
  const mayKnowWhy = await visibility.ofAutomation(context, delivery.automationId)
  return {
    payload: maskParts(parts),
    webhook: spellId('webhook', webhook.id),
    webhook_name: webhook.settings.name,
    automation_revision: delivery.automationRevision,
    matches: mismatch === undefined,
    reason: mayKnowWhy ? (mismatch ?? null) : null,
  }
}

async function rereadEnded(tx: Tx, row: WholeDelivery): Promise<WholeDelivery> {
  const delivery = await rereadDelivery(tx, row)
  if (delivery.finished_at !== null) return delivery
  throw new Problem('delivery-unfinished', 'The delivery has not ended: try it now, or cancel it.')
}
