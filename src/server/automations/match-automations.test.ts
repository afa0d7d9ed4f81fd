import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRule } from './compile-rule.ts'
import type { EventSnapshot } from './event-snapshot.ts'
import { matchAutomations } from './match-automations.ts'
import { indexRules } from './rule-index.ts'
import type { RuleSet } from './rule-memory.ts'

function aRule(automationId: number, filter: unknown) {
  return compileRule({
    automationId,
    name: `rule ${automationId}`,
    revision: 1,
    ended: false,
    enabled: true,
    pausedReason: null,
    firesPerMinuteMax: 60,
    eventType: 'CUSTOM',
    filter,
    action: { type: 'no_op' },
    webhookEntityId: null,
  })
}

function aRuleSet(id: number, filters: readonly unknown[]): RuleSet {
  const rules = filters.map((filter, index) => aRule(id * 100 + index, filter))
  return { id, version: 7, byEventType: new Map([['CUSTOM', indexRules('CUSTOM', rules)]]) }
}

function anEvent(name: string, projects = [1]): EventSnapshot {
  const places = projects.map((projectId) => ({
    projectId,
    project: `p${projectId}`,
    entityId: 9,
    entity: 'team',
    organizationEntityId: null,
  }))
  return {
    id: '01900000-0000-7000-8000-000000000000',
    type: 'CUSTOM',
    at: new Date(0),
    author: 'ada',
    places,
    facts: { name, subject: '', data: {} },
  }
}

function fired(sets: Record<string, RuleSet>, event: EventSnapshot): number[] {
  const { firings } = matchAutomations({ ruleSet: ({ type, id }) => sets[`${type}:${id}`] }, event)
  return firings.map(({ rule }) => rule.automationId).toSorted((a, b) => a - b)
}

test('literals, beginnings, other expressions and no condition at all are found alike', () => {
  const sets = {
    'project:1': aRuleSet(1, [
      { name: 'prod' },
      { name: { $regex: '^prod' } },
      { name: { $regex: 'ro' } },
      {},
      { name: 'other' },
    ]),
  }
  expect(fired(sets, anEvent('prod'))).toEqual([100, 101, 102, 103])
  expect(fired(sets, anEvent('production'))).toEqual([101, 102, 103])
  expect(fired(sets, anEvent('x'))).toEqual([103])
})

test('the index never hides a match, whatever the filters and the name', () => {
  const condition = fc.oneof(
    fc.constantFrom('a', 'ab', 'b', ''),
    fc.record({ $regex: fc.constantFrom('^a', '^ab$', 'b', '', '^$') }),
    fc.record({ $in: fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 }) }),
    fc.record({ $ne: fc.constantFrom('a', 'b') }),
  )
  const filter = fc.oneof(
    fc.constant({}),
    fc.record({ name: condition }),
    fc.record({ $or: fc.array(fc.record({ name: condition }), { minLength: 1, maxLength: 3 }) }),
  )
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 8 }), fc.constantFrom('a', 'ab', 'b', '', 'abc'), (filters, name) => {
      const alone = filters.flatMap((one, index) =>
        fired({ 'project:1': aRuleSet(1, [one]) }, anEvent(name)).length > 0 ? [100 + index] : [],
      )
      expect(fired({ 'project:1': aRuleSet(1, filters) }, anEvent(name))).toEqual(alone)
    }),
  )
})

test('an automation fires once per event, through the first place that accepts it', () => {
  const sets = { 'entity:9': aRuleSet(3, [{}]) }
  const { firings, reach, versions } = matchAutomations(
    { ruleSet: ({ type, id }) => sets[`${type}:${id}` as 'entity:9'] },
    anEvent('x', [2, 5]),
  )
  expect(firings.map(({ place }) => place.projectId)).toEqual([2])
  expect([reach, versions]).toEqual([[3], [7]])
})
