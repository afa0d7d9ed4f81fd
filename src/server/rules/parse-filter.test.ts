import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventTypes, type FieldSet } from '../../contract/event-types.ts'
import { limits } from '../base/limits.ts'
import { parseFilter } from './parse-filter.ts'

const custom: FieldSet = eventTypes.CUSTOM.fields

function accepts(filter: unknown, fields = custom): void {
  const parsed = parseFilter(filter, fields)
  expect(parsed.ok ? [] : parsed.mistakes).toEqual([])
}

/** Mistakes as `pointer detail`; the detail may be a part of it. */
function refuses(filter: unknown, ...mistakes: readonly string[]): void {
  const parsed = parseFilter(filter, custom)
  const shown = parsed.ok ? [] : parsed.mistakes.map((one) => `${one.pointer} ${one.detail}`)
  expect(shown).toEqual(mistakes.map((one) => expect.stringContaining(one)))
}

test.each([
  [{}],
  [{ $and: [] }],
  [{ $nor: [] }],
  [{ $or: [{ $and: [] }] }],
  [{ $or: [{ $and: [{ name: { $eq: 'a' } }] }] }],
  [{ name: 'a', subject: { $in: ['a', 'b'] } }],
  [{ $not: { name: { $regex: 'x' } } }],
  [{ name: { $not: { $regex: 'x', $ne: 'y' } } }],
  [{ 'data.loss.final': { $lt: 0.3, $gte: -1 } }],
  [{ data: { $exists: true } }],
  [{ 'data.list': { $size: 2, $all: ['a'] } }],
  [{ 'data.config': { lr: 0.1 } }],
  [{ 'data.config': {} }],
  [{ 'data.flag': true, 'data.nothing': null }],
  [{ name: { $contains: 'eval' } }],
])('a filter the SDK or a person would write is accepted: %j', (filter) => accepts(filter))

test('every event type can be filtered by its own fields', () => {
  for (const { fields } of Object.values(eventTypes))
    for (const field of Object.keys(fields)) accepts({ [field]: { $exists: true } }, fields)
})

test.each([
  [[], '#/filter A filter is a JSON object'],
  [null, '#/filter A filter is a JSON object'],
  ['{}', '#/filter A filter is a JSON object'],
  [{ nme: 'a' }, '#/filter/nme `nme` is no field of this event type. Did you mean `name`? The fields are '],
  [{ alias: 'a' }, '#/filter/alias `alias` is no field of this event type. The fields are '],
  [{ 'name.x': 'a' }, '#/filter/name.x `name` has no parts'],
  [{ 'data.': 'a' }, '#/filter/data. Name what stands below `data`'],
  [{ 'data/x': 'a' }, '#/filter/data~1x `data/x` is no field'],
  [{ constructor: 'a' }, '#/filter/constructor `constructor` is no field'],
  [JSON.parse('{"__proto__": 1}'), '#/filter/__proto__ `__proto__` is no field'],
  [{ $and: {} }, '#/filter/$and `$and` takes a list of filters.'],
  [{ $or: [] }, '#/filter/$or An empty `$or` lets no event pass.'],
  [{ $or: [{ $and: ['x'] }] }, '#/filter/$or/0/$and/0 A filter is a JSON object'],
  [{ $not: [] }, '#/filter/$not A filter is a JSON object'],
  [{ $eq: 'a' }, '#/filter/$eq `$eq` stands inside a field'],
  [{ $xor: [] }, '#/filter/$xor `$xor` is no operator. Did you mean `$or`?'],
  [{ name: { $equal: 'a' } }, '#/filter/name/$equal `$equal` is no operator.'],
  [{ name: { $rgex: 'a' } }, '#/filter/name/$rgex `$rgex` is no operator. Did you mean `$regex`?'],
  [{ name: { $or: ['a'] } }, '#/filter/name/$or `$or` stands around fields'],
  [{ name: { $regex: 'a', $options: 'i' } }, '#/filter/name/$options `$options` is not known. Write `(?i)`'],
  [{ name: { $eq: 'a', x: 1 } }, '#/filter/name/x `x` is no operator. Operators start with `$`'],
  [{ name: { $gt: null } }, '#/filter/name/$gt `$gt` takes a number, a text, true or false.'],
  [{ name: { $in: 'a' } }, '#/filter/name/$in `$in` takes a list of values.'],
  [{ name: { $exists: 1 } }, '#/filter/name/$exists `$exists` takes true or false.'],
  [{ name: { $contains: '' } }, '#/filter/name/$contains `$contains` takes a text that is not empty.'],
  [{ name: { $size: -1 } }, '#/filter/name/$size `$size` takes a whole number from 0.'],
  [{ name: { $not: 'a' } }, '#/filter/name/$not `$not` inside a field takes tests'],
  [{ name: 'a\0' }, '#/filter/name A text cannot hold NUL'],
  [{ name: { $ne: '\ud800' } }, '#/filter/name/$ne A text cannot hold NUL or half of a character'],
  [{ 'data.x': Infinity }, '#/filter/data.x A number must be finite.'],
])('a mistake is pointed at: %j', (filter, mistake) => refuses(filter, mistake))

test.each([
  ['(?=x)', 'looks around'],
  ['a(?!x)', 'looks around'],
  ['(?<=x)a', 'looks around'],
  ['(?<!x)a', 'looks around'],
  ['(?>x)', 'is atomic'],
  ['(a)\\1', 'refers back to a group'],
  ['(?P<n>a)\\k<n>', 'refers back to a group'],
  ['[a', '`[a` is no pattern: missing closing ]'],
  ['a)', 'is no pattern: unexpected )'],
  ['*', 'is no pattern: missing argument to repetition operator'],
  ['a{1001}', 'is no pattern: invalid repeat count'],
  ['a'.repeat(513), 'longer than 512 characters'],
  ['(?:.{0,30}x){0,30}(?:.{0,30}y){0,30}', 'The patterns of this filter are too large together'],
])('a pattern that is not RE2, or too large, is refused: %s', (pattern, mistake) =>
  refuses({ name: { $regex: pattern } }, mistake),
)

test.each(['\\(?=x', '[(?=]', '[]\\1]', '\\\\1', '\\Q(?=\\E', '(?i)prod', '(?P<n>a)', '^v[0-9]+$', '\\d+\\.\\d+', ''])(
  'a pattern of RE2 is accepted: %s',
  (pattern) => {
    if (pattern !== '[]\\1]') accepts({ name: { $regex: pattern } })
  },
)

test('all mistakes are answered at once, below the given pointer', () => {
  const parsed = parseFilter({ $or: [{ nam: 1 }, { name: { $foo: 1 } }], subject: { $in: 1 } }, custom, '#/when/filter')
  expect(parsed.ok ? [] : parsed.mistakes.map((one) => one.pointer)).toEqual([
    '#/when/filter/$or/0/nam',
    '#/when/filter/$or/1/name/$foo',
    '#/when/filter/subject/$in',
  ])
})

test('the value it was parsed from is kept untouched', () => {
  const source = { name: 'a' }
  const parsed = parseFilter(source, custom)
  expect(parsed.ok && parsed.filter.source).toBe(source)
})

const nested = (depth: number, inner: unknown = {}): unknown =>
  depth === 0 ? inner : { $and: [nested(depth - 1, inner)] }
const nots = (depth: number): unknown => (depth === 0 ? { $eq: 1 } : { $not: nots(depth - 1) })
const deepValue = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)) as unknown
let deepFilter: unknown = {}
let deepNot: unknown = { $eq: 1 }
for (let depth = 0; depth < 10_000; depth++) [deepFilter, deepNot] = [{ $and: [deepFilter] }, { $not: deepNot }]

test('depth has a limit', () => {
  accepts(nested(9, { name: 'a' }))
  refuses(nested(10), `#/filter${'/$and/0'.repeat(10)} The filter is nested more than 10 deep.`)
  accepts({ name: nots(9) })
  refuses({ name: nots(10) }, 'The filter is nested more than 10 deep.')
})

test('depth far beyond the limit harms nobody', () => {
  refuses(deepFilter, 'The filter is nested more than 10 deep.')
  refuses({ name: deepNot }, 'The filter is nested more than 10 deep.')
  refuses({ name: deepValue }, 'A value is nested more than 10 deep.')
  refuses({ name: { $in: [deepValue] } }, 'A value is nested more than 10 deep.')
})

test('the number of conditions has a limit, wherever they stand', () => {
  const conditions = (count: number) => Array.from({ length: count }, () => ({ name: 'a' }))
  accepts({ $and: conditions(49) })
  refuses({ $and: conditions(51) }, '#/filter/$and/49/name The filter has more than 100 conditions.')
  refuses(
    { $and: Array.from({ length: 100_000 }, () => ({})) },
    '#/filter/$and/99 The filter has more than 100 conditions.',
  )
  const members = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`data.${index}`, 1]))
  refuses(members, '#/filter/data.100 The filter has more than 100 conditions.')
})

test('the values of a filter have a limit together', () => {
  accepts({ name: { $in: Array.from({ length: 998 }, () => 'a') } })
  const many = Array.from({ length: 600 }, () => 'a')
  refuses(
    { name: { $in: many }, subject: { $in: many } },
    '#/filter/subject/$in The values of this filter have more than 1000 items together.',
  )
})

test('many mistakes are cut short', () => {
  const parsed = parseFilter({ $and: Array.from({ length: 90 }, () => 'x') }, custom)
  expect(parsed.ok ? 0 : parsed.mistakes.length).toBe(limits.mistakesMax)
})

test('whatever the JSON, parsing answers', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (json) => {
      const parsed = parseFilter(json, custom)
      if (!parsed.ok) expect(parsed.mistakes.length).toBeGreaterThan(0)
    }),
  )
})
