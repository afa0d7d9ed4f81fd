import type { Attempt, Delivery, DeliveryState, DeliverySummary } from '../../contract/delivery.ts'
import { maskParts } from '../../contract/payload.ts'
import type { Actor } from '../access/context.ts'
import { entityRole } from '../access/roles.ts'
import { spellId, spellUuid } from '../base/ids.ts'
import { explainFailure } from '../outbound/explain-failure.ts'
import { finishedStatus, nameOf, queueState } from './delivery.ts'
import type { AttemptRow, DeliveryRow, RedeliveryOf } from './delivery-store.ts'
import { withOpenReason } from './open-reason.ts'
import { kindOf, outcomeOf } from './met-outcome.ts'
import { presentBytes } from './present-bytes.ts'
import { decodeBody } from './payload-body.ts'

export function presentSummary(row: DeliveryRow, actor: Actor): DeliverySummary {
  const state = stateOf(row)
  const team = { id: row.team_id, kind: row.team_kind, organizationId: row.organization_id }
  const isInTeam = entityRole(actor, team) !== undefined
  return {
    id: spellUuid('delivery', row.id),
    state,
    reason: row.reason ?? (state === 'held' ? heldBecause(row) : null),
    event: row.event_id === null ? null : spellUuid('event', row.event_id),
    event_type: row.event_type,
    automation: row.automation_id === null ? null : spellId('automation', row.automation_id),
    automation_name: row.automation_name,
    automation_revision: row.automation_revision,
    webhook: row.webhook_id === null ? null : spellId('webhook', row.webhook_id),
    webhook_name: isInTeam ? row.webhook_name : null,
    redelivery_of: row.redelivery_of === null ? null : spellUuid('delivery', row.redelivery_of),
    attempts: row.attempts,
    created_at: row.created_at.toISOString(),
    next_attempt_at: state === 'waiting' ? (row.due_at?.toISOString() ?? null) : null,
    finished_at: row.finished_at?.toISOString() ?? null,
  }
}

/** `details` is false for readers who may know of the delivery and not see what was sent and answered. */
export function presentDelivery(
  row: DeliveryRow & { body: Buffer },
  {
    attempts,
    redeliveries,
  }: { readonly attempts: readonly AttemptRow[]; readonly redeliveries: readonly RedeliveryOf[] },
  show: { readonly details: boolean; readonly mayAct: boolean },
  actor: Actor,
): Delivery {
  return {
    ...presentSummary(show.details ? row : withOpenReason(row), actor),
    message_id: row.message_id,
    details: show.details ? 'shown' : 'hidden',
    may_act: show.mayAct,
    payload: show.details ? maskParts(decodeBody(row.body)) : null,
    redelivered_as: redeliveries.map(({ id, created_at }) => ({
      id: spellUuid('delivery', id),
      created_at: created_at.toISOString(),
    })),
    attempt_list: attempts.map((attempt) => presentAttempt(attempt, show)),
  }
}

function presentAttempt(row: AttemptRow, show: { readonly details: boolean }): Attempt {
  const [dns = 0, connect = 0, tls = 0, firstByte = 0, body = 0] = row.phases_ms ?? []
  return {
    number: row.number,
    at: row.at.toISOString(),
    outcome: kindOf(row.outcome),
    status: row.status,
    detail: show.details ? row.detail : null,
    explanation: show.details ? explainAttempt(row) : null,
    phases_ms: row.phases_ms === null ? null : { dns, connect, tls, first_byte: firstByte, body },
    request_headers: show.details ? row.request_headers : null,
    response: show.details && row.status !== null ? presentResponse(row) : null,
  }
}

function explainAttempt(row: AttemptRow): Attempt['explanation'] {
  const outcome = outcomeOf(row)
  return outcome === undefined ? null : (explainFailure(outcome) ?? null)
}

function presentResponse(row: AttemptRow): NonNullable<Attempt['response']> {
  return { headers: row.response_headers ?? [], ...presentBytes(row.response), bytes: row.response_bytes }
}

/** A paused webhook holds its lane, not its rows: what waits in it is held. */
export function stateOf(row: Pick<DeliveryRow, 'state' | 'lane_paused'>): DeliveryState {
  const code = Number(row.state.slice(1))
  if (row.state.startsWith('d')) return nameOf(finishedStatus, code)
  const state = nameOf(queueState, code)
  return state === 'waiting' && row.lane_paused ? 'held' : state
}

function heldBecause(row: DeliveryRow): string {
  return row.lane_paused ? 'the webhook is paused or disabled' : 'the automation is paused'
}
