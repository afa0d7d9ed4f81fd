import type { DeliveryId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { finishedStatus } from './delivery.ts'

export interface WebhookBucketRow {
  readonly webhookId: WebhookId
  /** From 1, as the borders are counted. */
  readonly bucket: number
  readonly status: number
  readonly count: number
}

/** What has become of the newest deliveries to each webhook, by the bucket they were made in. */
export async function countByWebhook(
  db: Queryable,
  ids: readonly WebhookId[],
  borders: readonly DeliveryId[],
): Promise<WebhookBucketRow[]> {
  return db.query<WebhookBucketRow>(count, [ids, borders])
}

export interface WebhookLatencyRow {
  readonly webhookId: WebhookId
  readonly p99: number | null
}

/** Of the newest attempts of ended deliveries made since the border. */
export async function sampleByWebhook(
  db: Queryable,
  ids: readonly WebhookId[],
  since: DeliveryId,
): Promise<WebhookLatencyRow[]> {
  return db.query<WebhookLatencyRow>(sample, [ids, since])
}

export interface WebhookLastRow {
  readonly webhookId: WebhookId
  readonly id: string
  readonly status: number
  readonly finishedAt: Date
}

/** The delivery to each webhook that was made last among those that have ended. */
export async function selectLastByWebhook(db: Queryable, ids: readonly WebhookId[]): Promise<WebhookLastRow[]> {
  return db.query<WebhookLastRow>(last, [ids])
}

/** Of webhook `w`: one stretch of the index for each status. */
const newest = (columns: string, since: string, most: number): string =>
  Object.values(finishedStatus)
    .map(
      (status) => `(select ${columns} from deliveries d where d.webhook_id = w.id and d.status = ${status} ${since}
        order by d.id desc limit ${most})`,
    )
    .join(' union all ')

const count = {
  name: 'count_finished_by_webhooks',
  text: `select w.id as "webhookId", c.bucket, c.status, c.count from unnest($1::bigint[]) as w(id) cross join lateral (
      select width_bucket(m.id, $2::uuid[]) as bucket, m.status, count(*)::int as count
      from (${newest('d.id, d.status', 'and d.id >= ($2::uuid[])[1]', limits.statsWebhookDeliveriesMax)}) m group by 1, 2) c`,
}

const sample = {
  name: 'sample_attempts_by_webhooks',
  text: `select w.id as "webhookId", s.p99 from unnest($1::bigint[]) as w(id) cross join lateral (
      select percentile_cont(0.99) within group (order by t.took_ms) as p99 from (
        select (select sum(ms) from unnest(a.phases_ms) as p(ms))::float8 as took_ms
        from (select id from (${newest('d.id', 'and d.id >= $2::uuid', limits.statsWebhookAttemptsMax)}) every
            order by id desc limit ${limits.statsWebhookAttemptsMax}) m
          cross join lateral (select phases_ms from attempts where delivery_id = m.id) a
        limit ${limits.statsWebhookAttemptsMax}) t) s`,
}

const last = {
  name: 'select_last_by_webhooks',
  text: `select distinct on (w.id) w.id as "webhookId", d.id, d.status, d.finished_at as "finishedAt"
    from unnest($1::bigint[]) as w(id) cross join lateral (${newest('d.id, d.status, d.finished_at', '', 1)}) d
    order by w.id, d.id desc`,
}
