import type { Delivery, DeliveryQuery, DeliverySummary } from '../../contract/delivery.ts'
import type { Context } from '../access/context.ts'
import type { TryLimits } from '../access/limit-tries.ts'
import { readIdSpan } from '../access/read-id-span.ts'
import { Problem } from '../../contract/problem.ts'
import { entityRole, notFound } from '../access/roles.ts'
import { parseUuid, spellUuid, type EntityId } from '../base/ids.ts'
import { getProject, visibleTo } from '../places/find-place.ts'
import { selectEntitiesById } from '../places/place-store.ts'
import {
  selectAttempts,
  selectDeliveryPage,
  selectRedeliveriesOf,
  type DeliveryNouns,
  type DeliveryPage,
  type DeliveryRow,
} from './delivery-store.ts'
import { findDelivery } from './find-delivery.ts'
import { withOpenReason } from './open-reason.ts'
import { presentDelivery, presentSummary } from './present-delivery.ts'
import { readSought, searchDeliveries, type FoundDeliveries } from './search-deliveries.ts'
import { findWhose, type DeliveryVisibility } from './whose-deliveries.ts'

/**
 * One delivery with its attempts. Who may read the automation's scope sees that it happened; payload, headers and answers
 * are for members of the webhook's entity.
 */
export async function getDelivery(context: Context, ref: string): Promise<Delivery> {
  const { row, ...shown } = await findDelivery(context, ref)
  const attempts = await selectAttempts(context.db, row.id)
  const redeliveries = await selectRedeliveriesOf(context.db, row.id, visibleTo(context))
  return presentDelivery(row, { attempts, redeliveries }, shown, context.actor)
}

/**
 * A page of deliveries, newest first, of a team, a webhook, an automation, a project and an event, as far as these are
 * named: at least one of them. The reader has to see each that is, and gets those of its deliveries that they may know of.
 */
export async function listDeliveries(
  { visibility, searches }: { readonly visibility: DeliveryVisibility; readonly searches: TryLimits },
  context: Context,
  query: DeliveryQuery,
): Promise<{ items: DeliverySummary[]; next: string | null }> {
  const sought = readSought(query, context.clock.now())
  const span = readIdSpan('delivery', query)
  const page: DeliveryPage = {
    of: await readNouns(visibility, context, query),
    visible: visibleTo(context),
    state: query.state,
    after: span.from,
    before: span.below,
    limit: query.limit,
  }
  const { rows, lookedTo } =
    sought === undefined ? await readPage(context, page) : await searchDeliveries(searches, context, page, sought)
  const items = (await hideReasons(context, rows)).map((row) => presentSummary(row, context.actor))
  return { items, next: lookedTo === null ? null : spellUuid('delivery', lookedTo) }
}

async function readPage({ db }: Context, page: DeliveryPage): Promise<FoundDeliveries> {
  const rows = await selectDeliveryPage(db, { ...page, limit: page.limit + 1 })
  const shown = rows.slice(0, page.limit)
  return { rows: shown, lookedTo: rows.length > page.limit ? shown.at(-1)!.id : null }
}

async function hideReasons({ db, actor }: Context, rows: readonly DeliveryRow[]): Promise<readonly DeliveryRow[]> {
  const teams = await selectEntitiesById(db, [...new Set(rows.map((row) => row.team_id as EntityId))])
  const own = new Set<number>(teams.filter((team) => entityRole(actor, team) !== undefined).map(({ id }) => id))
  return rows.map((row) => (row.webhook_id !== null && own.has(row.team_id) ? row : withOpenReason(row)))
}

async function readNouns(
  visibility: DeliveryVisibility,
  context: Context,
  query: DeliveryQuery,
): Promise<DeliveryNouns> {
  const { event, project, ...others } = query
  const named = (['team', 'webhook', 'automation'] as const).flatMap((by) => {
    const ref = others[by]
    return ref === undefined ? [] : [{ by, ref }]
  })
  if (event === undefined && project === undefined && named.length === 0)
    throw new Problem('request-invalid', 'Say whose deliveries: of a team, webhook, automation, project or event.', [
      { pointer: '#/query/team', detail: 'is missing, and so are webhook, automation, project and event' },
    ])
  const eventId = event === undefined ? undefined : parseUuid('event', event)
  if (event !== undefined && (eventId === undefined || !(await visibility.ofEvent(context, eventId))))
    throw notFound('event', event)
  const toDo = 'Reading deliveries'
  const found = []
  for (const one of named) found.push(await findWhose(visibility, context, one, toDo))
  return {
    ...Object.fromEntries(found.map(({ by, id }) => [by, id])),
    ...(project === undefined ? {} : { project: (await getProject(context, project, 'restricted_viewer', toDo)).id }),
    ...(eventId === undefined ? {} : { event: eventId }),
  }
}
