import { expect, test } from 'vitest'
import { readConditions, writeConditions } from '../../src/web/automations/conditions.ts'

test.each([
  {},
  { author: 'ada' },
  { 'metadata.accuracy': { $gte: 0.9 }, 'metadata.framework': { $in: ['torch', 'jax'] } },
  { 'metadata.build': '7', 'metadata.count': 7, 'metadata.fine': true, 'metadata.none': null },
  { description: { $regex: '^"quoted"' }, 'metadata.text': '{"not": "an object"}' },
  { 'metadata.tags': ['a', 'b'], tag: { $exists: false } },
])('rows say what the filter says, and nothing else: %j', (filter) => {
  const rows = readConditions(JSON.stringify(filter))
  expect(JSON.parse(writeConditions(rows!))).toEqual(filter)
})

test('what is typed as a number is a number, and what is no JSON is a text', () => {
  const row = (value: string) => ({ field: 'metadata.a', operator: '$eq', value }) as const
  expect(JSON.parse(writeConditions([row('0.9')]))).toEqual({ 'metadata.a': 0.9 })
  expect(JSON.parse(writeConditions([row('torch')]))).toEqual({ 'metadata.a': 'torch' })
})

test.each(['{', '[]', '7', '{"$or": []}', '{"a": {"$gt": 1, "$lt": 2}}', '{"a": {"$not": {}}}', '{"a": {}}'])(
  'what rows cannot say stays JSON: %s',
  (json) => {
    expect(readConditions(json)).toBeUndefined()
  },
)
