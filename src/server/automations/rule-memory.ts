import type { AutomationId, EntityId, WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Tx } from '../database/database.ts'
import { selectReceivers, type Receiver } from '../webhooks/receiver-store.ts'
import { compileRule, type Rule } from './compile-rule.ts'
import type { Scope } from './event-snapshot.ts'
import { indexRules, type RuleIndex } from './rule-index.ts'
import { selectNewsOfRules, type HeldScope, type NewsOfRules, type RuleSetNews } from './rule-store.ts'

/**
 * The rules of every scope this process has met, kept in memory. Events are judged by what is held, and inserted with
 * its versions: the insert fails when one was edited since, and the transaction that is run again asks what is new. So
 * an event accepted after an edit was answered is judged by that edit. What a transaction read is kept for others once
 * it is committed and not before: it may have read its own edits, which are nobody's until then. Something older never
 * takes the place of something newer.
 */
export interface RuleMemory {
  /**
   * No statement where the rules are held; for scopes not met before and in a rerun one, and a second one only when
   * webhooks or secrets changed. Who raises a version in the same transaction does that and everything that belongs to it
   * either before or after.
   */
  read(tx: Tx, scopes: readonly Scope[]): Promise<CurrentRules>
}

/** What an insert of events relies on. */
export interface RuleVersions {
  /** Version -1: a scope without rules. */
  readonly scopes: readonly HeldScope[]
  readonly receivers: readonly { readonly entityId: EntityId; readonly version: number }[]
}

/** The rules of some scopes as a transaction sees them. */
export interface CurrentRules {
  /** To be checked by the insert; none where the transaction itself has read them. */
  readonly versions: RuleVersions
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
  /** Scopes that were asked about, those without rules too. */
  const met = new Set<string>()

  async function refresh(tx: Tx, scopes: readonly Scope[]): Promise<CurrentRules> {
    const known = pick(ruleSets, scopes.map(keyOf))
    const news = await selectNewsOfRules(tx, versionsOf(known, scopes), entitiesOf(known))
    const current = new Map(known)
    for (const changed of news.ruleSets)
      current.set(keyOf(changed.scope), withNews(known.get(keyOf(changed.scope)), changed))
    const entityIds = entitiesOf(current)
    const currentReceivers = await refreshReceivers(tx, pick(receivers, entityIds), entityIds, news)
    tx.afterCommit(() => {
      keepNewer(ruleSets, current)
      keepNewer(receivers, currentReceivers)
      if (met.size > limits.scopesMetMax) met.clear()
      for (const scope of scopes) met.add(keyOf(scope))
    })
    return toCurrent(current, currentReceivers, { scopes: [], receivers: [] })
  }

  /** Undefined where one of them was not met before. */
  function held(scopes: readonly Scope[]): CurrentRules | undefined {
    const keys = scopes.map(keyOf)
    if (!keys.every((key) => met.has(key))) return undefined
    const known = pick(ruleSets, keys)
    const knownReceivers = pick(receivers, entitiesOf(known))
    return toCurrent(known, knownReceivers, {
      scopes: versionsOf(known, scopes),
      receivers: [...knownReceivers].map(([entityId, { version }]) => ({ entityId, version })),
    })
  }

  return {
    read: async (tx, scopes) => (tx.isRerun ? undefined : held(scopes)) ?? refresh(tx, scopes),
  }
}

function versionsOf(known: ReadonlyMap<string, RuleSet>, scopes: readonly Scope[]): HeldScope[] {
  return scopes.map((scope) => ({ ...scope, version: known.get(keyOf(scope))?.version ?? -1 }))
}

function toCurrent(
  ruleSets: ReadonlyMap<string, RuleSet>,
  receivers: ReadonlyMap<EntityId, HeldReceivers>,
  versions: RuleVersions,
): CurrentRules {
  return {
    versions,
    ruleSet: (scope) => ruleSets.get(keyOf(scope)),
    receiver: (webhookId) => findReceiver(receivers, webhookId),
    receiversVersion: (entityId) => receivers.get(entityId)?.version ?? 0,
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
