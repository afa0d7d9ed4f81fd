import type { AutomationId, EntityId, PersonId } from '../base/ids.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { AutomationSettings, RuleSetPlace, StoredAutomation, UsedWebhook } from './automation.ts'
import type { Scope } from './event-snapshot.ts'
import type { StoredAction } from './stored-action.ts'

export async function selectAutomation(db: Queryable, id: AutomationId): Promise<StoredAutomation | undefined> {
  const [row] = await db.query<Row>(selectOne, [id])
  return row === undefined ? undefined : toAutomation(row)
}

/** As it was when it was deleted; undefined when it lives, and when its collection does not. */
export async function selectDeletedAutomation(db: Queryable, id: AutomationId): Promise<StoredAutomation | undefined> {
  const [row] = await db.query<Row>(selectDeleted, [id])
  return row === undefined ? undefined : toAutomation(row)
}

/** Those of one scope, newest first, ids below `before`. */
export async function selectAutomationPage(
  db: Queryable,
  scope: Scope,
  before: AutomationId | null,
  limit: number,
): Promise<StoredAutomation[]> {
  return (await db.query<Row>(selectPage, [scope.type, scope.id, before, limit])).map(toAutomation)
}

/** Those that live, newest first. */
export async function selectAutomations(db: Queryable, ids: readonly AutomationId[]): Promise<StoredAutomation[]> {
  return (await db.query<Row>(selectMany, [ids])).map(toAutomation)
}

/** Makes the scope's rule set when it has none. */
export async function ensureRuleSet(tx: Tx, { type, id, projectId, entityId }: RuleSetPlace): Promise<void> {
  await tx.query(insertRuleSet, [type, id, projectId, entityId])
}

/** Edits of one scope go one after the other: the rule set's row is locked until the transaction ends. */
export async function lockRuleSet(tx: Tx, ruleSetId: number): Promise<void> {
  await tx.query(lock, [ruleSetId])
}

export interface RuleSetEdit {
  readonly id: number
  /** The version that the edit under way makes. */
  readonly version: number
}

/** Locks the rule set of a scope; undefined where there never was an automation. */
export async function nextRuleSetVersion(tx: Tx, scope: Scope): Promise<RuleSetEdit | undefined> {
  const [row] = await tx.query<RuleSetEdit>(raiseVersion, [scope.type, scope.id])
  return row
}

/** Unique among the live ones of the scope: constraint `automations_name`. */
export async function insertAutomation(
  tx: Tx,
  { ruleSetId, settings, createdBy }: { ruleSetId: number; settings: AutomationSettings; createdBy: PersonId | null },
): Promise<AutomationId> {
  const [row] = await tx.query<{ id: AutomationId }>(insert, [
    ruleSetId,
    settings.name,
    settings.description,
    createdBy,
  ])
  return row!.id
}

export interface NewRevision {
  readonly automationId: AutomationId
  readonly ruleSetId: number
  readonly revision: number
  /** The rule set's version from which it counts. */
  readonly version: number
  readonly settings: AutomationSettings
  readonly editedBy: PersonId | null
}

/** Writes an immutable revision and makes it the automation's present one. The one before was ended. */
export async function insertRevision(
  tx: Tx,
  { automationId, ruleSetId, revision, version, settings, editedBy }: NewRevision,
): Promise<void> {
  const { name, description, enabled, eventType, filter, action, firesPerMinuteMax, pausedReason } = settings
  await tx.query(insertRevisionRow, [
    automationId,
    revision,
    ruleSetId,
    version,
    enabled,
    pausedReason,
    eventType,
    filter,
    JSON.stringify(action),
    firesPerMinuteMax,
    editedBy,
    name,
    description,
  ])
  await tx.query(setPresent, [automationId, revision, name, description])
  if (action.type === 'webhook') await tx.query(upsertWebhookUse, [automationId, action.webhookId])
  else await tx.query(deleteWebhookUse, [automationId])
}

/** The present revision counts up to, and without, this version of the rule set. */
export async function endRevision(tx: Tx, automationId: AutomationId, version: number): Promise<void> {
  await tx.query(endPresent, [automationId, version])
}

export async function archiveAutomation(tx: Tx, automationId: AutomationId): Promise<void> {
  await tx.query(archive, [automationId])
  await tx.query(deleteWebhookUse, [automationId])
}

/** Whose name is taken by now is refused: constraint `automations_name`. */
export async function unarchiveAutomation(tx: Tx, automationId: AutomationId): Promise<void> {
  await tx.query(unarchive, [automationId])
}

export interface NamedAutomation {
  readonly id: AutomationId
  readonly name: string
}

/** The automations of a scope, oldest first; none is added or changed before the transaction ends. */
export async function lockAutomationsOf(tx: Tx, { type, id }: Scope): Promise<NamedAutomation[]> {
  await tx.query(lockScope, [type, id])
  return tx.query<NamedAutomation>(selectNames, [type, id])
}

/** Ends what is in force in a locked rule set, and archives its automations. */
export async function archiveAutomationsOf(tx: Tx, ruleSetId: number, version: number): Promise<void> {
  await tx.query(endAll, [ruleSetId, version])
  await tx.query(deleteAllWebhookUses, [ruleSetId])
  await tx.query(archiveAll, [ruleSetId])
}

interface Row {
  readonly id: AutomationId
  readonly rule_set_id: number
  readonly scope_type: Scope['type']
  readonly scope_id: number
  readonly project_id: number | null
  readonly entity_id: EntityId
  readonly scope_name: string
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  readonly paused_reason: string | null
  readonly fires_per_minute_max: number
  readonly event_type: string
  readonly filter: string
  readonly action: StoredAction
  readonly webhook: UsedWebhook | null
  readonly revision: number
  readonly created_by: PersonId | null
  readonly created_at: Date
  readonly updated_at: Date
}

function toAutomation(row: Row): StoredAutomation {
  return {
    id: row.id,
    ruleSetId: row.rule_set_id,
    scope: { type: row.scope_type, id: row.scope_id, projectId: row.project_id, entityId: row.entity_id },
    scopeName: row.scope_name,
    settings: {
      name: row.name,
      description: row.description,
      enabled: row.enabled,
      eventType: row.event_type,
      filter: row.filter,
      action: row.action,
      firesPerMinuteMax: row.fires_per_minute_max,
      pausedReason: row.paused_reason,
    },
    webhook: row.webhook ?? undefined,
    revision: row.revision,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const columns = `a.id, a.rule_set_id, s.scope_type, s.scope_id, s.project_id, s.entity_id,
  concat_ws('/', e.name, p.name, c.name) as scope_name,
  a.name, a.description, r.enabled, r.paused_reason, r.fires_per_minute_max, r.event_type, r.filter::text as filter, r.action, a.revision, a.created_by, a.created_at, a.updated_at,
  (select json_build_object('id', w.id, 'archived', w.archived_at is not null, 'disabledReason', w.disabled_reason,
      'granted', (select coalesce(json_agg(case u.role when 'access_token' then 'ACCESS_TOKEN' else u.name end), '[]') from secret_uses u where u.webhook_id = w.id),
      'missing', (select coalesce(json_agg(case u.role when 'access_token' then 'ACCESS_TOKEN' else u.name end), '[]') from secret_uses u
        where u.webhook_id = w.id and not exists (
          select 1 from secrets x where x.entity_id = w.entity_id and x.name = u.name and x.archived_at is null)))
    from webhook_uses wu join webhooks w on w.id = wu.webhook_id where wu.automation_id = a.id) as webhook`

const tables = `automations a join automation_revisions r on r.automation_id = a.id and r.revision = a.revision
  join rule_sets s on s.id = a.rule_set_id join entities e on e.id = s.entity_id left join projects p on p.id = s.project_id
  left join collections c on s.scope_type = 'collection' and c.id = s.scope_id`

const selectOne = {
  name: 'select_automation',
  text: `select ${columns} from ${tables} where a.id = $1 and a.archived_at is null`,
}

const selectDeleted = {
  name: 'select_deleted_automation',
  text: `select ${columns} from ${tables} where a.id = $1 and a.archived_at is not null and c.archived_at is null`,
}

const selectMany = {
  name: 'select_automations',
  text: `select ${columns} from ${tables} where a.id = any($1::bigint[]) and a.archived_at is null order by a.id desc`,
}

const selectPage = {
  name: 'select_automation_page',
  text: `select ${columns} from ${tables}
    where s.scope_type = $1 and s.scope_id = $2 and a.archived_at is null and ($3::bigint is null or a.id < $3) order by a.id desc limit $4`,
}

const insertRuleSet = {
  name: 'insert_rule_set',
  text: `insert into rule_sets(scope_type, scope_id, project_id, entity_id) values ($1, $2, $3, $4) on conflict (scope_type, scope_id) do nothing`,
}

const lock = { name: 'lock_rule_set', text: 'select 1 from rule_sets where id = $1 for no key update' }

const raiseVersion = {
  name: 'raise_rule_set_version',
  text: 'update rule_sets set version = version + 1 where scope_type = $1 and scope_id = $2 returning id, version',
}

const insert = {
  name: 'insert_automation',
  text: 'insert into automations(rule_set_id, name, description, revision, created_by) values ($1, $2, $3, 1, $4) returning id',
}

const insertRevisionRow = {
  name: 'insert_automation_revision',
  text: `insert into automation_revisions(automation_id, revision, rule_set_id, from_version, enabled, paused_reason, event_type, filter, action, fires_per_minute_max, edited_by, name, description)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
}

const setPresent = {
  name: 'set_present_revision',
  text: 'update automations set revision = $2, name = $3, description = $4, updated_at = now() where id = $1',
}

const endPresent = {
  name: 'end_present_revision',
  text: 'update automation_revisions set to_version = $2 where automation_id = $1 and to_version is null',
}

const upsertWebhookUse = {
  name: 'upsert_webhook_use',
  text: `insert into webhook_uses(automation_id, webhook_id) values ($1, $2) on conflict (automation_id) do update set webhook_id = excluded.webhook_id`,
}

const deleteWebhookUse = { name: 'delete_webhook_use', text: 'delete from webhook_uses where automation_id = $1' }

const archive = {
  name: 'archive_automation',
  text: 'update automations set archived_at = now(), updated_at = now() where id = $1',
}

const unarchive = { name: 'unarchive_automation', text: 'update automations set archived_at = null where id = $1' }

const endAll = {
  name: 'end_revisions_of_rule_set',
  text: 'update automation_revisions set to_version = $2 where rule_set_id = $1 and to_version is null',
}

const deleteAllWebhookUses = {
  name: 'delete_webhook_uses_of_rule_set',
  text: 'delete from webhook_uses u using automations a where a.rule_set_id = $1 and u.automation_id = a.id',
}

const lockScope = {
  name: 'lock_rule_set_of_scope',
  text: 'select id from rule_sets where scope_type = $1 and scope_id = $2 for update',
}

const selectNames = {
  name: 'select_automation_names_of_scope',
  text: `select a.id, a.name from automations a join rule_sets r on r.id = a.rule_set_id
    where r.scope_type = $1 and r.scope_id = $2 and a.archived_at is null order by a.id`,
}

const archiveAll = {
  name: 'archive_automations_of_rule_set',
  text: 'update automations set archived_at = now(), updated_at = now() where rule_set_id = $1 and archived_at is null',
}
