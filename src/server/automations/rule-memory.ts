import type { AutomationId, EntityId, WebhookId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import { selectReceivers, type Receiver } from '../webhooks/receiver-store.ts'
import { compileRule, type Rule } from './compile-rule.ts'
import type { Scope } from './event-snapshot.ts'
import { indexRules, type RuleIndex } from './rule-index.ts'
import { selectNewsOfRules, type NewsOfRules, type RuleSetNews } from './rule-store.ts'

/**
 * The rules of every scope this process has met, kept in memory and brought up to date inside the transaction that
 * records events. An event accepted after an edit was answered is judged by that edit: the edit's commit came before
 * the statement that asks what is new. What a transaction read is kept for others once it is committed and not before:
 * it may have read its own edits, which are nobody's until then. Something older never takes the place of something newer.
 */
export interface RuleMemory {
  /**
   * One statement; a second one only when webhooks or secrets changed. Who raises a version in the same transaction does
   * that and everything that belongs to it either before or after.
   */
  refresh(tx: Tx, scopes: readonly Scope[]): Promise<CurrentRules>
}

/** The rules of some scopes as a transaction sees them. */
export interface CurrentRules {
  /** Start of a run of 1,024 numbers. */
  readonly sequence: number
  ruleSet(scope: Scope): RuleSet | undefined
  /** The webhook of a rule, or undefined when it is gone. */
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
  const receivers = new Map<EntityId, HeldReceivers>()

  return {
    async refresh(tx, scopes) {
      const known = pick(ruleSets, scopes.map(keyOf))
      const asked = scopes.map((scope) => ({ ...scope, version: known.get(keyOf(scope))?.version ?? -1 }))
      const news = await selectNewsOfRules(tx, asked, entitiesOf(known))
      const current = new Map(known)
      for (const changed of news.ruleSets)
        current.set(keyOf(changed.scope), withNews(known.get(keyOf(changed.scope)), changed))
      const currentReceivers = await refreshReceivers(
        tx,
        pick(receivers, entitiesOf(current)),
        entitiesOf(current),
        news,
      )
      tx.afterCommit(() => {
        keepNewer(ruleSets, current)
        keepNewer(receivers, currentReceivers)
      })
      return {
        sequence: news.sequence,
        ruleSet: (scope) => current.get(keyOf(scope)),
        receiver: (webhookId) => findReceiver(currentReceivers, webhookId),
        receiversVersion: (entityId) => currentReceivers.get(entityId)?.version ?? 0,
      }
    },
  }
}

async function refreshReceivers(
  tx: Tx,
  known: ReadonlyMap<EntityId, HeldReceivers>,
  needed: readonly EntityId[],
  news: NewsOfRules,
): Promise<ReadonlyMap<EntityId, HeldReceivers>> {
  const newest = new Map(news.receivers.map(({ entityId, version }) => [entityId, version]))
  const stale = needed.filter((id) => {
    const held = known.get(id)
    const now = newest.get(id)
    // A rule set met for the first time may name an entity that nobody asked about in that statement.
    return held === undefined || now === undefined || held.version < now
  })
  if (stale.length === 0) return known
  const changed = await selectReceivers(
    tx,
    stale.map((entityId) => [entityId, known.get(entityId)?.version ?? -1] as const),
  )
  const current = new Map(known)
  for (const { entityId, version, receivers } of changed) {
    const byWebhook = new Map(known.get(entityId)?.byWebhook)
    for (const receiver of receivers) byWebhook.set(receiver.id, receiver)
    current.set(entityId, { version, byWebhook })
  }
  return current
}

interface HeldReceivers {
  readonly version: number
  readonly byWebhook: ReadonlyMap<WebhookId, Receiver>
}

interface HeldRuleSet extends RuleSet {
  readonly byAutomation: ReadonlyMap<AutomationId, Rule>
  /** Entities whose webhooks the rules use. */
  readonly entityIds: ReadonlySet<EntityId>
}

function withNews(held: HeldRuleSet | undefined, news: RuleSetNews): HeldRuleSet {
  if (held !== undefined && held.version >= news.version) return held
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
  return {
    id: news.id,
    version: news.version,
    byAutomation,
    byEventType: new Map([...enabled].map(([eventType, list]) => [eventType, indexRules(eventType, list)])),
    entityIds: new Set(rules.flatMap((rule) => rule.webhookEntityId ?? [])),
  }
}

function keyOf(scope: Scope): string {
  return `${scope.type}:${scope.id}`
}

function pick<Key, Value>(from: ReadonlyMap<Key, Value>, keys: readonly Key[]): ReadonlyMap<Key, Value> {
  return new Map(
    keys.flatMap((key) => {
      const value = from.get(key)
      return value === undefined ? [] : [[key, value] as const]
    }),
  )
}

function keepNewer<Key, Value extends { readonly version: number }>(
  held: Map<Key, Value>,
  read: ReadonlyMap<Key, Value>,
): void {
  for (const [key, value] of read) if (value.version > (held.get(key)?.version ?? -1)) held.set(key, value)
}

function entitiesOf(ruleSets: ReadonlyMap<string, HeldRuleSet>): readonly EntityId[] {
  return [...new Set([...ruleSets.values()].flatMap(({ entityIds }) => [...entityIds]))]
}

function findReceiver(receivers: ReadonlyMap<EntityId, HeldReceivers>, webhookId: WebhookId): Receiver | undefined {
  for (const { byWebhook } of receivers.values()) {
    const receiver = byWebhook.get(webhookId)
    if (receiver !== undefined) return receiver
  }
  return undefined
}
