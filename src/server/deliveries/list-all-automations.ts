import type { AutomationQuery, ListedAutomation } from '../../contract/automation.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { notFound } from '../access/roles.ts'
import { findWritable } from '../automations/automation-scope.ts'
import { selectAutomations } from '../automations/automation-store.ts'
import { presentAutomation } from '../automations/present-automation.ts'
import { parseId, spellId, spellUuid } from '../base/ids.ts'
import { getEntity, visibleTo } from '../places/find-place.ts'
import { selectLastDeliveries, selectVisibleAutomations, type LastDelivery } from './automation-hub-store.ts'
import { finishedStatus, nameOf } from './delivery.ts'

/** Automations of every scope that the actor may read, newest first unless it is asked otherwise, each with the delivery of it that ended last. */
export async function listAllAutomations(
  context: Context,
  { text, event_type: eventType, webhook, team, mine, sort, limit, cursor }: AutomationQuery,
): Promise<{ items: ListedAutomation[]; next: string | null }> {
  const webhookId = webhook === undefined ? undefined : parseId('webhook', webhook)
  if (webhook !== undefined && webhookId === undefined) throw notFound('webhook', webhook)
  const owner = team === undefined ? undefined : await getEntity(context, team, 'viewer', 'Listing automations')
  const ids = await selectVisibleAutomations(context.db, visibleTo(context), {
    text,
    eventType,
    webhookId,
    ownerId: owner?.id,
    createdBy: mine ? (actorIdOf(context.actor) ?? undefined) : undefined,
    sort,
    after: readIdCursor('automation', cursor),
    limit: limit + 1,
  })
  const shown = ids.slice(0, limit)
  const automations = await selectAutomations(context.db, shown)
  const mayChange = await findWritable(
    context,
    automations.map(({ scope }) => scope),
  )
  const last = new Map((await selectLastDeliveries(context.db, shown)).map((one) => [one.automationId, one]))
  const items = automations
    .toSorted((one, other) => shown.indexOf(one.id) - shown.indexOf(other.id))
    .map((automation) => ({
      ...presentAutomation(automation, mayChange(automation.scope)),
      last_delivery: presentLast(last.get(automation.id)),
    }))
  return { items, next: ids.length > limit ? spellId('automation', shown.at(-1)!) : null }
}

function presentLast(last: LastDelivery | undefined): ListedAutomation['last_delivery'] {
  if (last === undefined) return null
  return {
    id: spellUuid('delivery', last.id),
    state: nameOf(finishedStatus, last.status),
    finished_at: last.finishedAt.toISOString(),
  }
}
