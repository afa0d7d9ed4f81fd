import type { Clock } from '../base/clock.ts'
import { makeUuid, type EntityId, type EventId, type PersonId, type ProjectId, type WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Tx } from '../database/database.ts'
import { scopesOf, type EventSnapshot, type Scope } from '../automations/event-snapshot.ts'
import type { Rule } from '../automations/compile-rule.ts'
import type { CountedFiring, LoopGuard } from '../automations/loop-guard.ts'
import { matchAutomations, type Firing } from '../automations/match-automations.ts'
import { renderPayload } from '../automations/render-payload.ts'
import type { CurrentRules, RuleMemory } from '../automations/rule-memory.ts'
import type { ClaimedDelivery } from '../deliveries/delivery.ts'
import type { LaneBook } from '../deliveries/lanes/lane-book.ts'
import { isFinished, type Birth, type NewDelivery } from '../deliveries/queue/insert-deliveries.ts'
import { messageIdOf } from '../deliveries/message-id.ts'
import { encodeBody, noBody } from '../deliveries/payload-body.ts'
import { insertEvents, type EventRow } from './event-store.ts'

/** Something that happened, ready to be recorded. */
export interface NewEvent {
  readonly snapshot: EventSnapshot
  /** What ordering is about: `collection:42`. */
  readonly subject: string
  /** Counted under the subject's lock; undefined where there is no such lock, and the order is that of acceptance. */
  readonly subjectSeq?: number
  readonly entityId: EntityId
  readonly projectId: ProjectId | null
  readonly actorId: PersonId | null
}

/** What recording needs besides the transaction. */
export interface EventRecorder {
  readonly clock: Clock
  readonly memory: RuleMemory
  readonly book: LaneBook
  readonly guard: LoopGuard
  /** An automation that was caught by the guard, after the commit. */
  readonly onLoop: (firing: CountedFiring, eventId: EventId) => void
  /** What was recorded, after the commit. */
  readonly onRecorded: (events: number, deliveries: readonly NewDelivery[]) => void
  /** Deliveries born *sending*, after their commit was acknowledged. */
  readonly handOver: (deliveries: readonly ClaimedDelivery[]) => void
  /** Webhooks that got deliveries which wait, after the commit: a hint. */
  readonly wake: (webhookIds: readonly WebhookId[]) => void
}

/**
 * Records events, judges them by the rules of this moment and makes their deliveries, in the caller's transaction: one
 * statement whatever the number of matches, and nothing to wait for while no rule was edited. What is born *sending* starts after the commit; when the commit fails or
 * its outcome is unknown, slots and tokens go back, and the heartbeat finds rows that stand after all.
 */
export async function recordEvents(recorder: EventRecorder, tx: Tx, events: readonly NewEvent[]): Promise<void> {
  const { memory, book, clock } = recorder
  const rules = await memory.read(tx, uniqueScopes(events))

  const now = clock.now()
  const planned = events.map((event, index) => planEvent(recorder, rules, event, -1 - index, now))
  const deliveries = planned.flatMap((plan) => plan.deliveries)
  tx.afterCommit(() => recorder.onRecorded(events.length, deliveries))
  tx.afterCommit(() => countFirings(recorder, planned, now))
  const sending = deliveries.flatMap((delivery) => toClaimed(delivery, rules) ?? [])
  tx.afterFailure(() => {
    for (const { id, claimId, webhookId } of sending) book.cancelBirth(webhookId, { id, claimId })
  })
  tx.afterCommit(() => {
    if (sending.length > 0) recorder.handOver(sending)
    const waiting = new Set(
      deliveries.flatMap(({ birth, webhookId }) =>
        birth.state === 'waiting' && webhookId !== null && rules.receiver(webhookId)?.paused === false ? webhookId : [],
      ),
    )
    if (waiting.size > 0) recorder.wake([...waiting])
  })
  insertEvents(
    tx,
    rules.versions,
    planned.map((plan) => plan.row),
    deliveries,
  )
}

interface PlannedEvent {
  readonly row: EventRow
  /** For the loop guard. */
  readonly firings: readonly CountedFiring[]
  readonly deliveries: readonly NewDelivery[]
}

function planEvent(
  recorder: EventRecorder,
  rules: CurrentRules,
  event: NewEvent,
  /** Where nobody has counted it. */
  uncounted: number,
  now: Date,
): PlannedEvent {
  const { snapshot } = event
  const { reach, versions, firings } = matchAutomations(rules, snapshot)
  const subjectSeq = event.subjectSeq ?? uncounted
  const { type, author, at, places, facts } = snapshot
  return {
    row: {
      id: snapshot.id,
      type,
      subject: event.subject,
      subjectSeq,
      entityId: event.entityId,
      projectId: event.projectId,
      actorId: event.actorId,
      versions,
      reach,
      data: JSON.stringify({ author, at, places, facts }),
    },
    firings: isCounted(event) ? firings.map(({ rule }) => ({ ...rule, subject: event.subject })) : [],
    deliveries: firings.map((firing, index) =>
      planDelivery(recorder, rules, { ...event, subjectSeq }, firing, index, now),
    ),
  }
}

function planDelivery(
  recorder: EventRecorder,
  rules: CurrentRules,
  event: NewEvent & { subjectSeq: number },
  { rule, place }: Firing,
  index: number,
  now: Date,
): NewDelivery {
  const id = makeUuid(now)
  const receiver = rule.webhookId === null ? undefined : rules.receiver(rule.webhookId)
  const common = {
    id,
    eventId: event.snapshot.id,
    automationId: rule.automationId,
    automationRevision: rule.revision,
    webhookId: rule.webhookId,
    teamId: receiver?.entityId ?? event.entityId,
    messageId: messageIdOf(id),
    subject: event.subject,
    subjectSeq: event.subjectSeq,
    inOrder: receiver?.inOrder ?? false,
    createdAt: now,
  }
  const finish = (as: 'succeeded' | 'failed' | 'skipped', reason: string, body = noBody): NewDelivery => ({
    ...common,
    body,
    birth: { state: 'finished', as, reason },
  })
  if (index >= limits.deliveriesPerEventMax)
    return finish('skipped', `one event makes at most ${limits.deliveriesPerEventMax} deliveries`)
  if (rule.webhookId === null) return finish('succeeded', 'the action is a no-op: nothing was sent')

  const parts = renderPayload(event.snapshot, place, rule)
  const body = encodeBody(parts)
  if (receiver === undefined || receiver.archived) return finish('failed', 'the webhook was deleted', body)
  if (receiver.disabledReason !== null)
    return finish('failed', `the webhook is disabled: ${receiver.disabledReason}`, body)
  if (receiver.missingSecrets.length > 0)
    return finish('failed', `the webhook uses secrets that are gone: ${receiver.missingSecrets.join(', ')}`, body)
  if (body.length > limits.payloadBytesMax)
    return finish('failed', `the payload has ${body.length} bytes, and at most ${limits.payloadBytesMax} are sent`)
  return { ...common, body, birth: bear(recorder, rule, receiver, id) }
}

/** Events that share no subject with anything are no sign of a loop. */
function isCounted({ snapshot }: NewEvent): boolean {
  return snapshot.type !== 'CUSTOM' || snapshot.facts['subject'] !== ''
}

function countFirings({ guard, onLoop }: EventRecorder, planned: readonly PlannedEvent[], now: Date): void {
  for (const { row, firings } of planned) for (const caught of guard.count(firings, now)) onLoop(caught, row.id)
}

function bear(
  { book, guard }: EventRecorder,
  { automationId, pausedReason }: Rule,
  receiver: NonNullable<ReturnType<CurrentRules['receiver']>>,
  deliveryId: string,
): Birth {
  if (pausedReason !== null || guard.hasCaught(automationId)) return { state: 'held' }
  const claimId = book.reserveBirth(receiver.id, deliveryId, receiver)
  return claimId === undefined ? { state: 'waiting' } : { state: 'sending', claimId, workerId: book.workerId()! }
}

function toClaimed(delivery: NewDelivery, rules: CurrentRules): ClaimedDelivery | undefined {
  if (isFinished(delivery) || delivery.birth.state !== 'sending' || delivery.webhookId === null) return undefined
  return {
    id: delivery.id,
    claimId: delivery.birth.claimId,
    eventId: delivery.eventId,
    automationId: delivery.automationId,
    webhookId: delivery.webhookId,
    teamId: delivery.teamId,
    messageId: delivery.messageId,
    attempt: 1,
    receiversVersion: rules.receiversVersion(delivery.teamId),
    createdAt: delivery.createdAt,
    body: delivery.body,
  }
}

function uniqueScopes(events: readonly NewEvent[]): Scope[] {
  const scopes = new Map<string, Scope>()
  for (const { snapshot } of events)
    for (const place of snapshot.places)
      for (const scope of scopesOf(place)) scopes.set(`${scope.type}:${scope.id}`, scope)
  return [...scopes.values()]
}
