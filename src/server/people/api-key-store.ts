import type { ApiKeyId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'

export interface ApiKeyRow {
  readonly id: ApiKeyId
  readonly person_id: PersonId
  readonly name: string
  readonly hint: string
  readonly created_at: Date
  readonly last_used_at: Date | null
}

export interface NewApiKeyRow {
  readonly personId: PersonId
  readonly name: string
  readonly hash: Buffer
  readonly hint: string
  /** How long a session lives when it is not used; absent for an API key. */
  readonly sessionMs?: number
}

export async function insertApiKey(
  tx: Tx,
  { personId, name, hash, hint, sessionMs }: NewApiKeyRow,
): Promise<ApiKeyRow> {
  const [row] = await tx.query<ApiKeyRow>(
    `insert into api_keys(person_id, name, hash, hint, session_until)
     values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond') returning ${columns}`,
    [personId, name, hash, hint, sessionMs ?? null],
  )
  return row!
}

/** Those in force, newest first, ids below `before`. */
export async function selectApiKeyPage(
  db: Queryable,
  personId: PersonId,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<ApiKeyRow[]> {
  return db.query<ApiKeyRow>(
    `select ${columns} from api_keys
     where person_id = $1 and revoked_at is null and session_until is null and ($2::bigint is null or id < $2) order by id desc limit $3`,
    [personId, before, limit],
  )
}

export async function selectApiKey(db: Queryable, id: ApiKeyId): Promise<ApiKeyRow | undefined> {
  const [row] = await db.query<ApiKeyRow>(
    `select ${columns} from api_keys where id = $1 and revoked_at is null and session_until is null`,
    [id],
  )
  return row
}

/** Answers false when it was revoked already. */
export async function markRevoked(tx: Tx, id: ApiKeyId): Promise<boolean> {
  const revoked = await tx.query(
    'update api_keys set revoked_at = now() where id = $1 and revoked_at is null returning 1',
    [id],
  )
  return revoked.length > 0
}

export async function revokeSession(db: Queryable, hash: Buffer): Promise<void> {
  await db.query('update api_keys set revoked_at = now() where hash = $1 and session_until is not null', [hash])
}

/** All of a person, but for the one that asks. */
export async function revokeSessions(tx: Tx, personId: PersonId, but: ApiKeyId | null): Promise<void> {
  await tx.query(
    `update api_keys set revoked_at = now()
     where person_id = $1 and session_until is not null and revoked_at is null and id is distinct from $2`,
    [personId, but],
  )
}

/** Sessions that ended a while ago: nobody asks for them any more. */
export async function dropEndedSessions(db: Queryable): Promise<void> {
  await db.query(`delete from api_keys where session_until < now() - interval '1 day'`)
}

const columns = 'id, person_id, name, hint, created_at, last_used_at'
