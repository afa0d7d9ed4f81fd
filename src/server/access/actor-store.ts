import type { ApiKeyId, EntityId, OrganizationId, PersonId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import { limits } from '../base/limits.ts'
import type { Role } from './roles.ts'

export interface ActorRow {
  readonly person_id: PersonId
  readonly entity_id: EntityId
  readonly name: string
  readonly kind: 'person' | 'service'
  readonly api_key_id: ApiKeyId | null
  readonly organizations: [OrganizationId, Role][]
  readonly teams: [EntityId, Role][]
}

/** Who has the key, and where they belong. The key must be in force, and its person not disabled. */
export async function selectActorByKey(db: Queryable, hash: Buffer): Promise<ActorRow | undefined> {
  const [row] = await db.query<ActorRow>(findActorByKey, [hash, limits.sessionMsMax])
  return row
}

/** The person, unless disabled, when Signalbox goes on with what they began. */
export async function selectActorByPerson(db: Queryable, id: PersonId): Promise<ActorRow | undefined> {
  const [row] = await db.query<ActorRow>(findActorByPerson, [id])
  return row
}

const places = `
    (select coalesce(json_agg(json_build_array(m.organization_id, m.role)), '[]') from organization_members m where m.person_id = f.person_id) as organizations,
    (select coalesce(json_agg(json_build_array(m.team_id, m.role)), '[]') from team_members m join entities t on t.id = m.team_id and t.archived_at is null
     where m.person_id = f.person_id) as teams`

// A session lives on while it is used. The use of a key is noted at most once a minute, so that a busy key does not write on every request.
const findActorByKey = {
  name: 'find_actor_by_key',
  shared: true,
  text: `with found as (
    select k.id as api_key_id, k.last_used_at, p.id as person_id, p.entity_id, p.kind, e.name
    from api_keys k join people p on p.id = k.person_id join entities e on e.id = p.entity_id
    where k.hash = $1 and k.revoked_at is null and (k.session_until is null or k.session_until > now()) and p.disabled_at is null),
  used as (
    update api_keys k set last_used_at = now(),
      session_until = case when k.session_until is not null then now() + $2 * interval '1 millisecond' end
    from found f
    where k.id = f.api_key_id and (f.last_used_at is null or f.last_used_at < now() - interval '1 minute'))
  select f.person_id, f.entity_id, f.name, f.kind, f.api_key_id, ${places} from found f`,
}

const findActorByPerson = {
  name: 'find_actor_by_person',
  text: `select f.*, ${places} from (
      select p.id as person_id, p.entity_id, p.kind, e.name, null::bigint as api_key_id
      from people p join entities e on e.id = p.entity_id where p.id = $1 and p.disabled_at is null) f`,
}
