import type { AutomationId, EntityId, WebhookId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import { selectReceivers, type Receiver } from '../webhooks/receiver-store.ts'
import { compileRule, type Rule } from './compile-rule.ts'
import type { Scope } from './event-snapshot.ts'
import { indexRules, type RuleIndex } from './rule-index.ts'
import { selectNewsOfRules, type RuleSetNews } from './rule-store.ts'

/**
 * The rules of every scope this process has met, kept in memory and brought up to date inside the transaction that
 * records events. An event accepted after an edit was answered is judged by that edit: the edit's commit came before
 * the statement that asks what is new. What another transaction brought up to date meanwhile is newer still, and never
 * overwritten by something older.
 */
export interface RuleMemory {
  /** One statement; a second one only when webhooks or secrets changed. Answers the start of a run of 1,024 numbers. */
  refresh(db: Queryable, scopes: readonly Scope[]): Promise<number>
  ruleSet(scope: Scope): RuleSet | undefined
  /** The webhook of a held rule, or undefined when it is gone. */
  receiver(webhookId: WebhookId): Receiver | undefined
  /** The version of the entity's webhooks and secrets that `receiver` answers from. */
  receiversVersion(entityId: EntityId): number
}

export interface RuleSet {
  readonly id: number
  readonly version: number
  readonly byEventType: ReadonlyMap<string, RuleIndex>
}

export function makeRuleMemory(): RuleMemory {
  const ruleSets = new Map<string, HeldRuleSet>()
  const receivers = new Map<WebhookId, Receiver>()
  const receiverVersions = new Map<EntityId, number>()

  return {
    async refresh(db, scopes) {
      const held = scopes.map((scope) => ({ ...scope, version: ruleSets.get(keyOf(scope))?.version ?? -1 }))
      const known = new Set(scopes.flatMap((scope) => [...(ruleSets.get(keyOf(scope))?.entityIds ?? [])]))
      const news = await selectNewsOfRules(db, held, [...known])
      for (const ruleSet of news.ruleSets) applyNews(ruleSets, ruleSet)

      const needed = new Set(scopes.flatMap((scope) => [...(ruleSets.get(keyOf(scope))?.entityIds ?? [])]))
      const current = new Map(news.receivers.map(({ entityId, version }) => [entityId, version]))
      const stale = [...needed].filter((id) => {
        const version = receiverVersions.get(id)
        const now = current.get(id)
        // A rule set met for the first time may name an entity that nobody asked about in this statement.
        return version === undefined || now === undefined || version < now
      })
      if (stale.length > 0) {
        const changed = await selectReceivers(
          db,
          stale.map((entityId) => [entityId, receiverVersions.get(entityId) ?? -1] as const),
        )
        for (const { entityId, version, receivers: list } of changed) {
          if (version < (receiverVersions.get(entityId) ?? -1)) continue
          receiverVersions.set(entityId, version)
          for (const receiver of list) receivers.set(receiver.id, receiver)
        }
      }
      return news.sequence
    },
    ruleSet: (scope) => ruleSets.get(keyOf(scope)),
    receiver: (webhookId) => receivers.get(webhookId),
    receiversVersion: (entityId) => receiverVersions.get(entityId) ?? 0,
  }
}

interface HeldRuleSet extends RuleSet {
  readonly byAutomation: ReadonlyMap<AutomationId, Rule>
  /** Entities whose webhooks the rules use. */
  readonly entityIds: ReadonlySet<EntityId>
}

function applyNews(ruleSets: Map<string, HeldRuleSet>, news: RuleSetNews): void {
  const held = ruleSets.get(keyOf(news.scope))
  if (held !== undefined && held.version >= news.version) return
  const byAutomation = new Map(held?.byAutomation)
  for (const changed of news.changed) {
    if (changed.ended) {
      if ((byAutomation.get(changed.automationId)?.revision ?? 0) <= changed.revision)
        byAutomation.delete(changed.automationId)
    } else byAutomation.set(changed.automationId, compileRule(changed))
  }
  const rules = [...byAutomation.values()]
  const enabled = Map.groupBy(
    rules.filter((rule) => rule.enabled),
    (rule) => rule.eventType,
  )
  ruleSets.set(keyOf(news.scope), {
    id: news.id,
    version: news.version,
    byAutomation,
    byEventType: new Map([...enabled].map(([eventType, list]) => [eventType, indexRules(eventType, list)])),
    entityIds: new Set(rules.flatMap((rule) => rule.webhookEntityId ?? [])),
  })
}

function keyOf(scope: Scope): string {
  return `${scope.type}:${scope.id}`
}
