import type { Delivery, DeliveryQuery, DeliverySummary } from '../../contract/delivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { readUuidCursor } from '../access/read-id-cursor.ts'
import { entityRole, notFound } from '../access/roles.ts'
import { parseId, parseUuid } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import { selectEntities } from '../places/place-store.ts'
import { finishedStatus, queueState, type FinishedStatus, type QueueState } from './delivery.ts'
import { selectAttempts, selectDelivery, selectDeliveryPage, type DeliveryFilter } from './delivery-store.ts'
import { presentDelivery, presentSummary } from './present-delivery.ts'

/** Answers whether the actor may know of an event's or an automation's deliveries: whoever may read its scope. */
export interface DeliveryVisibility {
  readonly ofEvent: (context: Context, eventId: string) => Promise<boolean>
  readonly ofAutomation: (context: Context, automationId: number) => Promise<boolean>
  readonly ofWebhook: (context: Context, webhookId: number) => Promise<boolean>
}

/**
 * One delivery with its attempts. Who may read the automation's scope sees that it happened; payload, headers and answers
 * are for members of the webhook's entity.
 */
export async function getDelivery(visibility: DeliveryVisibility, context: Context, ref: string): Promise<Delivery> {
  const id = parseUuid('delivery', ref)
  const row = id === undefined ? undefined : await selectDelivery(context.db, id)
  if (row === undefined) throw notFound('delivery', ref)
  const [owner] = await selectEntities(context.db, { id: row.team_id })
  const details = row.webhook_id !== null && owner !== undefined && entityRole(context.actor, owner) !== undefined
  const visible =
    details ||
    (row.automation_id !== null && (await visibility.ofAutomation(context, row.automation_id))) ||
    (row.event_id !== null && (await visibility.ofEvent(context, row.event_id)))
  if (!visible) throw notFound('delivery', ref)
  return presentDelivery(row, await selectAttempts(context.db, row.id), { details })
}

/** A page of deliveries, newest first, by exactly one of team, webhook, automation and event. */
export async function listDeliveries(
  visibility: DeliveryVisibility,
  context: Context,
  query: DeliveryQuery,
): Promise<{ items: DeliverySummary[]; next: string | null }> {
  const filter = await readFilter(visibility, context, query)
  const states = (Object.keys(queueState) as QueueState[]).filter((state) => wants(query, state))
  const statuses = (Object.keys(finishedStatus) as FinishedStatus[]).filter((status) => wants(query, status))
  const rows = await selectDeliveryPage(context.db, {
    filter,
    states,
    statuses,
    before: readUuidCursor('delivery', query.cursor),
    limit: query.limit + 1,
  })
  const items = rows.slice(0, query.limit).map(presentSummary)
  return {
    // A waiting delivery of a paused webhook reads as held, so the queue's two states are told apart here.
    items: query.state === undefined ? items : items.filter((item) => item.state === query.state),
    next: rows.length > query.limit ? items.at(-1)!.id : null,
  }
}

/** Of the queue both waiting and held are read for either, see `presentSummary`. */
function wants(query: DeliveryQuery, state: QueueState | FinishedStatus): boolean {
  if (query.state === undefined || query.state === state) return true
  return query.state === 'held' && state === 'waiting'
}

async function readFilter(
  visibility: DeliveryVisibility,
  context: Context,
  query: DeliveryQuery,
): Promise<DeliveryFilter> {
  const given = (['team', 'webhook', 'automation', 'event'] as const).filter((by) => query[by] !== undefined)
  const [by, other] = given
  if (by === undefined || other !== undefined)
    throw new Problem(
      'request-invalid',
      'Say whose deliveries: by exactly one of team, webhook, automation and event.',
      [
        {
          pointer: `#/query/${other ?? 'team'}`,
          detail: given.length === 0 ? 'is missing' : 'cannot stand beside another',
        },
      ],
    )
  const ref = query[by]!
  if (by === 'team') return { by, id: (await getEntity(context, ref, 'viewer', 'Reading deliveries')).id }
  if (by === 'event') {
    const id = parseUuid('event', ref)
    if (id !== undefined && (await visibility.ofEvent(context, id))) return { by, id }
  } else {
    const id = parseId(by, ref)
    const isVisible = by === 'webhook' ? visibility.ofWebhook : visibility.ofAutomation
    if (id !== undefined && (await isVisible(context, id))) return { by, id }
  }
  throw notFound(by, ref)
}
