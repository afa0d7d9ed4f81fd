import type { MassRedelivery, NewRedelivery, RedeliveryEstimate } from '../../contract/redelivery.ts'
import { Problem } from '../../contract/problem.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { makeUuid, spellId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { StoredWebhook } from '../webhooks/webhook.ts'
import type { BulkParts } from './bulk-parts.ts'
import { chooseDeliveries } from './delivery-filter.ts'
import { countEnded } from './matching-store.ts'
import { presentRedelivery } from './present-redelivery.ts'
import { presentSpan } from './present-span.ts'
import { countUnfinishedRedeliveries, insertRedelivery, selectRedelivery } from './redelivery-store.ts'

const toDo = 'Redelivering'

/** How many would be redelivered, and how long that would take. Takes what starting it takes. */
export async function estimateRedelivery(
  { visibility }: BulkParts,
  context: Context,
  given: NewRedelivery,
): Promise<RedeliveryEstimate> {
  const { team, webhook, filter } = await chooseDeliveries(visibility, context, given, toDo)
  const below = makeUuid(context.clock.now())
  const span = await countEnded(context.db, { teamId: team.id, filter, below })
  const rate = rateOf(given, webhook)
  const slowest = Math.min(rate, webhook?.settings.rate_per_second ?? rate)
  return { ...presentSpan(span), rate_per_second: rate, seconds: Math.ceil(span.count / slowest) }
}

/**
 * Fixes the set of what has ended and matches now, and begins to redeliver it at a pace: it goes on by itself, also after
 * a restart, until it is stopped or done. Takes the role member in the team that owns the webhooks.
 */
export async function startRedelivery(
  { visibility, nudge }: BulkParts,
  context: Context,
  given: NewRedelivery,
): Promise<MassRedelivery> {
  const { team, webhook, filter } = await chooseDeliveries(visibility, context, given, toDo)
  const row = await context.db.tx(async (tx) => {
    if ((await countUnfinishedRedeliveries(tx, team.id)) >= limits.redeliveriesPerTeamMax)
      throw new Problem(
        'rate-limited',
        `${team.name} has ${limits.redeliveriesPerTeamMax} redeliveries that are not over: let one end, or stop one.`,
        undefined,
        { retryAfterSeconds: 60 },
      )
    const { id, total } = await insertRedelivery(tx, {
      teamId: team.id,
      filter,
      mode: given.mode,
      ratePerSecond: rateOf(given, webhook),
      below: makeUuid(context.clock.now()),
      createdBy: actorIdOf(context.actor),
    })
    if (total === 0) throw new Problem('not-redeliverable', 'No delivery matches: there is nothing to redeliver.')
    recordAudit(tx, context.actor, {
      action: 'redelivery.start',
      subject: spellId('redelivery', id),
      organizationId: team.organizationId,
      entityId: team.id,
      details: { ...filter, mode: given.mode, total },
    })
    tx.afterCommit(nudge)
    return (await selectRedelivery(tx, id))!
  })
  return presentRedelivery(row)
}

/** What was asked for; else the usual, or what the one webhook takes where that is less. */
function rateOf({ rate_per_second: asked }: NewRedelivery, webhook: StoredWebhook | undefined): number {
  const usual = limits.redeliveryRatePerSecondDefault
  const taken = webhook?.settings.rate_per_second ?? usual
  return asked ?? Math.max(limits.redeliveryRatePerSecondMin, Math.min(usual, taken))
}
