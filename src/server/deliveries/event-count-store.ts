import type { EventId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Queryable } from '../database/database.ts'
import { isVisible, visibleValues, type Visible } from '../places/place-store.ts'

export interface EventCounts {
  readonly recorded: number
  readonly fired: number
}

/** Of the newest events since the border that concern a team: its own, and those of the registries it sees. */
export async function countEventsOf(
  db: Queryable,
  teamId: number,
  visible: Visible | undefined,
  since: EventId,
): Promise<EventCounts> {
  const [row] = await db.query<EventCounts>(count, [...visibleValues(visible), teamId, since])
  return row!
}

const newest = `order by id desc limit ${limits.statsEventsMax}`

const count = {
  name: 'count_events_of_team',
  text: `with recorded as (
      (select id from events where entity_id = $4 and id >= $5::uuid ${newest})
      union (select v.id from entities t join entities e on e.organization_id = t.organization_id
          join projects p on p.entity_id = e.id and p.is_registry and p.archived_at is null
          cross join lateral (select id from events where project_id = p.id and id >= $5::uuid ${newest}) v
        where t.id = $4 and ${isVisible} limit ${limits.statsEventsMax})),
    counted as (select id from recorded ${newest})
    select count(*)::int as recorded, count(*) filter (where exists (select from deliveries d where d.event_id = c.id)
      or exists (select from queue q where q.event_id = c.id))::int as fired from counted c`,
}
