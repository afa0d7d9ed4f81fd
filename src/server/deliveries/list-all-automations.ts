import type { AutomationQuery, ListedAutomation } from '../../contract/automation.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { readDeliveryCursor, readIdCursor } from '../access/read-id-cursor.ts'
import { notFound } from '../access/roles.ts'
import { findWritable } from '../automations/automation-scope.ts'
import { selectAutomations } from '../automations/automation-store.ts'
import { presentAutomation } from '../automations/present-automation.ts'
import { Problem } from '../../contract/problem.ts'
import type { Scope } from '../automations/event-snapshot.ts'
import { parseId, spellId, spellUuid, type AutomationId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { getCollection, getEntity, getProject, visibleTo } from '../places/find-place.ts'
import {
  selectByLastDelivery,
  selectLastDeliveries,
  selectVisibleAutomations,
  type ByLastDelivery,
  type HubFilter,
  type LastDelivery,
} from './automation-hub-store.ts'
import { finishedStatus, nameOf } from './delivery.ts'

/** Automations of every scope that the actor may read, newest first unless it is asked otherwise, each with the delivery of it that ended last. */
export async function listAllAutomations(
  context: Context,
  query: AutomationQuery,
): Promise<{ items: ListedAutomation[]; next: string | null }> {
  const { ids, next } = await findPage(context, await readFilter(context, query), query)
  const automations = await selectAutomations(context.db, ids)
  const mayChange = await findWritable(
    context,
    automations.map(({ scope }) => scope),
  )
  const last = new Map((await selectLastDeliveries(context.db, ids)).map((one) => [one.automationId, one]))
  const items = automations
    .toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
    .map((automation) => ({
      ...presentAutomation(automation, mayChange(automation.scope)),
      last_delivery: presentLast(last.get(automation.id)),
    }))
  return { items, next }
}

/** Finds what a query names: what the actor may not see is not found. */
async function readFilter(
  context: Context,
  { text, event_type: eventType, webhook, team, scope, state, mine }: AutomationQuery,
): Promise<HubFilter> {
  const webhookId = webhook === undefined ? undefined : parseId('webhook', webhook)
  if (webhook !== undefined && webhookId === undefined) throw notFound('webhook', webhook)
  const owner = team === undefined ? undefined : await getEntity(context, team, 'viewer', 'Listing automations')
  return {
    text,
    eventType,
    webhookId,
    ownerId: owner?.id,
    createdBy: mine ? (actorIdOf(context.actor) ?? undefined) : undefined,
    scope: scope === undefined ? undefined : await findScope(context, scope),
    state,
  }
}

async function findScope(context: Context, ref: string): Promise<Scope> {
  const toDo = 'Listing automations'
  const slashes = ref.split('/').length - 1
  if (slashes === 2 || parseId('collection', ref) !== undefined)
    return { type: 'collection', id: (await getCollection(context, ref, 'restricted_viewer', toDo)).id }
  if (slashes === 1 || parseId('project', ref) !== undefined)
    return { type: 'project', id: (await getProject(context, ref, 'restricted_viewer', toDo)).id }
  return { type: 'entity', id: (await getEntity(context, ref, 'viewer', toDo)).id }
}

interface IdPage {
  readonly ids: readonly AutomationId[]
  readonly next: string | null
}

async function findPage(context: Context, filter: HubFilter, query: AutomationQuery): Promise<IdPage> {
  const { sort, limit, cursor } = query
  if (sort === 'last_delivery' || sort === '-last_delivery') return findPageByLast(context, filter, { ...query, sort })
  const after = readIdCursor('automation', cursor)
  const ids = await selectVisibleAutomations(context.db, visibleTo(context), filter, { sort, after, limit: limit + 1 })
  return {
    ids: ids.slice(0, limit),
    next: ids.length > limit ? spellId('automation', ids[limit - 1]!) : null,
  }
}

/** An automation does not know its last delivery: each that matches is asked for it, so they may not be too many. */
async function findPageByLast(
  context: Context,
  filter: HubFilter,
  {
    sort,
    limit,
    cursor,
  }: Pick<AutomationQuery, 'limit' | 'cursor'> & { readonly sort: 'last_delivery' | '-last_delivery' },
): Promise<IdPage> {
  const after = readDeliveryCursor('automation', cursor)
  const most = limits.sortedByDeliveryMax
  const all = { sort: '-created', after: null, limit: most + 1 } as const
  const matching = await selectVisibleAutomations(context.db, visibleTo(context), filter, all)
  if (matching.length > most)
    throw new Problem('request-invalid', `More than ${most} automations match: too many to sort by their deliveries.`, [
      { pointer: '#/query/sort', detail: 'Narrow them down, by team or scope, or sort by name or created.' },
    ])
  const newestFirst = sort === '-last_delivery'
  const found = await selectByLastDelivery(context.db, matching, { newestFirst, after, limit: limit + 1 })
  return {
    ids: found.slice(0, limit).map(({ id }) => id),
    next: found.length > limit ? spellPlace(found[limit - 1]!) : null,
  }
}

function spellPlace({ id, last }: ByLastDelivery): string {
  return last === null ? spellId('automation', id) : spellUuid('delivery', last)
}

function presentLast(last: LastDelivery | undefined): ListedAutomation['last_delivery'] {
  if (last === undefined) return null
  return {
    id: spellUuid('delivery', last.id),
    state: nameOf(finishedStatus, last.status),
    finished_at: last.finishedAt.toISOString(),
  }
}
