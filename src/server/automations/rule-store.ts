import type { AutomationId, EntityId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import type { RuleSetPlace } from './automation.ts'
import type { Scope } from './event-snapshot.ts'

/** What this process holds of a scope's rule set; version -1 when nothing. */
export interface HeldScope extends Scope {
  readonly version: number
}

export interface NewsOfRules {
  readonly ruleSets: readonly RuleSetNews[]
  /** Current versions of the entities whose webhooks the held rules use. */
  readonly receivers: readonly { readonly entityId: EntityId; readonly version: number }[]
}

export interface RuleSetNews {
  readonly scope: Scope
  readonly id: number
  readonly version: number
  readonly changed: readonly ChangedRule[]
}

/** One revision that began or ended since the held version. */
export interface ChangedRule {
  readonly automationId: AutomationId
  readonly name: string
  readonly revision: number
  readonly ended: boolean
  readonly enabled: boolean
  readonly pausedReason: string | null
  readonly firesPerMinuteMax: number
  readonly eventType: string
  readonly filter: unknown
  readonly action: unknown
  readonly webhookEntityId: EntityId | null
}

/**
 * What is new in the rule sets of these scopes: one statement, one snapshot, however many rules they hold. A scope
 * without automations has no rule set and no row. No lock is taken: an event and an edit that run at the same time are
 * in either order, and the event keeps the versions it was judged by.
 */
export async function selectNewsOfRules(
  db: Queryable,
  scopes: readonly HeldScope[],
  entityIds: readonly EntityId[],
): Promise<NewsOfRules> {
  const [row] = await db.query<{ rule_sets: RuleSetRow[]; receivers: [EntityId, number][] }>(statement, [
    scopes.map((scope) => scope.type),
    scopes.map((scope) => scope.id),
    scopes.map((scope) => scope.version),
    entityIds,
  ])
  return {
    ruleSets: row!.rule_sets.map(([type, scopeId, id, version, changed]) => ({
      scope: { type, id: scopeId },
      id,
      version,
      changed: changed ?? [],
    })),
    receivers: row!.receivers.map(([entityId, version]) => ({ entityId, version })),
  }
}

type RuleSetRow = [Scope['type'], number, number, number, ChangedRule[] | null]

const statement = {
  name: 'select_news_of_rules',
  text: `select
    (select coalesce(json_agg(json_build_array(s.scope_type, s.scope_id, s.id, s.version,
        (select json_agg(json_build_object('automationId', r.automation_id, 'name', a.name, 'revision', r.revision,
            'ended', r.to_version is not null, 'enabled', r.enabled, 'pausedReason', r.paused_reason, 'firesPerMinuteMax', r.fires_per_minute_max, 'eventType', r.event_type,
            'filter', r.filter, 'action', r.action, 'webhookEntityId', w.entity_id) order by r.automation_id, r.revision)
          from automation_revisions r join automations a on a.id = r.automation_id
            left join webhook_uses u on u.automation_id = r.automation_id left join webhooks w on w.id = u.webhook_id
          where s.version > h.version and r.rule_set_id = s.id and greatest(r.from_version, coalesce(r.to_version, 0)) > h.version
            and (r.to_version is null or h.version >= 0)))), '[]')
      from unnest($1::text[], $2::bigint[], $3::bigint[]) as h(scope_type, scope_id, version)
      join rule_sets s using (scope_type, scope_id)) as rule_sets,
    (select coalesce(json_agg(json_build_array(e.id, e.receivers_version)), '[]') from entities e where e.id = any($4::bigint[])) as receivers`,
}

export interface RuleInForce {
  readonly scope: RuleSetPlace
  readonly changed: ChangedRule
  /** Since then. */
  readonly isDeleted: boolean
}

/** The revisions in force at these versions of these rule sets, with the name their automation has now. */
export async function selectRulesInForce(
  db: Queryable,
  ruleSetIds: readonly number[],
  versions: readonly number[],
): Promise<RuleInForce[]> {
  const rows = await db.query<ChangedRule & ScopeOfRule>(rulesInForce, [ruleSetIds, versions])
  return rows.map(({ scopeType, scopeId, projectId, entityId, isDeleted, ...changed }) => ({
    scope: { type: scopeType, id: scopeId, projectId, entityId },
    changed,
    isDeleted,
  }))
}

interface ScopeOfRule {
  readonly scopeType: Scope['type']
  readonly scopeId: number
  readonly projectId: number | null
  readonly entityId: EntityId
  readonly isDeleted: boolean
}

const rulesInForce = {
  name: 'select_rules_in_force',
  text: `select s.scope_type as "scopeType", s.scope_id as "scopeId", s.project_id as "projectId", s.entity_id as "entityId",
      a.archived_at is not null as "isDeleted", r.automation_id as "automationId", a.name, r.revision, false as ended,
      r.enabled, r.paused_reason as "pausedReason", r.fires_per_minute_max as "firesPerMinuteMax", r.event_type as "eventType", r.filter, r.action, null as "webhookEntityId"
    from unnest($1::bigint[], $2::bigint[]) as j(rule_set_id, version)
    join rule_sets s on s.id = j.rule_set_id
    join automation_revisions r on r.rule_set_id = j.rule_set_id and r.from_version <= j.version and (r.to_version is null or r.to_version > j.version)
    join automations a on a.id = r.automation_id
    order by r.automation_id`,
}
