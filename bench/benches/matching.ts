import { systemClock } from '../../src/server/base/clock.ts'
import { eventTypes, type EventType } from '../../src/contract/event-types.ts'
import type { EventSnapshot } from '../../src/server/automations/event-snapshot.ts'
import { matchAutomations } from '../../src/server/automations/match-automations.ts'
import { makeRuleMemory, type CurrentRules, type RuleMemory } from '../../src/server/automations/rule-memory.ts'
import { readRules } from '../../test/support/read-rules.ts'
import { makeUuid } from '../../src/server/base/ids.ts'
import { silentLog } from '../../src/server/base/log.ts'
import { openDatabase, type Database, type Tx } from '../../src/server/database/database.ts'
import type { Bench } from '../bench.ts'
import { withinLimit, type Figure } from '../figure.ts'
import { percentile } from '../statistics.ts'

const firing = 10
const warmUps = 2_000
const measured = 5_000

/**
 * One scope with thousands of automations over ten event types, and an alias event that ten of them accept: what it takes
 * to find those ten, and what the question for new rules takes more than in a scope without any.
 */
export const matching: Bench = {
  name: 'matching',
  async run(house) {
    const signalbox = await house.startSignalbox({})
    const db = openDatabase({ url: signalbox.databaseUrl!, prepare: true, connectionsMax: 2, log: silentLog })
    try {
      const [full, empty] = await db.query<{ id: number }>(
        `insert into projects(entity_id, name) select e.id, n.name from entities e, unnest('{full,empty}'::text[]) as n(name)
         where e.name_key = 'vision' returning id`,
      )
      await fillWithRules(db, full!.id, house.sizes.rules)
      await db.query('analyze')
      const memory = makeRuleMemory()
      const event = aliasEvent(full!.id)
      const rules = await read(db, memory, full!.id)
      const found = matchAutomations(rules, event).firings.length
      if (found !== firing) throw new Error(`${found} automations fired, and ${firing} were to`)

      const matchMs = timeMatching(rules, event)
      const fullMs: number[] = []
      const emptyMs: number[] = []
      for (let count = 0; count < 1_000; count++) {
        fullMs.push(await timeReading(db, memory, full!.id))
        emptyMs.push(await timeReading(db, memory, empty!.id))
      }
      return [
        withinLimit({ name: 'matching.p50', value: percentile(matchMs, 50), unit: 'ms' }, 0.2),
        withinLimit({ name: 'matching.p99', value: percentile(matchMs, 99), unit: 'ms' }, 0.2),
        moreThan('matching.statements.p50', percentile(fullMs, 50), percentile(emptyMs, 50)),
        moreThan('matching.statements.p99', percentile(fullMs, 99), percentile(emptyMs, 99)),
      ]
    } finally {
      await db.close()
      await signalbox.stop()
    }
  },
}

/** At most 0.2 ms more than in a scope without rules. */
function moreThan(name: string, value: number, ceiling: number): Figure {
  const figure = withinLimit({ name, value: value - ceiling, unit: 'ms' }, 0.2)
  return { ...figure, ceiling: Number(ceiling.toPrecision(4)), goal: '≤ 0.2 ms more than without rules' }
}

function timeMatching(rules: CurrentRules, event: EventSnapshot): number[] {
  for (let count = 0; count < warmUps; count++) matchAutomations(rules, event)
  return Array.from({ length: measured }, () => {
    const startedAt = systemClock.monotonicMs()
    matchAutomations(rules, event)
    return systemClock.monotonicMs() - startedAt
  })
}

function read(db: Database, memory: RuleMemory, projectId: number): Promise<CurrentRules> {
  return db.tx((tx: Tx) => readRules(tx, memory, { type: 'project', id: projectId }))
}

async function timeReading(db: Database, memory: RuleMemory, projectId: number): Promise<number> {
  return db.tx(async (tx) => {
    const startedAt = systemClock.monotonicMs()
    await readRules(tx, memory, { type: 'project', id: projectId })
    return systemClock.monotonicMs() - startedAt
  })
}

/** Of the alias filters 70 % are literals or anchored literals, 20 % prefixes, 10 % other expressions. */
async function fillWithRules(db: Database, projectId: number, count: number): Promise<void> {
  const hasAlias = (type: EventType): boolean => 'alias' in eventTypes[type].fields
  const byAlias = (Object.keys(eventTypes) as EventType[]).toSorted((a, b) => Number(hasAlias(b)) - Number(hasAlias(a)))
  const types = [...new Set<EventType>(['ADD_ARTIFACT_ALIAS', ...byAlias])].slice(0, 10)
  const rows = Array.from({ length: count }, (_, number) => {
    const type = types[number % types.length]!
    const filter = hasAlias(type) ? aliasFilter(Math.floor(number / types.length)) : { entity: `other-${number}` }
    return { type, filter }
  })
  await db.query(
    `with rule_set as (
       insert into rule_sets(scope_type, scope_id, version, project_id, entity_id)
       select 'project', p.id, 1, p.id, p.entity_id from projects p where p.id = $1 returning id),
     made as (
       insert into automations(rule_set_id, name, revision)
       select s.id, 'rule ' || n, 1 from rule_set s, generate_series(1, $2::int) as n returning id, rule_set_id, name)
     insert into automation_revisions(automation_id, revision, rule_set_id, from_version, enabled, event_type, filter, action)
     select m.id, 1, m.rule_set_id, 1, true, r.type, r.filter::json, '{"type": "no_op"}'
     from made m join unnest($3::text[], $4::text[]) with ordinality as r(type, filter, n) on m.name = 'rule ' || r.n`,
    [projectId, count, rows.map(({ type }) => type), rows.map(({ filter }) => JSON.stringify(filter))],
  )
}

const firingAlias = 'production'

function aliasFilter(number: number): Record<string, unknown> {
  if (number < firing) return { alias: number % 2 === 0 ? firingAlias : { $regex: `^${firingAlias}$` } }
  const kind = number % 10
  if (kind < 4) return { alias: `alias-${number}` }
  if (kind < 7) return { alias: { $regex: `^alias-${number}$` } }
  if (kind < 9) return { alias: { $regex: `^stage-${number}` } }
  return { alias: { $regex: `(blue|green)-${number}` } }
}

function aliasEvent(projectId: number): EventSnapshot {
  const now = systemClock.now()
  const version = { index: 3, artifactId: 7, aliases: ['latest', firingAlias] }
  return {
    id: makeUuid(now),
    type: 'ADD_ARTIFACT_ALIAS',
    at: now,
    author: 'ada',
    places: [
      {
        projectId,
        project: 'full',
        entityId: 1,
        entity: 'vision',
        organizationEntityId: null,
        collection: { id: 1, name: 'churn-model', type: 'model', version },
      },
    ],
    facts: { alias: firingAlias },
  }
}
