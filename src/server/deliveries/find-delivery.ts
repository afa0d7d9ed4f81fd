import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { atLeast, entityRole, notFound } from '../access/roles.ts'
import { parseUuid } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import { visibleTo } from '../places/find-place.ts'
import type { Entity } from '../places/place.ts'
import { selectEntities } from '../places/place-store.ts'
import { selectDelivery, type DeliveryRow } from './delivery-store.ts'

export type WholeDelivery = DeliveryRow & { readonly body: Buffer }

export interface FoundDelivery {
  readonly row: WholeDelivery
  /** The team that owns its webhook; for a no-op, the one whose event it was. */
  readonly owner: Entity | undefined
  /** Whether payload, headers and answers are the actor's to see. */
  readonly details: boolean
  /** Whether the actor may have it sent again, or not sent at all. */
  readonly mayAct: boolean
}

/** Who may read the automation's scope knows of the delivery; the webhook's team sees what was sent and answered too. */
export async function findDelivery(context: Context, ref: string): Promise<FoundDelivery> {
  const id = parseUuid('delivery', ref)
  const row = id === undefined ? undefined : await selectDelivery(context.db, id, visibleTo(context))
  if (row === undefined) throw notFound('delivery', ref)
  const [owner] = await selectEntities(context.db, { id: row.team_id })
  const role = owner === undefined ? undefined : entityRole(context.actor, owner)
  const details = row.webhook_id !== null && role !== undefined
  return { row, owner, details, mayAct: details && atLeast(role, 'member') }
}

/** The same, for members of the team that owns its webhook: what they do with it may send something. */
export async function getDeliveryFor(
  context: Context,
  ref: string,
  toDo: string,
): Promise<FoundDelivery & { readonly owner: Entity }> {
  const found = await findDelivery(context, ref)
  const { owner } = found
  const role = owner === undefined ? undefined : entityRole(context.actor, owner)
  if (owner !== undefined && role !== undefined && atLeast(role, 'member')) return { ...found, owner }
  const place = owner === undefined || role === undefined ? 'its team' : `${owner.kind} ${owner.name}`
  throw new Problem('not-allowed', `${toDo} takes the role member in ${place}; yours is ${role ?? 'none'}.`)
}

/** The delivery as it is now, in a transaction that changed it or found that it cannot. */
export async function rereadDelivery(db: Queryable, { id }: Pick<DeliveryRow, 'id'>): Promise<WholeDelivery> {
  const row = await selectDelivery(db, id)
  if (row === undefined) throw notFound('delivery', id)
  return row
}
