import type { AutomationId, DeliveryId, EntityId, EventId, WebhookId } from '../../base/ids.ts'
import type { Tx } from '../../database/database.ts'
import { insertStatement, type MultiRowTable } from '../../database/multi-row.ts'
import {
  finishedStatus,
  laneOf,
  queueState,
  type ClaimId,
  type FinishedStatus,
  type LaneName,
  type WorkerId,
} from '../delivery.ts'

/** A delivery as it is made, in the transaction of its event. */
export interface NewDelivery {
  readonly id: DeliveryId
  readonly eventId: EventId | null
  readonly automationId: AutomationId
  readonly automationRevision: number
  readonly webhookId: WebhookId | null
  readonly teamId: EntityId
  readonly messageId: string
  readonly subject: string
  readonly subjectSeq: number
  readonly inOrder: boolean
  readonly createdAt: Date
  readonly body: Buffer
  /** The delivery that a person asked for again. */
  readonly redeliveryOf?: DeliveryId
  readonly birth: Birth
}

/**
 * *Sending* only in a lane of this process with room; *finished* when there is nothing to send, with the reason. What
 * waits does so with the first attempts, unless it says that it shares the retries' part of the lane.
 */
export type Birth =
  | { readonly state: 'waiting'; readonly lane?: LaneName }
  | { readonly state: 'held' }
  | { readonly state: 'sending'; readonly claimId: ClaimId; readonly workerId: WorkerId }
  | { readonly state: 'finished'; readonly as: FinishedStatus; readonly reason: string | null }

export const queueTable: MultiRowTable = {
  table: 'queue',
  columns: [
    ['id', 'uuid'],
    ['event_id', 'uuid'],
    ['automation_id', 'bigint'],
    ['automation_revision', 'int'],
    ['webhook_id', 'bigint'],
    ['team_id', 'bigint'],
    ['message_id', 'text'],
    ['subject', 'text'],
    ['subject_seq', 'bigint'],
    ['in_order', 'boolean'],
    ['created_at', 'timestamptz'],
    ['body', 'bytea'],
    ['redelivery_of', 'uuid'],
    ['lane', 'smallint'],
    ['state', 'smallint'],
    ['attempt', 'int'],
    ['claim_id', 'bigint'],
    ['claimed_by', 'bigint'],
  ],
  // What is due and what was claimed long ago is asked by the database's clock.
  derived: [
    ['due_at', 'now()'],
    ['claimed_at', 'case when v.claim_id is not null then now() end'],
  ],
}

export const finishedTable: MultiRowTable = {
  table: 'deliveries',
  columns: [
    ...queueTable.columns.slice(0, 13),
    ['status', 'smallint'],
    ['reason', 'text'],
    ['attempts', 'int'],
    ['finished_at', 'timestamptz'],
  ],
}

/** A born-sending row counts its first attempt at birth, as a claim would. */
export function queueRow(delivery: NewDelivery): unknown[] {
  const { birth } = delivery
  const claim =
    birth.state === 'sending'
      ? [queueState.sending, 1, birth.claimId, birth.workerId]
      : [birth.state === 'held' ? queueState.held : queueState.waiting, 0, null, null]
  const lane = laneOf[(birth.state === 'waiting' ? birth.lane : undefined) ?? 'first']
  return [...commonCells(delivery), lane, ...claim]
}

export function finishedRow(delivery: NewDelivery & { birth: { state: 'finished' } }): unknown[] {
  const { as, reason } = delivery.birth
  return [...commonCells(delivery), finishedStatus[as], reason, 0, delivery.createdAt]
}

/** Inserts deliveries that do not come with an event of this transaction. */
export async function enqueue(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
  const insert = insertStatement([{ of: queueTable, rows: deliveries.map(queueRow) }])
  if (insert !== undefined) await tx.query(insert.statement, insert.values)
}

export function isFinished(delivery: NewDelivery): delivery is NewDelivery & { birth: { state: 'finished' } } {
  return delivery.birth.state === 'finished'
}

function commonCells(delivery: NewDelivery): unknown[] {
  return [
    delivery.id,
    delivery.eventId,
    delivery.automationId,
    delivery.automationRevision,
    delivery.webhookId,
    delivery.teamId,
    delivery.messageId,
    delivery.subject,
    delivery.subjectSeq,
    delivery.inOrder,
    delivery.createdAt,
    delivery.body,
    delivery.redeliveryOf ?? null,
  ]
}
