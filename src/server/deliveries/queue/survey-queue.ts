import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'
import type { WorkerId } from '../delivery.ts'

/** One webhook with waiting deliveries: who owns its lane, and how long until its earliest row is due. */
export interface Waiting {
  readonly webhookId: WebhookId
  readonly owner: 'mine' | 'free' | 'other'
  /** From now, by the database's clock; null when nothing of that kind waits. */
  readonly firstDueInMs: number | null
  readonly retryDueInMs: number | null
  /** The webhook's settings as they are now: whoever changes them wakes the lane. */
  readonly concurrencyMax: number
  readonly ratePerSecond: number | null
  readonly inOrder: boolean
}

/** One webhook of all, and how many workers live. */
export interface SurveyedWebhook extends Waiting {
  readonly workers: number
}

/** Every webhook with waiting deliveries, paused ones left out: hops from one to the next in `queue_due`. */
export async function surveyQueue(db: Queryable, workerId: WorkerId, now: Date | null): Promise<SurveyedWebhook[]> {
  return db.query<SurveyedWebhook>(surveyAll, [workerId, now])
}

/** The same for the named webhooks only; those where nothing waits are left out. */
export async function surveyWebhooks(
  db: Queryable,
  workerId: WorkerId,
  webhookIds: readonly WebhookId[],
  now: Date | null,
): Promise<Waiting[]> {
  return db.query<Waiting>(surveySome, [workerId, now, webhookIds])
}

const waiting = `
  select l.webhook_id as "webhookId",
    case when l.owner_id = $1 then 'mine' when l.owner_id is null or k.id is null or k.alive_until < now() then 'free' else 'other' end as owner,
    extract(epoch from (select min(q.due_at) from queue q where q.webhook_id = w.webhook_id and q.state = 0 and q.lane = 0) - coalesce($2, now()))::float8 * 1000 as "firstDueInMs",
    extract(epoch from (select min(q.due_at) from queue q where q.webhook_id = w.webhook_id and q.state = 0 and q.lane = 1) - coalesce($2, now()))::float8 * 1000 as "retryDueInMs",
    h.concurrency_max as "concurrencyMax", h.rate_per_second as "ratePerSecond", h.in_order as "inOrder"
  from w join lanes l on l.webhook_id = w.webhook_id join webhooks h on h.id = l.webhook_id left join workers k on k.id = l.owner_id
  where not l.paused`

const surveyAll = {
  name: 'survey_queue',
  text: `with recursive w as (
    (select webhook_id from queue where state = 0 order by webhook_id limit 1)
    union all
    select (select q.webhook_id from queue q where q.state = 0 and q.webhook_id > w.webhook_id order by q.webhook_id limit 1)
    from w where w.webhook_id is not null)
  select *, (select count(*)::int from workers where alive_until > now()) as workers from (${waiting}) s`,
}

const surveySome = {
  name: 'survey_webhooks',
  text: `select * from (with w as (select unnest($3::bigint[]) as webhook_id)${waiting}) s where "firstDueInMs" is not null or "retryDueInMs" is not null`,
}
