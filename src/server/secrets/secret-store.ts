import type { EntityId, SecretId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { SealedValue } from './keyring.ts'

export interface SecretRow {
  readonly id: SecretId
  readonly name: string
  readonly created_at: Date
  readonly updated_at: Date
  readonly last_used_at: Date | null
  /** Live webhooks that use it by name, and how. */
  readonly webhooks: readonly SecretUser[]
  /** Live automations whose payload holds it. */
  readonly automations: readonly SecretUser[]
}

export interface SecretUser {
  readonly id: number
  readonly name: string
  readonly roles: readonly SecretRole[]
}

export type SecretRole = 'access_token' | 'secret' | 'granted'

/** Newest first, ids below `before`. */
export async function selectSecretPage(
  db: Queryable,
  entityId: EntityId,
  before: SecretId | null,
  limit: number,
): Promise<SecretRow[]> {
  return db.query<SecretRow>(selectPage, [entityId, before, limit])
}

export async function selectSecret(db: Queryable, entityId: EntityId, name: string): Promise<SecretRow | undefined> {
  const [row] = await db.query<SecretRow>(selectOne, [entityId, name])
  return row
}

/** Names of the live secrets of an entity. */
export async function selectSecretNames(db: Queryable, entityId: EntityId): Promise<string[]> {
  const rows = await db.query<{ name: string }>(selectNames, [entityId])
  return rows.map(({ name }) => name)
}

/** Unique among the live ones of the entity: constraint `secrets_name`. */
export async function insertSecret(
  tx: Tx,
  { entityId, name, value, version }: { entityId: EntityId; name: string; value: SealedValue; version: number },
): Promise<SecretId> {
  const [row] = await tx.query<{ id: SecretId }>(insert, [entityId, name, value.keyId, value.sealed, version])
  return row!.id
}

export async function updateSecretValue(tx: Tx, id: SecretId, value: SealedValue): Promise<void> {
  await tx.query(updateValue, [id, value.keyId, value.sealed])
}

/** The row stays, so that memories learn that the secret went; its value does not. */
export async function archiveSecret(tx: Tx, id: SecretId, version: number): Promise<void> {
  await tx.query(archive, [id, version])
}

// An automation uses a secret when its payload names it, or names ACCESS_TOKEN and the secret is its webhook's.
const columns = `s.id, s.name, s.created_at, s.updated_at, s.last_used_at,
  (select coalesce(json_agg(json_build_object('id', w.id, 'name', w.name, 'roles', w.roles) order by w.id), '[]')
    from (select w.id, w.name, json_agg(u.role order by u.role) as roles from secret_uses u join webhooks w on w.id = u.webhook_id
      where u.name = s.name and w.entity_id = s.entity_id and w.archived_at is null group by w.id) w) as webhooks,
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'roles', '[]'::json) order by a.id), '[]')
    from webhooks w join webhook_uses wu on wu.webhook_id = w.id join automations a on a.id = wu.automation_id and a.archived_at is null
      join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
    where w.entity_id = s.entity_id and w.archived_at is null and exists (
      select 1 from json_array_elements_text(r.action -> 'secrets') as used(name) where used.name = s.name
        or (used.name = 'ACCESS_TOKEN' and exists (
          select 1 from secret_uses u where u.webhook_id = w.id and u.role = 'access_token' and u.name = s.name)))) as automations`

const selectPage = {
  name: 'select_secret_page',
  text: `select ${columns} from secrets s
    where s.entity_id = $1 and s.archived_at is null and ($2::bigint is null or s.id < $2) order by s.id desc limit $3`,
}

const selectOne = {
  name: 'select_secret',
  text: `select ${columns} from secrets s where s.entity_id = $1 and s.name = $2 and s.archived_at is null`,
}

const selectNames = {
  name: 'select_secret_names',
  text: 'select name from secrets where entity_id = $1 and archived_at is null order by name',
}

const insert = {
  name: 'insert_secret',
  text: 'insert into secrets(entity_id, name, key_id, sealed, changed_in) values ($1, $2, $3, $4, $5) returning id',
}

const updateValue = {
  name: 'update_secret_value',
  text: 'update secrets set key_id = $2, sealed = $3, updated_at = now() where id = $1',
}

const archive = {
  name: 'archive_secret',
  text: `update secrets set sealed = '', changed_in = $2, updated_at = now(), archived_at = now() where id = $1`,
}
