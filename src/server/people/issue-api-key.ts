import type { ApiKey, CreatedApiKey } from '../../contract/who.ts'
import { hashApiKey, hintOfApiKey, makeApiKey } from '../access/api-key.ts'
import { spellId, type PersonId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { insertApiKey, type ApiKeyRow } from './api-key-store.ts'

/** A new key. Only its hash is kept: what is answered here is the one time it can be shown. */
export async function issueApiKey(
  tx: Tx,
  personId: PersonId,
  name: string,
  session: { readonly sessionMs?: number } = {},
): Promise<CreatedApiKey> {
  const key = makeApiKey()
  const row = await insertApiKey(tx, { personId, name, hash: hashApiKey(key), hint: hintOfApiKey(key), ...session })
  return { ...presentApiKey(row), key }
}

export function presentApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: spellId('apiKey', row.id),
    name: row.name,
    hint: row.hint,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
  }
}
