import type { MassRedelivery } from '../../contract/redelivery.ts'
import { spellId } from '../base/ids.ts'
import type { RedeliveryRow } from './redelivery-store.ts'

export function presentRedelivery(row: RedeliveryRow): MassRedelivery {
  const { webhookId, automationId, projectId, states, codes, eventType, after, before } = row.filter
  const reasons = Object.entries(row.skipped).map(([reason, count]) => ({ reason, count }))
  return {
    id: spellId('redelivery', row.id),
    team: row.team_name,
    webhook: webhookId === null ? null : spellId('webhook', webhookId),
    webhook_name: row.webhook_name,
    automation: automationId === null ? null : spellId('automation', automationId),
    automation_name: row.automation_name,
    project: projectId === undefined ? null : spellId('project', projectId),
    project_name: row.project_name,
    states: states as MassRedelivery['states'],
    codes: codes as MassRedelivery['codes'],
    event_type: eventType,
    after,
    before,
    mode: row.mode,
    rate_per_second: row.rate_per_second,
    state: row.state,
    reason: row.reason,
    total: row.total,
    made: row.made,
    under_way: row.under_way,
    succeeded: row.succeeded,
    failed: row.failed,
    skipped: reasons.reduce((sum, { count }) => sum + count, 0),
    skipped_because: reasons.toSorted((a, b) => b.count - a.count),
    created_by: row.created_by_name,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
  }
}
