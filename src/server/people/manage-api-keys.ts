import { Problem } from '../../contract/problem.ts'
import type { ApiKey, ApiKeyQuery, CreatedApiKey, NewApiKey } from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { parseId, spellId } from '../base/ids.ts'
import { markRevoked, selectApiKey, selectApiKeyPage } from './api-key-store.ts'
import { auditPlaceOf, findPerson, getPerson, governs, type FoundPerson } from './find-person.ts'
import { issueApiKey, presentApiKey } from './issue-api-key.ts'

/** A new key for oneself, or for a service account all of whose places one administers. It is shown this once. */
export async function createApiKey(context: Context, { name, person: ref }: NewApiKey): Promise<CreatedApiKey> {
  const person = await getOwner(context, ref, 'Making a key')
  return context.db.tx(async (tx) => {
    const created = await issueApiKey(tx, person.id, name)
    recordAudit(tx, context.actor, {
      action: 'api_key.create',
      subject: created.id,
      ...auditPlaceOf(person),
      details: { name, person: person.name },
    })
    return created
  })
}

/** Keys in force, newest first: one's own, or those of a service account all of whose places one administers. */
export async function listApiKeys(
  context: Context,
  { person: ref, limit, cursor }: ApiKeyQuery,
): Promise<{ items: ApiKey[]; next: string | null }> {
  const person = await getOwner(context, ref, 'Reading keys')
  const before = readIdCursor('apiKey', cursor)
  const rows = await selectApiKeyPage(context.db, person.id, { before, limit: limit + 1 })
  const items = rows.slice(0, limit).map(presentApiKey)
  return { items, next: rows.length > limit ? items.at(-1)!.id : null }
}

/** From now on the key is unknown. Of other people's keys, those may be revoked whose every place one administers. */
export async function revokeApiKey(context: Context, ref: string): Promise<void> {
  const { actor, db } = context
  const id = parseId('apiKey', ref)
  const key = id === undefined ? undefined : await selectApiKey(db, id)
  const person = key === undefined ? undefined : await findPerson(context, spellId('person', key.person_id))
  if (key === undefined || person === undefined) throw notFound('API key', ref)
  if (!isSelf(context, person) && !governs(actor, person.places)) throw notFound('API key', ref)
  await db.tx(async (tx) => {
    if (!(await markRevoked(tx, key.id))) return
    recordAudit(tx, actor, {
      action: 'api_key.revoke',
      subject: spellId('apiKey', key.id),
      ...auditPlaceOf(person),
      details: { name: key.name, person: person.name },
    })
  })
}

async function getOwner(context: Context, ref: string | undefined, toDo: string): Promise<FoundPerson> {
  const { actor } = context
  if (ref === undefined && actor.kind === 'system')
    throw new Problem('not-allowed', 'Signalbox itself has no API keys: name a person.')
  const person = await getPerson(context, ref ?? spellId('person', actor.kind === 'person' ? actor.personId : 0))
  if (isSelf(context, person) || (person.kind === 'service' && governs(actor, person.places))) return person
  throw new Problem(
    'not-allowed',
    person.kind === 'person'
      ? `${person.name} is a person: only they make and see their API keys.`
      : `${toDo} of ${person.name} takes the role admin in every team and organization it belongs to.`,
  )
}

function isSelf({ actor }: Context, { id }: FoundPerson): boolean {
  return actor.kind === 'person' && actor.personId === id
}
