import type { ApiKey, CreatedApiKey, NewApiKey } from '../../contract/who.ts'
import { Problem } from '../../contract/problem.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { parseId, spellId } from '../base/ids.ts'
import { hashApiKey, hintOfApiKey, makeApiKey } from '../access/api-key.ts'
import type { Context, PersonActor } from '../access/context.ts'
import {
  insertApiKey,
  revokeApiKeyRow,
  selectApiKey,
  selectApiKeys,
  selectPlacesOf,
  type ApiKeyRow,
} from './person-store.ts'
import { getPerson } from './manage-people.ts'
import { notFound } from '../access/roles.ts'

/** A new key for oneself, or for a service account of a team one administers. It is shown this once. */
export async function createApiKey(context: Context, input: NewApiKey): Promise<CreatedApiKey> {
  const actor = requirePerson(context)
  const personId =
    input.person === undefined ? actor.personId : await requireOwnServiceAccount(context, actor, input.person)
  const key = makeApiKey()
  const row = await context.db.tx(async (tx) => {
    const inserted = await insertApiKey(tx, {
      personId,
      name: input.name,
      hash: hashApiKey(key),
      hint: hintOfApiKey(key),
    })
    await recordAudit(tx, actor, {
      action: 'api_key.create',
      subject: spellId('apiKey', inserted.id),
      entityId: actor.entityId,
      details: { name: input.name, person: spellId('person', personId) },
    })
    return inserted
  })
  return { ...presentApiKey(row), key }
}

export async function listApiKeys(context: Context): Promise<{ items: ApiKey[] }> {
  return { items: (await selectApiKeys(context.db, requirePerson(context).personId)).map(presentApiKey) }
}

/** From now on the key is unknown. */
export async function revokeApiKey(context: Context, ref: string): Promise<void> {
  const actor = requirePerson(context)
  const id = parseId('apiKey', ref)
  const key = id === undefined ? undefined : await selectApiKey(context.db, id)
  if (key === undefined) throw notFound('API key', ref)
  if (key.person_id !== actor.personId && !(await administers(context, actor, key.person_id)))
    throw notFound('API key', ref)
  await context.db.tx(async (tx) => {
    if (await revokeApiKeyRow(tx, key.id))
      await recordAudit(tx, actor, {
        action: 'api_key.revoke',
        subject: ref,
        entityId: actor.entityId,
        details: { name: key.name, person: spellId('person', key.person_id) },
      })
  })
}

async function requireOwnServiceAccount(context: Context, actor: PersonActor, ref: string): Promise<number> {
  const person = await getPerson(context, ref)
  if (person.id === actor.personId) return person.id
  if (person.kind === 'service' && (await administers(context, actor, person.id))) return person.id
  throw new Problem(
    'not-allowed',
    `Making a key for ${ref} takes that it is a service account of a team you administer.`,
  )
}

/** Whether the actor is admin of a place that the person belongs to. */
async function administers(context: Context, actor: PersonActor, personId: number): Promise<boolean> {
  const { organizations, teams } = await selectPlacesOf(context.db, personId)
  return (
    organizations.some(({ id }) => actor.organizations.get(id) === 'admin') ||
    teams.some(({ id }) => actor.teams.get(id) === 'admin')
  )
}

function requirePerson(context: Context): PersonActor {
  if (context.actor.kind === 'person') return context.actor
  throw new Problem('not-allowed', 'Only a person has API keys.')
}

function presentApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: spellId('apiKey', row.id),
    name: row.name,
    hint: row.hint,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
  }
}
