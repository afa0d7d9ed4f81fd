import type { AutomationId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import type { StoredAction } from './stored-action.ts'

export interface RevisionRow {
  readonly revision: number
  readonly at: Date
  /** Name of who made it. */
  readonly by: string | null
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  readonly paused_reason: string | null
  readonly fires_per_minute_max: number
  readonly event_type: string
  /** JSON text. */
  readonly filter: string
  readonly action: StoredAction
}

/** Newest first, revisions below `before`. */
export async function selectRevisions(
  db: Queryable,
  id: AutomationId,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<RevisionRow[]> {
  return db.query<RevisionRow>(select, [id, before, limit])
}

const select = {
  name: 'select_automation_revisions',
  text: `select r.revision, r.created_at as at, e.name as by, coalesce(r.name, a.name) as name,
      case when r.name is null then a.description else r.description end as description,
      r.enabled, r.paused_reason, r.fires_per_minute_max, r.event_type, r.filter::text as filter, r.action
    from automation_revisions r join automations a on a.id = r.automation_id
      left join people p on p.id = r.edited_by left join entities e on e.id = p.entity_id
    where r.automation_id = $1 and ($2::int is null or r.revision < $2) order by r.revision desc limit $3`,
}
