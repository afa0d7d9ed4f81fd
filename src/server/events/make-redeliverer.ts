import type { Redelivery } from '../../contract/delivery.ts'
import type { PayloadPart } from '../../contract/payload.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { selectAutomation } from '../automations/automation-store.ts'
import { compileAutomation } from '../automations/compile-rule.ts'
import { judgeRule, placesIn } from '../automations/judge-rule.ts'
import { renderPayload } from '../automations/render-payload.ts'
import { findUsableWebhook } from '../automations/use-webhook.ts'
import { makeUuid, spellId, type WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Tx } from '../database/database.ts'
import { messageIdOf } from '../deliveries/message-id.ts'
import { decodeBody, encodeBody, noBody } from '../deliveries/payload-body.ts'
import type { NewDelivery } from '../deliveries/queue/insert-deliveries.ts'
import type { WholeDelivery } from '../deliveries/find-delivery.ts'
import { selectWebhook } from '../webhooks/webhook-store.ts'
import { grantedNames, type StoredWebhook } from '../webhooks/webhook.ts'
import { selectEvent, snapshotOf } from './event-store.ts'

/** What a new delivery takes from the one that has ended. */
export type EndedDelivery = Pick<
  WholeDelivery,
  | 'id'
  | 'event_id'
  | 'automation_id'
  | 'automation_revision'
  | 'webhook_id'
  | 'message_id'
  | 'subject'
  | 'subject_seq'
  | 'reason'
  | 'body'
>

export type RedeliveredDelivery = NewDelivery & { readonly webhookId: WebhookId }

/** What its automation makes of the same event today. */
export interface RenderedAnew {
  readonly delivery: RedeliveredDelivery
  readonly webhook: StoredWebhook
  readonly parts: readonly PayloadPart[]
  /** Why the automation would not fire on the event today; undefined where it would. It is sent all the same. */
  readonly mismatch: string | undefined
}

/** All throw `not-redeliverable` where what they take is gone. */
export interface Redeliverer {
  make(before: EndedDelivery, mode: Redelivery['mode']): Promise<RedeliveredDelivery>
  /** The same payload to another webhook, which has to lend every secret that it holds. */
  repeatElsewhere(before: EndedDelivery, webhookId: WebhookId): Promise<RedeliveredDelivery>
  renderAnew(before: EndedDelivery): Promise<RenderedAnew>
}

/** For one transaction, in which it reads each webhook once. */
export function makeRedeliverer(tx: Tx, context: Context): Redeliverer {
  const webhooks = new Map<WebhookId, StoredWebhook | undefined>()

  async function getLiveWebhook(id: WebhookId | null): Promise<StoredWebhook> {
    if (id === null) throw refuse('Its automation’s action was a no-op: there is nothing to send.')
    if (!webhooks.has(id)) webhooks.set(id, await selectWebhook(tx, id))
    const webhook = webhooks.get(id)
    if (webhook === undefined) throw refuse('Its webhook was deleted.')
    if (webhook.disabledAt !== null)
      throw refuse(`Its webhook is disabled: ${webhook.disabledReason}. Enable it first.`)
    return webhook
  }

  async function repeat(
    before: EndedDelivery,
    webhookId: WebhookId | null = before.webhook_id,
  ): Promise<RedeliveredDelivery> {
    const webhook = await getLiveWebhook(before.webhook_id === null ? null : webhookId)
    if (before.body.equals(noBody)) {
      const because = before.reason === null ? '' : `, because ${before.reason}`
      throw refuse(`Nothing was rendered for it${because}: redeliver it anew instead.`)
    }
    if (webhook.id !== before.webhook_id) requireGrants(before, webhook)
    return {
      ...commonOf(before, webhook, context.clock.now()),
      automationRevision: before.automation_revision ?? 0,
      messageId: before.message_id,
      body: before.body,
    }
  }

  async function renderAnew(before: EndedDelivery): Promise<RenderedAnew> {
    const automation = before.automation_id === null ? undefined : await selectAutomation(tx, before.automation_id)
    if (automation === undefined) throw refuse('Its automation was deleted: redeliver the same instead.')
    const { action } = automation.settings
    if (action.type === 'no_op') throw refuse('Its automation sends nothing any more: redeliver the same instead.')
    const event = before.event_id === null ? undefined : await selectEvent(tx, before.event_id)
    if (event === undefined) throw refuse('Its event has left the history: redeliver the same instead.')
    const usable = await findUsableWebhook(tx, context, spellId('webhook', action.webhookId))
    if (!usable.ok) throw refuse(usable.mistake.detail)
    const webhook = await getLiveWebhook(usable.webhook.id)

    const rule = compileAutomation(automation)
    const snapshot = snapshotOf(event)
    const judgement = judgeRule(snapshot, { ...rule, enabled: true }, automation.scope)
    const fires = judgement.verdict === 'fired'
    const place = fires ? judgement.place : (placesIn(snapshot, automation.scope)[0] ?? snapshot.places[0]!)
    const parts = renderPayload(snapshot, place, rule)
    const body = encodeBody(parts)
    if (body.length > limits.payloadBytesMax)
      throw refuse(`The payload has ${body.length} bytes now, and at most ${limits.payloadBytesMax} are sent.`)
    const common = commonOf(before, webhook, context.clock.now())
    return {
      delivery: { ...common, automationRevision: automation.revision, messageId: messageIdOf(common.id), body },
      webhook,
      parts,
      mismatch: rule.enabled ? (fires ? undefined : judgement.reason) : 'it is disabled',
    }
  }

  return {
    make: async (before, mode) => (mode === 'anew' ? (await renderAnew(before)).delivery : repeat(before)),
    repeatElsewhere: repeat,
    renderAnew,
  }
}

function commonOf(before: EndedDelivery, webhook: StoredWebhook, now: Date) {
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

function requireGrants({ body }: EndedDelivery, { settings }: StoredWebhook): void {
  const granted = grantedNames(settings)
  const held = decodeBody(body).flatMap((part) => (typeof part === 'string' ? [] : part.secret))
  const missing = [...new Set(held)].filter((name) => !granted.has(name))
  if (missing.length > 0)
    throw new Problem(
      'secrets-not-granted',
      `The payload holds secrets that ${settings.name} does not lend: ${missing.join(', ')}.`,
      missing.map((name) => ({ pointer: '#/webhook', detail: `does not lend ${name}` })),
    )
}

function refuse(detail: string): Problem {
  return new Problem('not-redeliverable', detail)
}
