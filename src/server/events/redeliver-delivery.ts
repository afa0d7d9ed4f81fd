import type { DeliverySummary, Redelivery } from '../../contract/delivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { selectAutomation } from '../automations/automation-store.ts'
import { compileAutomation } from '../automations/compile-rule.ts'
import { judgeRule, placesIn } from '../automations/judge-rule.ts'
import { renderPayload } from '../automations/render-payload.ts'
import { findUsableWebhook } from '../automations/use-webhook.ts'
import { makeUuid, spellId, spellUuid, type WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { DeliveryParts } from '../deliveries/act-on-delivery.ts'
import { getDeliveryFor, rereadDelivery, type WholeDelivery } from '../deliveries/find-delivery.ts'
import { messageIdOf } from '../deliveries/message-id.ts'
import { encodeBody, noBody } from '../deliveries/payload-body.ts'
import { presentSummary } from '../deliveries/present-delivery.ts'
import { enqueue, type NewDelivery } from '../deliveries/queue/insert-deliveries.ts'
import { selectWebhook } from '../webhooks/webhook-store.ts'
import type { StoredWebhook } from '../webhooks/webhook.ts'
import { selectEvent, snapshotOf } from './event-store.ts'

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
    const delivery = mode === 'anew' ? await renderAnew(tx, context, before) : await repeat(tx, context, before)
    await enqueue(tx, [delivery])
    await recordAudit(tx, context.actor, {
      action: 'delivery.redeliver',
      subject: spellUuid('delivery', before.id),
      organizationId: owner.organizationId,
      entityId: owner.id,
      details: { mode, delivery: spellUuid('delivery', delivery.id) },
    })
    tx.afterCommit(() => wake([delivery.webhookId!]))
    return presentSummary(await rereadDelivery(tx, delivery), context.actor)
  })
}

async function repeat(tx: Tx, { clock }: Context, before: WholeDelivery): Promise<NewDelivery> {
  const webhook = await getLiveWebhook(tx, before.webhook_id)
  if (before.body.equals(noBody)) {
    const because = before.reason === null ? '' : `, because ${before.reason}`
    throw refuse(`Nothing was rendered for it${because}: redeliver it anew instead.`)
  }
  return {
    ...commonOf(before, webhook, clock.now()),
    automationRevision: before.automation_revision ?? 0,
    messageId: before.message_id,
    body: before.body,
  }
}

async function renderAnew(tx: Tx, context: Context, before: WholeDelivery): Promise<NewDelivery> {
  const automation = before.automation_id === null ? undefined : await selectAutomation(tx, before.automation_id)
  if (automation === undefined) throw refuse('Its automation was deleted: redeliver the same instead.')
  const { action } = automation.settings
  if (action.type === 'no_op') throw refuse('Its automation sends nothing any more: redeliver the same instead.')
  const event = before.event_id === null ? undefined : await selectEvent(tx, before.event_id)
  if (event === undefined) throw refuse('Its event has left the history: redeliver the same instead.')
  const usable = await findUsableWebhook(tx, context, spellId('webhook', action.webhookId))
  if (!usable.ok) throw refuse(usable.mistake.detail)
  const webhook = await getLiveWebhook(tx, usable.webhook.id)

  const rule = compileAutomation(automation)
  const snapshot = snapshotOf(event)
  const judgement = judgeRule(snapshot, { ...rule, enabled: true }, automation.scope)
  const place =
    judgement.verdict === 'fired' ? judgement.place : (placesIn(snapshot, automation.scope)[0] ?? snapshot.places[0]!)
  const body = encodeBody(renderPayload(snapshot, place, rule))
  if (body.length > limits.payloadBytesMax)
    throw refuse(`The payload has ${body.length} bytes now, and at most ${limits.payloadBytesMax} are sent.`)
  const common = commonOf(before, webhook, context.clock.now())
  return { ...common, automationRevision: automation.revision, messageId: messageIdOf(common.id), body }
}

function commonOf(before: WholeDelivery, webhook: StoredWebhook, now: Date) {
  return {
    id: makeUuid(now),
    eventId: before.event_id,
    automationId: before.automation_id!,
    webhookId: webhook.id,
    teamId: webhook.entity.id,
    subject: before.subject,
    subjectSeq: before.subject_seq,
    inOrder: webhook.settings.in_order,
    createdAt: now,
    redeliveryOf: before.id,
    birth: { state: 'waiting' },
  } as const
}

async function getLiveWebhook(db: Queryable, id: WebhookId | null): Promise<StoredWebhook> {
  if (id === null) throw refuse('Its automation’s action was a no-op: there is nothing to send.')
  const webhook = await selectWebhook(db, id)
  if (webhook === undefined) throw refuse('Its webhook was deleted.')
  if (webhook.disabledAt !== null) throw refuse(`Its webhook is disabled: ${webhook.disabledReason}. Enable it first.`)
  return webhook
}

function refuse(detail: string): Problem {
  return new Problem('not-redeliverable', detail)
}
