import { webhookStatsHours, type WebhookStats, type WebhookStatsQuery } from '../../contract/stats.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { spellId, spellUuid, uuidFloor } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import { selectWebhookPage } from '../webhooks/webhook-store.ts'
import { bucketsUntil } from './buckets-until.ts'
import { finishedStatus, nameOf } from './delivery.ts'
import {
  countByWebhook,
  sampleByWebhook,
  selectLastByWebhook,
  type WebhookBucketRow,
  type WebhookLastRow,
} from './webhook-stats-store.ts'

/** How it went with each webhook of a team in the last day, in the order of its webhooks. For everybody in the team. */
export async function listWebhookStats(
  context: Context,
  teamRef: string,
  { limit, cursor }: WebhookStatsQuery,
): Promise<{ items: WebhookStats[]; next: string | null }> {
  const { db, clock } = context
  const team = await getEntity(context, teamRef, 'viewer', 'Reading statistics')
  const webhooks = await selectWebhookPage(db, team.id, readIdCursor('webhook', cursor), limit + 1)
  const shown = webhooks.slice(0, limit)
  const ids = shown.map(({ id }) => id)
  const starts = bucketsUntil(clock.now(), { minutes: webhookStatsHours * 60, bucket: 'hour' })
  const borders = starts.map(uuidFloor)
  const [counts, samples, lasts] = await Promise.all([
    countByWebhook(db, ids, borders),
    sampleByWebhook(db, ids, borders[0]!),
    selectLastByWebhook(db, ids),
  ])
  const items = shown.map(({ id, settings }): WebhookStats => {
    const isMine = ({ webhookId }: { readonly webhookId: number }) => webhookId === id
    const p99 = samples.find(isMine)?.p99 ?? null
    return {
      webhook: spellId('webhook', id),
      webhook_name: settings.name,
      hours: presentHours(starts, counts.filter(isMine)),
      p99_ms: p99 === null ? null : Math.round(p99 * 100) / 100,
      last_delivery: presentLast(lasts.find(isMine)),
    }
  })
  return { items, next: webhooks.length > limit ? items.at(-1)!.webhook : null }
}

function presentHours(starts: readonly Date[], rows: readonly WebhookBucketRow[]): WebhookStats['hours'] {
  return starts.map((at, index) => {
    const count = (...statuses: readonly number[]) =>
      rows.reduce((sum, row) => (row.bucket === index + 1 && statuses.includes(row.status) ? sum + row.count : sum), 0)
    return {
      at: at.toISOString(),
      succeeded: count(finishedStatus.succeeded),
      failed: count(finishedStatus.failed, finishedStatus.expired),
    }
  })
}

function presentLast(last: WebhookLastRow | undefined): WebhookStats['last_delivery'] {
  if (last === undefined) return null
  return {
    id: spellUuid('delivery', last.id),
    state: nameOf(finishedStatus, last.status),
    finished_at: last.finishedAt.toISOString(),
  }
}
