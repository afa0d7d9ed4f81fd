import type { Secret } from '../../contract/secret.ts'
import { spellId } from '../base/ids.ts'
import type { SecretRow } from './secret-store.ts'

export function presentSecret(row: SecretRow): Secret {
  return {
    id: spellId('secret', row.id),
    name: row.name,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    used_by: {
      webhooks: row.webhooks.map(({ id, name, roles }) => ({ id: spellId('webhook', id), name, roles: [...roles] })),
      automations: row.automations.map(({ id, name }) => ({ id: spellId('automation', id), name })),
    },
  }
}
