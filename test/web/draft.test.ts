import { expect, test } from 'vitest'
import type { Automation } from '../../src/contract/automation.ts'
import type { Event } from '../../src/contract/event.ts'
import { answersOf, draftOf, emptyDraft, filterOf, type Draft } from '../../src/web/automations/draft.ts'

const happened: Event = {
  id: 'evt_1',
  type: 'ADD_ARTIFACT_ALIAS',
  at: '2026-11-24T14:03:22.118Z',
  project: 'prj_1',
  project_name: 'models',
  entity_name: 'vision',
  subject: 'churn-model',
  author: 'ada',
  facts: { alias: 'v1.2+eu' },
  places: [],
}

test('an automation made from an event waits for it to happen again, its alias to the letter', () => {
  expect(answersOf(happened)).toEqual({
    scope: { kind: 'project', ref: 'prj_1' },
    eventType: 'ADD_ARTIFACT_ALIAS',
    leaveOut: true,
    regex: String.raw`^v1\.2\+eu$`,
  })
  expect(answersOf({ ...happened, type: 'WEBHOOK_DISABLED', project: null, facts: {} })).toEqual({
    scope: { kind: 'team', ref: 'vision' },
    eventType: 'WEBHOOK_DISABLED',
    leaveOut: true,
    regex: '',
  })
})

test('one made from an alias that the server sets does not leave it out', () => {
  expect(answersOf({ ...happened, facts: { alias: 'latest' } })).toMatchObject({ regex: '^latest$', leaveOut: false })
  expect(answersOf({ ...happened, facts: { alias: 'v14' } })).toMatchObject({ leaveOut: false })
})

test.each<[string, Partial<Draft>, unknown]>([
  ['nothing', { leaveOut: false }, {}],
  ['a pattern', { regex: '^prod', leaveOut: false }, { alias: { $regex: '^prod' } }],
  ['no alias of the server', {}, { alias: { $not: { $regex: '^(latest|v[0-9]+)$' } } }],
  ['both', { regex: '^prod' }, { alias: { $regex: '^prod', $not: { $regex: '^(latest|v[0-9]+)$' } } }],
  ['a tag', { eventType: 'ADD_ARTIFACT_TAG', regex: 'eu' }, { tag: { $regex: 'eu' } }],
])('what the fields say is the filter, and the filter what the fields say: %s', (_, said, filter) => {
  const draft: Draft = { ...emptyDraft, ...said }
  expect(filterOf(draft)).toEqual(filter)
  const { regex, conditions } = draftOf(automationOf(draft, filter), '')
  expect({ regex, conditions }).toEqual({ regex: draft.regex, conditions: '{}' })
})

test.each([
  { alias: { $in: ['a'] } },
  { alias: { $regex: '^a', $ne: 'ab' } },
  { alias: { $not: { $regex: '^dev' } } },
  { alias: 'production' },
])('a filter that the fields cannot say stands among the conditions: %j', (filter) => {
  const draft = draftOf(automationOf(emptyDraft, filter), '')
  expect(draft.regex).toBe('')
  expect(filterOf(draft)).toEqual(filter)
})

function automationOf({ eventType }: Draft, filter: unknown): Automation {
  return {
    event_type: eventType,
    filter,
    action: { type: 'no_op' },
    scope: { type: 'project', id: 'prj_1', name: 'models' },
    name: 'one',
    description: null,
    enabled: true,
  } as Automation
}
