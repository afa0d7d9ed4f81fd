import type { EventId, ProjectId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'

/** What is in a place, counted as far as `limits.placeCountMax`. */
export interface PlaceCounts {
  readonly id: ProjectId
  readonly collections: number
  readonly versions: number
  readonly automations: number
  readonly lastEvent: EventId | null
  readonly lastEventType: string | null
}

export async function selectPlaceCounts(db: Queryable, ids: readonly ProjectId[]): Promise<PlaceCounts[]> {
  return db.query<PlaceCounts>(select, [ids])
}

const countOf = (rows: string): string =>
  `(select count(*)::int from (select from ${rows} limit ${limits.placeCountMax}) counted)`

const select = {
  name: 'select_place_counts',
  text: `select p.id,
      ${countOf('collections c where c.project_id = p.id and c.archived_at is null')} as collections,
      ${countOf(
        'collections c join memberships m on m.collection_id = c.id where c.project_id = p.id and c.archived_at is null',
      )} as versions,
      ${countOf(
        'rule_sets s join automations a on a.rule_set_id = s.id where s.project_id = p.id and a.archived_at is null',
      )} as automations,
      e.id as "lastEvent", e.type as "lastEventType"
    from unnest($1::bigint[]) as p(id)
      left join lateral (select id, type from events where project_id = p.id order by id desc limit 1) e on true`,
}
