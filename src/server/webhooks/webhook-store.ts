import type { Owner } from '../access/roles.ts'
import type { EntityId, OrganizationId, PersonId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { StoredWebhook, WebhookSettings } from './webhook.ts'

export interface Inserted {
  readonly entityId: EntityId
  readonly settings: WebhookSettings
  readonly createdBy: PersonId | null
  /** The entity's receivers_version of this change. */
  readonly version: number
}

export async function selectWebhook(db: Queryable, id: WebhookId): Promise<StoredWebhook | undefined> {
  const [row] = await db.query<Row>(selectOne, [id])
  return row === undefined ? undefined : toWebhook(row)
}

/** Newest first, ids below `before`. */
export async function selectWebhookPage(
  db: Queryable,
  entityId: EntityId,
  before: WebhookId | null,
  limit: number,
): Promise<StoredWebhook[]> {
  return (await db.query<Row>(selectPage, [entityId, before, limit])).map(toWebhook)
}

/** Conflicts with `shareWebhook`: who saves an automation and who changes its webhook go one after the other. */
export async function lockWebhook(tx: Tx, id: WebhookId): Promise<void> {
  await tx.query(lock, [id])
}

/** Keeps the webhook's grants as they are until the transaction ends. Read them in a statement after this one. */
export async function shareWebhook(tx: Tx, id: WebhookId): Promise<void> {
  await tx.query(share, [id])
}

/** With its lane. Unique among the live ones of the entity: constraint `webhooks_name`. */
export async function insertWebhook(tx: Tx, { entityId, settings, createdBy, version }: Inserted): Promise<WebhookId> {
  const [row] = await tx.query<{ id: WebhookId }>(insert, [entityId, ...columnsOf(settings), version, createdBy])
  await tx.query(insertLane, [row!.id, entityId])
  await insertSecretUses(tx, row!.id, settings)
  return row!.id
}

export async function updateWebhookSettings(
  tx: Tx,
  id: WebhookId,
  settings: WebhookSettings,
  version: number,
): Promise<void> {
  await tx.query(update, [id, ...columnsOf(settings), version])
  await tx.query(deleteSecretUses, [id])
  await insertSecretUses(tx, id, settings)
}

/** A paused webhook holds its lane, not its rows: to resume is one row's change however much waits. */
export async function updatePaused(tx: Tx, id: WebhookId, paused: boolean, version: number): Promise<void> {
  await tx.query(setPaused, [id, paused, version])
  await tx.query(settleLane, [id])
}

/** A reason disables it, and holds what waits; null enables it again. */
export async function updateDisabled(tx: Tx, id: WebhookId, reason: string | null, version: number): Promise<void> {
  await tx.query(setDisabled, [id, reason, version])
  await tx.query(settleLane, [id])
}

/** Its lane opens, so that what waits in it ends as failed; its secrets of its own are wiped. */
export async function archiveWebhook(tx: Tx, id: WebhookId, version: number): Promise<void> {
  await tx.query(archive, [id, version])
  await tx.query(settleLane, [id])
  await tx.query(deleteSecretUses, [id])
  await tx.query(wipeSigningSecrets, [id])
}

/** Live automations that use the webhook, with the secrets their payloads hold. */
export async function selectWebhookUsers(
  db: Queryable,
  id: WebhookId,
): Promise<{ readonly id: number; readonly name: string; readonly secrets: readonly string[] }[]> {
  return db.query(selectUsers, [id])
}

async function insertSecretUses(
  tx: Tx,
  id: WebhookId,
  { access_token, secret, granted_secrets }: WebhookSettings,
): Promise<void> {
  const uses = [
    ...(access_token === null ? [] : [[access_token, 'access_token']]),
    ...(secret === null ? [] : [[secret, 'secret']]),
    ...granted_secrets.map((name) => [name, 'granted']),
  ]
  if (uses.length > 0) await tx.query(insertUses, [id, uses.map(([name]) => name), uses.map(([, role]) => role)])
}

interface Row {
  readonly id: WebhookId
  readonly entity_id: EntityId
  readonly entity_kind: Owner['kind']
  readonly entity_name: string
  readonly organization_id: OrganizationId | null
  readonly name: string
  readonly url: string
  readonly access_token: string | null
  readonly secret: string | null
  readonly granted_secrets: string[]
  readonly missing_secrets: string[]
  readonly signature_encoding: WebhookSettings['signature_encoding']
  readonly headers: [name: string, value: string][]
  readonly timeout_ms: number
  readonly retry: WebhookSettings['retry']
  readonly concurrency_max: number
  readonly rate_per_second: number | null
  readonly in_order: boolean
  readonly tls: WebhookSettings['tls']
  readonly paused_at: Date | null
  readonly held: number | null
  readonly disabled_at: Date | null
  readonly disabled_reason: string | null
  readonly revision: number
  readonly created_at: Date
  readonly updated_at: Date
}

function toWebhook(row: Row): StoredWebhook {
  const {
    name,
    url,
    access_token,
    secret,
    granted_secrets,
    signature_encoding,
    timeout_ms,
    retry,
    concurrency_max,
    rate_per_second,
    in_order,
    tls,
  } = row
  return {
    id: row.id,
    entity: { id: row.entity_id, kind: row.entity_kind, name: row.entity_name, organizationId: row.organization_id },
    settings: {
      name,
      url,
      access_token,
      secret,
      granted_secrets,
      signature_encoding,
      headers: row.headers.map(([header, value]) => ({ name: header, value })),
      timeout_ms,
      retry,
      concurrency_max,
      rate_per_second,
      in_order,
      tls,
    },
    paused: row.paused_at !== null,
    held: row.held,
    disabledAt: row.disabled_at,
    disabledReason: row.disabled_reason,
    missingSecrets: row.missing_secrets,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function columnsOf(settings: WebhookSettings): unknown[] {
  return [
    settings.name,
    settings.url,
    settings.signature_encoding,
    JSON.stringify(settings.headers.map(({ name, value }) => [name, value])),
    settings.timeout_ms,
    JSON.stringify(settings.retry),
    settings.concurrency_max,
    settings.rate_per_second,
    settings.in_order,
    settings.tls.ca,
    settings.tls.verify,
  ]
}

// As `deliveries/` counts the states of the queue.
const sending = 1

const columns = `w.id, w.entity_id, e.kind as entity_kind, e.name as entity_name, e.organization_id, w.name, w.url, w.signature_encoding,
  w.headers, w.timeout_ms, w.retry, w.concurrency_max, w.rate_per_second, w.in_order, json_build_object('ca', w.tls_ca, 'verify', w.tls_verify) as tls, w.paused_at, w.disabled_at, w.disabled_reason,
  w.revision, w.created_at, w.updated_at,
  case when w.paused_at is not null or w.disabled_at is not null then (select count(*)::int from (
    select from queue q where q.webhook_id = w.id and q.state <> ${sending} limit ${limits.heldCountMax}) q) end as held,
  (select u.name from secret_uses u where u.webhook_id = w.id and u.role = 'access_token') as access_token,
  (select u.name from secret_uses u where u.webhook_id = w.id and u.role = 'secret') as secret,
  array(select u.name from secret_uses u where u.webhook_id = w.id and u.role = 'granted' order by u.name) as granted_secrets,
  array(select distinct u.name from secret_uses u where u.webhook_id = w.id and not exists (
    select 1 from secrets s where s.entity_id = w.entity_id and s.name = u.name and s.archived_at is null)) as missing_secrets`

const selectOne = {
  name: 'select_webhook',
  text: `select ${columns} from webhooks w join entities e on e.id = w.entity_id where w.id = $1 and w.archived_at is null`,
}

const selectPage = {
  name: 'select_webhook_page',
  text: `select ${columns} from webhooks w join entities e on e.id = w.entity_id
    where w.entity_id = $1 and w.archived_at is null and ($2::bigint is null or w.id < $2) order by w.id desc limit $3`,
}

const lock = { name: 'lock_webhook', text: 'select 1 from webhooks where id = $1 for no key update' }
const share = { name: 'share_webhook', text: 'select 1 from webhooks where id = $1 for share' }

const insert = {
  name: 'insert_webhook',
  text: `insert into webhooks(entity_id, name, url, signature_encoding, headers, timeout_ms, retry, concurrency_max, rate_per_second, in_order, tls_ca, tls_verify, changed_in, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
}

const insertLane = { name: 'insert_lane', text: 'insert into lanes(webhook_id, team_id) values ($1, $2)' }

const update = {
  name: 'update_webhook',
  text: `update webhooks set name = $2, url = $3, signature_encoding = $4, headers = $5, timeout_ms = $6, retry = $7, concurrency_max = $8,
      rate_per_second = $9, in_order = $10, tls_ca = $11, tls_verify = $12, changed_in = $13, revision = revision + 1, updated_at = now() where id = $1`,
}

const setPaused = {
  name: 'set_webhook_paused',
  text: 'update webhooks set paused_at = case when $2 then now() end, changed_in = $3 where id = $1',
}

// The lane of a webhook that is paused or disabled gives nothing out.
const settleLane = {
  name: 'settle_lane',
  text: `update lanes l set paused = w.archived_at is null and (w.paused_at is not null or w.disabled_at is not null)
    from webhooks w where w.id = $1 and l.webhook_id = w.id`,
}

const setDisabled = {
  name: 'set_webhook_disabled',
  text: 'update webhooks set disabled_at = case when $2::text is not null then now() end, disabled_reason = $2, changed_in = $3 where id = $1',
}

const archive = {
  name: 'archive_webhook',
  text: 'update webhooks set archived_at = now(), changed_in = $2 where id = $1',
}

const wipeSigningSecrets = { name: 'wipe_signing_secrets', text: 'delete from signing_secrets where webhook_id = $1' }
const deleteSecretUses = { name: 'delete_secret_uses', text: 'delete from secret_uses where webhook_id = $1' }

const insertUses = {
  name: 'insert_secret_uses',
  text: 'insert into secret_uses(webhook_id, name, role) select $1, u.name, u.role from unnest($2::text[], $3::text[]) as u(name, role)',
}

const selectUsers = {
  name: 'select_webhook_users',
  text: `select a.id, a.name, array(select json_array_elements_text(r.action -> 'secrets')) as secrets
    from webhook_uses u join automations a on a.id = u.automation_id and a.archived_at is null
      join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
    where u.webhook_id = $1 order by a.id`,
}
